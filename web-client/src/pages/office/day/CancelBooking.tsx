import { Button } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../../forms/form-text.ts'
import { useSession } from '../../../session/session.ts'
import { PickField } from '../parts/Fields.tsx'
import { FormDialog } from '../parts/FormDialog.tsx'
import type { Booking } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'

/** Reasons that staff give; the family reads their words. */
export const STAFF_REASONS = [
  'FACILITY_STAFFING',
  'FACILITY_SECURITY',
  'TERMINAL_OUT_OF_ORDER',
  'INMATE_DECLINED',
  'NOT_APPROVED',
] as const
export type StaffReason = (typeof STAFF_REASONS)[number]

type CancelBookingProps = {
  readonly booking: Booking
  readonly onDone: (words: string) => void
}

/** Cancels with a reason, in two steps; nothing is shown where it cannot be done (BK-3). */
export function CancelBooking({ booking, onDone }: CancelBookingProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [isOpen, setIsOpen] = useState(false)
  if (!booking.actions.includes('CANCEL')) return null
  const { visitId, version } = booking
  const cancel = async (form: FormData) => {
    const body = { reason: textOf(form, 'reason') as StaffReason, version }
    const done = await act.run(() => call('cancelBooking', { params: { visitId }, body }))
    if (done === null) return
    setIsOpen(false)
    onDone(t('officeDay.cancelled'))
  }
  return (
    <>
      <Button look="danger" onClick={() => setIsOpen(true)}>
        {t('officeDay.cancel')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('officeDay.cancelTitle')}
          submitLabel={t('officeDay.cancel')}
          isDanger
          act={act}
          onSubmit={(form) => void cancel(form)}
          onClose={() => setIsOpen(false)}
        >
          <p>{t('officeDay.cancelBody')}</p>
          <PickField
            fieldId="cancel-reason"
            name="reason"
            label={t('officeForm.reason')}
            options={STAFF_REASONS.map((value) => ({ value, label: t(`bookingReason.${value}`) }))}
          />
        </FormDialog>
      )}
    </>
  )
}
