import { UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import type { WallVisit } from '@visavis/contract/visit'
import { Icon, PageHeading, Tag, clockTime, useNow } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { OpenWall, WallFacility } from './wall-types.ts'

type WallBarProps = {
  readonly state: OpenWall
  readonly tiles: readonly WallVisit[]
  readonly facility: WallFacility
}

/** The facility, its time, and how much wants attention. */
export function WallBar({ state, tiles, facility }: WallBarProps) {
  const { t } = useTranslation()
  const running = tiles.filter(({ state }) => UNDER_WAY_STATES.includes(state)).length
  const urgent = tiles.filter(({ attention }) => attention !== null).length
  return (
    <div className="vv-wall__bar">
      <PageHeading>{t('wall.title')}</PageHeading>
      <p className="vv-soft">{facility.name}</p>
      <FacilityClock facility={facility} />
      <div className="vv-row vv-wall__counts" role="status">
        {urgent > 0 && (
          <Tag tone="warn">
            <Icon name="alert" size="1.1em" />
            {t('wall.needAttention', { count: urgent })}
          </Tag>
        )}
        <Tag tone="good">{t('wall.running', { count: running })}</Tag>
        {state.link === 'reconnecting' && <Tag tone="bad">{t('wall.reconnecting')}</Tag>}
      </div>
    </div>
  )
}

function FacilityClock({ facility }: { facility: WallFacility }) {
  const { i18n } = useTranslation()
  const instant = new Date(useNow()).toISOString()
  const time = clockTime(instant, { language: i18n.language, timeZone: facility.timeZone })
  return (
    <time className="vv-numbers vv-wall__clock" dateTime={instant}>
      {time}
    </time>
  )
}
