import { useTranslation } from 'react-i18next'

/** Work of unknown length is going on. */
export function Progress({ words }: { words?: string }) {
  const { t } = useTranslation()
  return (
    <div className="vv-progress" role="status">
      <span className="vv-progress__ring" aria-hidden="true" />
      <span>{words ?? t('common.loading')}</span>
    </div>
  )
}
