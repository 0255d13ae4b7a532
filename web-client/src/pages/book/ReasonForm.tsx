import { RadioGroup } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StepForm } from '../../forms/StepPage.tsx'

export const OWN_REASONS = ['CHANGED_MIND', 'ILLNESS', 'NO_DEVICE'] as const
export type OwnReason = (typeof OWN_REASONS)[number]

type ReasonFormProps = {
  readonly submitLabel: string
  readonly isBusy: boolean
  readonly onSubmit: (reason: OwnReason) => void
  readonly children?: ReactNode
}

/** Asks why a visit is given up; one press each, nothing to type. */
export function ReasonForm({ submitLabel, isBusy, onSubmit, children }: ReasonFormProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<OwnReason | null>(null)
  const [isMissing, setIsMissing] = useState(false)
  const submit = () => {
    setIsMissing(reason === null)
    if (reason !== null) onSubmit(reason)
  }
  return (
    <StepForm onSubmit={submit} isBusy={isBusy} submitLabel={submitLabel}>
      <RadioGroup
        legend={t('booking.whyCancel')}
        value={reason}
        error={isMissing ? t('booking.reasonMissing') : null}
        options={OWN_REASONS.map((value) => ({ value, label: t(`bookingReason.${value}`) }))}
        onChoose={(value) => setReason(OWN_REASONS.find((each) => each === value) ?? null)}
      />
      {children}
    </StepForm>
  )
}
