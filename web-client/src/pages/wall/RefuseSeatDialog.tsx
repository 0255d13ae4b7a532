import type { SeatRefusalReason, WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import { ConfirmDialog, FailureNotice, RadioGroup } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WallSeat } from './wall-people.ts'
import { REFUSAL_REASON_LIST } from './wall-reasons.ts'

type RefuseProps = {
  readonly feed: WallFeed
  readonly visitId: string
  readonly seat: WallSeat
  readonly onClose: () => void
}

/** Turns a person away, with the reason that goes into the audit log. */
export function RefuseSeatDialog({ feed, visitId, seat, onClose }: RefuseProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<SeatRefusalReason | null>(null)
  const [isMissing, setIsMissing] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const refuse = async () => {
    if (reason === null) {
      setIsMissing(true)
      return
    }
    const reply = await feed.refuseSeat(visitId, seat.seatId, reason)
    if (reply.ok) onClose()
    else setFailure(reply.code)
  }
  return (
    <ConfirmDialog
      title={t('wall.refuseTitle', { name: seat.name })}
      confirmLabel={t('wall.refuseConfirm')}
      onConfirm={() => void refuse()}
      onCancel={onClose}
    >
      <RadioGroup
        legend={t('wall.reason')}
        value={reason}
        error={isMissing && reason === null ? t('wall.reasonMissing') : null}
        options={REFUSAL_REASON_LIST.map((value) => ({
          value,
          label: t(`refusalReason.${value}`),
        }))}
        onChoose={(value) =>
          setReason(REFUSAL_REASON_LIST.find((known) => known === value) ?? null)
        }
      />
      {failure !== null && <FailureNotice code={failure} />}
    </ConfirmDialog>
  )
}
