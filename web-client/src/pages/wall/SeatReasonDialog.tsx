import type {
  LookAgainReason,
  RemovalReason,
  Reply,
  SeatRefusalReason,
  WallFeed,
} from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import { ConfirmDialog, FailureNotice, RadioGroup } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { WallSeat } from './wall-people.ts'
import { LOOK_AGAIN_REASON_LIST, REFUSAL_REASON_LIST, REMOVAL_REASON_LIST } from './wall-reasons.ts'

/** What an officer does to one person with a reason. */
export type SeatDeed = 'refuse' | 'lookAgain' | 'remove'
type Reason = SeatRefusalReason | LookAgainReason | RemovalReason

type SeatReasonProps = {
  readonly deed: SeatDeed
  readonly feed: WallFeed
  readonly visitId: string
  readonly seat: WallSeat
  readonly onClose: () => void
}

/** Asks for the reason that goes into the audit log, and in another look to the person. */
export function SeatReasonDialog({ deed, feed, visitId, seat, onClose }: SeatReasonProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<Reason | null>(null)
  const [isMissing, setIsMissing] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const { reasons, words, act } = DEEDS[deed]
  const confirm = async () => {
    if (reason === null) {
      setIsMissing(true)
      return
    }
    const reply = await act(feed, { visitId, seatId: seat.seatId, reason })
    if (reply.ok) onClose()
    else setFailure(reply.code)
  }
  return (
    <ConfirmDialog
      title={t(`wall.${deed}Title`, { name: seat.name })}
      confirmLabel={t(`wall.${deed}Confirm`)}
      onConfirm={() => void confirm()}
      onCancel={onClose}
      {...(deed === 'lookAgain' ? { confirmLook: 'primary' as const } : {})}
    >
      <RadioGroup
        legend={t('wall.reason')}
        value={reason}
        error={isMissing && reason === null ? t('wall.reasonMissing') : null}
        options={reasons.map((value) => ({ value, label: words(t, value) }))}
        onChoose={(value) => setReason(reasons.find((known) => known === value) ?? null)}
      />
      {failure !== null && <FailureNotice code={failure} />}
    </ConfirmDialog>
  )
}

type Given = { readonly visitId: string; readonly seatId: string; readonly reason: Reason }
type Deed = {
  readonly reasons: readonly Reason[]
  readonly words: (t: TFunction, reason: Reason) => string
  readonly act: (feed: WallFeed, given: Given) => Promise<Reply>
}

const DEEDS: Readonly<Record<SeatDeed, Deed>> = {
  refuse: {
    reasons: REFUSAL_REASON_LIST,
    words: (t, reason) => t(`refusalReason.${reason as SeatRefusalReason}`),
    act: (feed, { visitId, seatId, reason }) =>
      feed.refuseSeat(visitId, seatId, reason as SeatRefusalReason),
  },
  lookAgain: {
    reasons: LOOK_AGAIN_REASON_LIST,
    words: (t, reason) => t(`lookAgainReason.${reason as LookAgainReason}`),
    act: (feed, { visitId, seatId, reason }) =>
      feed.putBackSeat(visitId, seatId, reason as LookAgainReason),
  },
  remove: {
    reasons: REMOVAL_REASON_LIST,
    words: (t, reason) => t(`removalReason.${reason as RemovalReason}`),
    act: (feed, { visitId, seatId, reason }) =>
      feed.removeSeat(visitId, seatId, reason as RemovalReason),
  },
}
