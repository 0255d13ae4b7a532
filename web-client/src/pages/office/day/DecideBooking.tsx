import { Button, FailureNotice, SelectField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import type { Booking } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { STAFF_REASONS } from './CancelBooking.tsx'
import type { StaffReason } from './CancelBooking.tsx'

type DecideBookingProps = {
  readonly booking: Booking
  readonly onDone: (words: string) => void
}

/** The yes or no to a visit that waits for approval. */
export function DecideBooking({ booking, onDone }: DecideBookingProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [reason, setReason] = useState<StaffReason>('NOT_APPROVED')
  const { visitId, version, actions } = booking
  if (!actions.includes('APPROVE') && !actions.includes('REJECT')) return null
  const decide = async (decision: 'APPROVE' | 'REJECT') => {
    const body = { decision, version, ...(decision === 'REJECT' ? { reason } : {}) }
    const done = await act.run(() => call('decideBooking', { params: { visitId }, body }))
    if (done === null) return
    onDone(t(decision === 'APPROVE' ? 'officeInbox.approved' : 'officeInbox.rejected'))
  }
  return (
    <div className="vv-stack vv-stack--near vv-no-print">
      {act.failure && <FailureNotice code={act.failure.code} />}
      {actions.includes('APPROVE') && (
        <div>
          <Button isBusy={act.isBusy} onClick={() => void decide('APPROVE')}>
            {t('officeDay.approve')}
          </Button>
        </div>
      )}
      {actions.includes('REJECT') && (
        <details className="vv-office__more">
          <summary>{t('officeInbox.reject')}</summary>
          <div className="vv-stack vv-stack--near">
            <SelectField
              label={t('officeForm.reason')}
              value={reason}
              options={STAFF_REASONS.map((value) => ({
                value,
                label: t(`bookingReason.${value}`),
              }))}
              onChoose={(value) => setReason(value as StaffReason)}
            />
            <div>
              <Button look="danger" isBusy={act.isBusy} onClick={() => void decide('REJECT')}>
                {t('officeInbox.rejectNow')}
              </Button>
            </div>
          </div>
        </details>
      )}
    </div>
  )
}
