import { useId } from 'react'
import type { InputHTMLAttributes, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type TextFieldProps = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'id' | 'className' | 'children' | 'aria-describedby' | 'aria-invalid'
> & {
  readonly label: string
  readonly hint?: string
  /** What is wrong and how to mend it. */
  readonly error?: string | null
  /** Names the input for the links of an error summary; made up if left out. */
  readonly fieldId?: string
  /** Stands beside the input. */
  readonly action?: ReactNode
}

/** A labelled input with its hint and error tied to it. */
export function TextField({
  label,
  hint,
  error = null,
  fieldId,
  action,
  ...input
}: TextFieldProps) {
  const { t } = useTranslation()
  const madeUpId = useId()
  const inputId = fieldId ?? madeUpId
  const hintId = `${inputId}-hint`
  const errorId = `${inputId}-error`
  const isWrong = error !== null
  const describedBy = [hint === undefined ? '' : hintId, isWrong ? errorId : ''].join(' ').trim()
  return (
    <div className={isWrong ? 'vv-field vv-field--error' : 'vv-field'}>
      <label className="govuk-label" htmlFor={inputId}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={hintId} className="govuk-hint">
          {hint}
        </p>
      )}
      {isWrong && (
        <p id={errorId} className="govuk-error-message">
          <span className="govuk-visually-hidden">{t('common.errorPrefix')}</span> {error}
        </p>
      )}
      <div className="vv-field__with-button">
        <input
          {...input}
          id={inputId}
          className="govuk-input"
          aria-describedby={describedBy || undefined}
          aria-invalid={isWrong || undefined}
        />
        {action}
      </div>
    </div>
  )
}
