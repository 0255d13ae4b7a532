import { useTranslation } from 'react-i18next'

/** Why no tile is seen. */
export function NoTiles({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="vv-wall__empty">
      <h2>{isFiltered ? t('wallTools.noneTitle') : t('wall.emptyTitle')}</h2>
      <p className="vv-soft">{isFiltered ? t('wallTools.noneBody') : t('wall.emptyBody')}</p>
    </div>
  )
}
