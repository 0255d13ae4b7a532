import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemIf } from '../../../forms/use-problems.ts'
import { textOf } from '../../../forms/form-text.ts'
import { AreaField } from './Fields.tsx'
import { FormDialog } from './FormDialog.tsx'
import type { Act } from './use-act.ts'

/** The server takes no reason shorter than this. */
export const REASON_LENGTH = 3
const REASON_ID = 'office-reason'

type ReasonDialogProps = {
  readonly title: string
  readonly submitLabel: string
  readonly isDanger?: boolean
  readonly act: Act
  readonly onReason: (reason: string, form: FormData) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Asks why, in a few words, before something is done. */
export function ReasonDialog({ onReason, children, ...rest }: ReasonDialogProps) {
  const { t } = useTranslation()
  const reasonOf = (form: FormData) => textOf(form, 'reason').trim()
  return (
    <FormDialog
      {...rest}
      check={(form) =>
        problemIf(reasonOf(form).length < REASON_LENGTH, REASON_ID, t('officeForm.reasonMissing'))
      }
      onSubmit={(form) => onReason(reasonOf(form), form)}
    >
      {(errorOf) => (
        <>
          {children}
          <ReasonField error={errorOf(REASON_ID)} />
        </>
      )}
    </FormDialog>
  )
}

/** The field of the reason, for forms that ask for more besides. */
export function ReasonField({
  error,
  fieldId = REASON_ID,
}: {
  error: string | null
  fieldId?: string
}) {
  const { t } = useTranslation()
  return <AreaField fieldId={fieldId} name="reason" label={t('officeForm.reason')} error={error} />
}
