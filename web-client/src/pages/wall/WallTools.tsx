import { Icon } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { WallVisit } from '@visavis/contract/visit'
import { FilterTools } from './FilterTools.tsx'
import type { Layout } from './use-layout.ts'
import type { Screens } from './use-screens.ts'
import { NO_FILTER, isFiltering } from './wall-filter.ts'
import { TILE_SIZES } from './wall-layout.ts'

type ToolsProps = Layout & {
  readonly screens: Screens
  /** Everything that has a tile here, filtered out or not. */
  readonly visits: readonly WallVisit[]
  /** Filtered out, and yet in need of attention. */
  readonly hiddenUrgent: readonly WallVisit[]
  /** How many want to come forward. */
  readonly waiting: number
  readonly onForward: () => void
  readonly onShowHidden: () => void
  readonly onShowKeys: () => void
}

/** How the wall is seen: filters, sizes, the second screen, and what waits out of sight. */
export function WallTools(props: ToolsProps) {
  const { t } = useTranslation()
  const { layout, change, visits } = props
  return (
    <div className="vv-tools" role="group" aria-label={t('wallTools.title')}>
      <FilterTools
        visits={visits}
        filter={layout.filter}
        onChange={(filter) => change({ filter })}
      />
      {isFiltering(layout.filter) && (
        <button type="button" className="vv-tool" onClick={() => change({ filter: NO_FILTER })}>
          {t('wallTools.showAll')}
        </button>
      )}
      <OutOfSight {...props} />
      <span className="vv-tools__end">
        <Sizes layout={layout} change={change} />
        <SecondScreen {...props.screens} />
        <Link className="vv-tool" to="/account">
          {t('wallTools.myLanguages')}
        </Link>
        <button type="button" className="vv-tool" onClick={props.onShowKeys}>
          {t('keys.title')}
        </button>
      </span>
    </div>
  )
}

/** What wants attention and is not where it would be seen, each with the way to it. */
function OutOfSight({ hiddenUrgent, waiting, onForward, onShowHidden }: ToolsProps) {
  const { t } = useTranslation()
  return (
    <span className="vv-tools__news" role="status">
      {waiting > 0 && (
        <button type="button" className="vv-tool vv-tool--urgent" onClick={onForward}>
          <Icon name="alert" size="1.1em" />
          {t('wallTools.forward', { count: waiting })}
        </button>
      )}
      {hiddenUrgent.length > 0 && (
        <button type="button" className="vv-tool vv-tool--urgent" onClick={onShowHidden}>
          <Icon name="alert" size="1.1em" />
          {t('wallTools.hiddenUrgent', { count: hiddenUrgent.length })}
        </button>
      )}
    </span>
  )
}

function Sizes({ layout, change }: Layout) {
  const { t } = useTranslation()
  return (
    <span className="vv-tools__sizes" role="group" aria-label={t('wallTools.size')}>
      {TILE_SIZES.map((tileSize) => (
        <button
          key={tileSize}
          type="button"
          className="vv-tool"
          aria-pressed={layout.tileSize === tileSize}
          onClick={() => change({ tileSize })}
        >
          {t(`wallTools.sizes.${tileSize}`)}
        </button>
      ))}
    </span>
  )
}

function SecondScreen({ screen, hasOther, openSecond }: Screens) {
  const { t } = useTranslation()
  if (openSecond !== null) {
    return (
      <button type="button" className="vv-tool" onClick={openSecond}>
        {t('wallTools.openSecond')}
      </button>
    )
  }
  if (!hasOther) return null
  return <span className="vv-soft">{t(`wallTools.screen${screen}`)}</span>
}
