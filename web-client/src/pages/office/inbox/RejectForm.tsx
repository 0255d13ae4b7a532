import { Button, Notice, SelectField } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { FailureNotice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../../api/api.ts'

type Rejection = NonNullable<Reply<'profile'>['rejection']>
export type RejectionReason = Rejection['reason']
export type RejectedField = NonNullable<Rejection['field']>

type RejectFormProps = {
  /** What opens the form; absent: that it rejects. */
  readonly summary?: string
  readonly reasons: readonly RejectionReason[]
  /** What must be sent again; none: the rejection is of the whole. */
  readonly fields: readonly RejectedField[]
  readonly isBusy: boolean
  readonly failure: FailureCode | null
  readonly onReject: (reason: RejectionReason, field: RejectedField | null) => void
}

/** A no with its reason and what it is about; the words the visitor will read stand below. */
export function RejectForm({ summary, reasons, fields, ...rest }: RejectFormProps) {
  const { isBusy, failure, onReject } = rest
  const { t } = useTranslation()
  const [reason, setReason] = useState(reasons[0])
  const [field, setField] = useState<RejectedField | null>(fields[0] ?? null)
  if (reason === undefined) return null
  const options = reasons.map((value) => ({ value, label: t(`rejection.${value}.what`) }))
  const fieldOptions = fields.map((value) => ({ value, label: t(`rejectedField.${value}`) }))
  return (
    <details className="vv-office__more">
      <summary>{summary ?? t('officeInbox.reject')}</summary>
      <div className="vv-stack vv-stack--near">
        <SelectField
          label={t('officeInbox.rejectReason')}
          value={reason}
          options={options}
          onChoose={(value) => setReason(value as RejectionReason)}
        />
        {fields.length > 0 && (
          <SelectField
            label={t('officeInbox.rejectField')}
            value={field ?? ''}
            options={[...fieldOptions, { value: '', label: t('officeInbox.wholeThing') }]}
            onChoose={(value) => setField(value === '' ? null : (value as RejectedField))}
          />
        )}
        <Preview reason={reason} field={field} />
        {failure !== null && <FailureNotice code={failure} />}
        <div>
          <Button look="danger" isBusy={isBusy} onClick={() => onReject(reason, field)}>
            {t('officeInbox.rejectNow')}
          </Button>
        </div>
      </div>
    </details>
  )
}

function Preview({ reason, field }: { reason: RejectionReason; field: RejectedField | null }) {
  const { t } = useTranslation()
  return (
    <Notice title={t('officeInbox.preview')} icon="eye">
      <p>
        {field !== null && <strong>{t(`rejectedField.${field}`)}: </strong>}
        {t(`rejection.${reason}.what`)}.
      </p>
      <p>{t(`rejection.${reason}.cure`)}</p>
    </Notice>
  )
}
