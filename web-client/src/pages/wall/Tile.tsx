import type { WallVisit } from '@visavis/contract/visit'
import { Icon, StateTag, Tag, minutesAndSeconds } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { SeatPicture } from './SeatPicture.tsx'
import { hasCamera, namesOf } from './wall-people.ts'
import type { OpenWall } from './wall-types.ts'

type TileProps = {
  readonly visit: WallVisit
  readonly state: OpenWall
  readonly isFocused: boolean
  readonly isTabStop: boolean
  readonly onEnter: () => void
  readonly onPress: () => void
}

/** One visit on the wall: both pictures small, who, where, how long, and why it wants attention. */
export function Tile({ visit, state, isFocused, isTabStop, onEnter, onPress }: TileProps) {
  const { t } = useTranslation()
  const visitor = namesOf(visit, 'VISITOR')
  const inmate = namesOf(visit, 'INMATE')
  return (
    <button
      type="button"
      className="vv-tile"
      data-attention={visit.attention ?? undefined}
      aria-pressed={isFocused}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onEnter}
      onClick={onPress}
    >
      <TilePictures visit={visit} state={state} />
      <span className="vv-tile__line">
        <span className="vv-tile__names">
          {visitor} <Between /> {inmate}
        </span>
        <Tag>{t(`visitClass.${visit.visitClass}`)}</Tag>
      </span>
      <span className="vv-tile__line vv-soft">
        <span>
          {visit.terminal.name} · {visit.terminal.wing}
        </span>
        <TileClock visit={visit} />
      </span>
      <span className="vv-tile__line">
        <TileReason visit={visit} />
        {visit.isBeingRecorded && (
          <span className="vv-tile__recording">
            <Icon name="record" size="0.75em" />
            {t('wall.recording')}
          </span>
        )}
      </span>
    </button>
  )
}

/** An arrow to see, a dash to hear. */
function Between() {
  return (
    <>
      <span className="vv-soft" aria-hidden="true">
        ↔
      </span>
      <span className="govuk-visually-hidden">–</span>
    </>
  )
}

function TileReason({ visit }: { visit: WallVisit }) {
  const { t } = useTranslation()
  if (visit.attention === null) return <StateTag state={visit.state} />
  const isHelp = visit.attention === 'HELP_CALLED'
  return (
    <Tag tone={isHelp ? 'bad' : 'warn'}>
      <Icon name={isHelp ? 'help' : 'alert'} size="1.1em" />
      {t(`attention.${visit.attention}`)}
    </Tag>
  )
}

function TileClock({ visit: { clock } }: { visit: WallVisit }) {
  const { t } = useTranslation()
  const left = minutesAndSeconds(clock.leftMs)
  return <span className="vv-numbers">{t('wall.remaining', { time: left })}</span>
}

function TilePictures({ visit, state }: { visit: WallVisit; state: OpenWall }) {
  const { t } = useTranslation()
  if (visit.policy.monitor === 'NONE' || state.refused.has(visit.visitId)) {
    return (
      <span className="vv-tile__private">
        <Icon name="lock" size="1.6em" />
        {t('wall.private')}
      </span>
    )
  }
  return (
    <span className="vv-tile__pictures" aria-hidden="true">
      {visit.seats.filter(hasCamera).map((seat) => (
        <SeatPicture
          key={seat.seatId}
          seat={seat}
          stream={state.streams.get(seat.seatId)}
          isMuted
        />
      ))}
    </span>
  )
}
