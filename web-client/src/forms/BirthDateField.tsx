import { useTranslation } from 'react-i18next'
import type { TypedDate } from './birth-date.ts'

type BirthDateFieldProps = {
  readonly legend: string
  readonly hint?: string
  /** The day's input; an error summary leads there. */
  readonly fieldId: string
  readonly value: TypedDate
  readonly error: string | null
  readonly isOwn?: boolean
}

/** A date that is known by heart: typed in three parts, never looked for in a calendar. */
export function BirthDateField({
  legend,
  hint,
  fieldId,
  value,
  error,
  isOwn,
}: BirthDateFieldProps) {
  const { t } = useTranslation()
  const errorId = `${fieldId}-error`
  const hintId = `${fieldId}-hint`
  return (
    <fieldset
      className={error === null ? 'vv-date' : 'vv-date vv-date--error'}
      aria-describedby={`${hintId}${error === null ? '' : ` ${errorId}`}`}
    >
      <legend className="govuk-label">{legend}</legend>
      <p id={hintId} className="govuk-hint">
        {hint ?? t('form.dateHint')}
      </p>
      {error !== null && (
        <p id={errorId} className="govuk-error-message">
          <span className="govuk-visually-hidden">{t('common.errorPrefix')}</span> {error}
        </p>
      )}
      <DateParts fieldId={fieldId} value={value} isWrong={error !== null} isOwn={isOwn === true} />
    </fieldset>
  )
}

type DatePartsProps = Pick<BirthDateFieldProps, 'fieldId' | 'value'> & {
  readonly isWrong: boolean
  readonly isOwn: boolean
}

function DateParts({ fieldId, value, isWrong, isOwn }: DatePartsProps) {
  const { t } = useTranslation()
  const parts = [
    { name: 'day', label: t('form.day'), id: fieldId, complete: 'bday-day' },
    { name: 'month', label: t('form.month'), id: `${fieldId}-month`, complete: 'bday-month' },
    { name: 'year', label: t('form.year'), id: `${fieldId}-year`, complete: 'bday-year' },
  ] as const
  return (
    <div className="vv-date__parts">
      {parts.map(({ name, label, id, complete }) => (
        <div key={name} className={`vv-field vv-date__${name}`}>
          <label className="govuk-label" htmlFor={id}>
            {label}
          </label>
          <input
            id={id}
            name={name}
            className="govuk-input"
            inputMode="numeric"
            autoComplete={isOwn ? complete : 'off'}
            defaultValue={value[name]}
            maxLength={name === 'year' ? 4 : 2}
            aria-invalid={isWrong || undefined}
          />
        </div>
      ))}
    </div>
  )
}
