import type { Reply, WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, FailureNotice, Tag } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IdentityCompare } from './IdentityCompare.tsx'
import { SeatReasonDialog } from './SeatReasonDialog.tsx'
import type { SeatDeed } from './SeatReasonDialog.tsx'
import { actsOn, cameraOf, comparedAt } from './wall-people.ts'
import type { SeatAct, WallSeat } from './wall-people.ts'
import type { OpenWall } from './wall-types.ts'

type IdentityProps = {
  readonly feed: WallFeed
  readonly visit: WallVisit
  readonly streams: OpenWall['streams']
}
type Asking = { readonly deed: SeatDeed; readonly seat: WallSeat }

/** Each person of the visit, and the officer's decision about them (LV-3). */
export function IdentityPanel({ feed, visit, streams }: IdentityProps) {
  const { t } = useTranslation()
  const { visitId } = visit
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const settle = (reply: Reply) => setFailure(reply.ok ? null : reply.code)
  const act = (seat: WallSeat, deed: SeatAct) => {
    if (deed === 'check') void feed.checkSeat(visitId, seat.seatId).then(settle)
    else if (deed === 'admit') void feed.admitSeat(visitId, seat.seatId).then(settle)
    else if (deed === 'gone') {
      void feed.removeSeat(visitId, seat.seatId, 'LEFT_PICTURE').then(settle)
    } else setAsking({ deed, seat })
  }
  return (
    <div className="vv-stack vv-stack--close">
      <h3>{t('wall.identity')}</h3>
      <ul className="vv-people">
        {visit.seats.map((seat) => (
          <li key={seat.seatId}>
            <SeatState seat={seat} visit={visit} />
            {seat.state === 'CHECKING' && (
              <IdentityCompare
                feed={feed}
                visitId={visitId}
                seat={seat}
                stream={streams.get(cameraOf(seat))}
                isMuted={comparedAt(visit, cameraOf(seat)) !== seat}
              />
            )}
            <SeatActions
              acts={actsOn(seat, visit.policy.monitor)}
              seat={seat}
              onAct={(deed) => act(seat, deed)}
            />
          </li>
        ))}
      </ul>
      {failure !== null && <FailureNotice code={failure} />}
      {asking !== null && (
        <SeatReasonDialog
          {...asking}
          feed={feed}
          visitId={visitId}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}

const SEAT_TONE: Readonly<Record<WallSeat['state'], TagTone>> = {
  NOT_ARRIVED: 'plain',
  WAITING: 'warn',
  CHECKING: 'warn',
  ADMITTED: 'action',
  REFUSED: 'bad',
  IN: 'good',
  DISCONNECTED: 'bad',
  REMOVED: 'bad',
}

function SeatState({ seat, visit }: { seat: WallSeat; visit: WallVisit }) {
  const { t } = useTranslation()
  const holder = visit.seats.find(({ seatId }) => seatId === seat.cameraSeatId)
  return (
    <>
      <p className="vv-row">
        <strong>{seat.name}</strong>
        <span className="vv-soft">
          {t(seat.role === 'INTERPRETER' ? 'party.INTERPRETER' : `party.${seat.party}`)}
        </span>
        <Tag tone={SEAT_TONE[seat.state]}>{t(`seat.${seat.state}`)}</Tag>
        {seat.admittedBy === 'HOST' && <Tag>{t('wall.admittedByHost')}</Tag>}
      </p>
      {holder !== undefined && (
        <p className="vv-soft vv-small">{t('wall.atCameraOf', { name: holder.name })}</p>
      )}
      {seat.checkAgain !== null && (
        <p className="vv-soft vv-small">{t(`lookAgainReason.${seat.checkAgain}`)}</p>
      )}
    </>
  )
}

type SeatActionsProps = {
  readonly acts: readonly SeatAct[]
  readonly seat: WallSeat
  readonly onAct: (deed: SeatAct) => void
}

/** The one that is most likely next comes first and stands out. */
function SeatActions({ acts, seat, onAct }: SeatActionsProps) {
  const { t } = useTranslation()
  if (acts.length === 0) return null
  return (
    <div className="vv-row">
      {acts.map((deed) => (
        <Button
          key={deed}
          look={deed === 'check' || deed === 'admit' ? 'primary' : 'secondary'}
          isSmall={seat.state === 'ADMITTED' || seat.state === 'IN'}
          onClick={() => onAct(deed)}
        >
          {t(`wall.${deed}`)}
        </Button>
      ))}
    </div>
  )
}
