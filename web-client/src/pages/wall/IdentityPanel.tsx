import type { Reply, WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, FailureNotice, Tag } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RefuseSeatDialog } from './RefuseSeatDialog.tsx'
import type { WallSeat } from './wall-people.ts'

type IdentityProps = { readonly feed: WallFeed; readonly visit: WallVisit }

/** Each person of the visit and, while they are not admitted, the officer's decision about them (LV-3). */
export function IdentityPanel({ feed, visit }: IdentityProps) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const [refusing, setRefusing] = useState<WallSeat | null>(null)
  const settle = (reply: Reply) => setFailure(reply.ok ? null : reply.code)
  return (
    <div className="vv-stack vv-stack--close">
      <h3>{t('wall.identity')}</h3>
      <ul className="vv-people">
        {visit.seats.map((seat) => (
          <li key={seat.seatId}>
            <SeatState seat={seat} />
            <SeatActions
              seat={seat}
              onCheck={() => void feed.checkSeat(visit.visitId, seat.seatId).then(settle)}
              onAdmit={() => void feed.admitSeat(visit.visitId, seat.seatId).then(settle)}
              onRefuse={() => setRefusing(seat)}
            />
          </li>
        ))}
      </ul>
      {failure !== null && <FailureNotice code={failure} />}
      {refusing !== null && (
        <RefuseSeatDialog
          feed={feed}
          visitId={visit.visitId}
          seat={refusing}
          onClose={() => setRefusing(null)}
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

function SeatState({ seat }: { seat: WallSeat }) {
  const { t } = useTranslation()
  return (
    <p className="vv-row">
      <strong>{seat.name}</strong>
      <span className="vv-soft">{t(`party.${seat.party}`)}</span>
      <Tag tone={SEAT_TONE[seat.state]}>{t(`seat.${seat.state}`)}</Tag>
    </p>
  )
}

type SeatActionsProps = {
  readonly seat: WallSeat
  readonly onCheck: () => void
  readonly onAdmit: () => void
  readonly onRefuse: () => void
}

function SeatActions({ seat, onCheck, onAdmit, onRefuse }: SeatActionsProps) {
  const { t } = useTranslation()
  if (seat.state !== 'WAITING' && seat.state !== 'CHECKING') return null
  return (
    <div className="vv-row">
      {seat.state === 'WAITING' ? (
        <Button onClick={onCheck}>{t('wall.check')}</Button>
      ) : (
        <Button onClick={onAdmit}>{t('wall.admit')}</Button>
      )}
      <Button look="secondary" onClick={onRefuse}>
        {t('wall.refuse')}
      </Button>
    </div>
  )
}
