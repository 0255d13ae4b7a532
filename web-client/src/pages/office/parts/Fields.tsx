import type { SelectOption } from '@visavis/ui'
import type { ReactNode } from 'react'

type AreaFieldProps = {
  readonly fieldId: string
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly error?: string | null
  /** What it holds at first. */
  readonly first?: string
}

/** A few lines of text with hint and error tied to them. */
export function AreaField(props: AreaFieldProps) {
  const { fieldId, name, error = null, first } = props
  return (
    <LabelledField {...props}>
      <textarea
        id={fieldId}
        name={name}
        rows={3}
        defaultValue={first}
        className="govuk-textarea"
        aria-describedby={notesOf(props)}
        aria-invalid={error !== null || undefined}
      />
    </LabelledField>
  )
}

type PickFieldProps = {
  readonly fieldId: string
  readonly name: string
  readonly label: string
  readonly options: readonly SelectOption[]
  readonly hint?: string
  readonly error?: string | null
  readonly first?: string
  readonly onPick?: (value: string) => void
}

/** A native list whose choice goes with its form. */
export function PickField(props: PickFieldProps) {
  const { fieldId, name, options, error = null, first, onPick } = props
  return (
    <LabelledField {...props}>
      <select
        id={fieldId}
        name={name}
        className="govuk-select"
        defaultValue={first}
        aria-describedby={notesOf(props)}
        aria-invalid={error !== null || undefined}
        onChange={(event) => onPick?.(event.target.value)}
      >
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </LabelledField>
  )
}

type NotesProps = {
  readonly fieldId: string
  readonly hint?: string | undefined
  readonly error?: string | null
}

/** A label, its notes and the field itself. */
function LabelledField(props: NotesProps & { label: string; children: ReactNode }) {
  const { fieldId, label, error = null, children } = props
  return (
    <div className={error === null ? 'vv-field' : 'vv-field vv-field--error'}>
      <label className="govuk-label" htmlFor={fieldId}>
        {label}
      </label>
      <FieldNotes {...props} />
      {children}
    </div>
  )
}

/** What stands between a label and its field. */
function FieldNotes({ fieldId, hint, error = null }: NotesProps) {
  return (
    <>
      {hint !== undefined && (
        <p id={`${fieldId}-hint`} className="govuk-hint">
          {hint}
        </p>
      )}
      {error !== null && (
        <p id={`${fieldId}-error`} className="govuk-error-message">
          {error}
        </p>
      )}
    </>
  )
}

/** The ids of a field's notes. */
function notesOf({ fieldId, hint, error = null }: NotesProps): string | undefined {
  const ids = [
    hint === undefined ? '' : `${fieldId}-hint`,
    error === null ? '' : `${fieldId}-error`,
  ]
  return ids.join(' ').trim() || undefined
}

type CheckGroupProps = {
  readonly legend: string
  readonly name: string
  readonly options: readonly SelectOption[]
  readonly checked: readonly string[]
  readonly hint?: string
  readonly error?: string | null
  /** Names the first box for the links of an error summary. */
  readonly fieldId: string
}

/** Boxes of which any number is ticked. */
export function CheckGroup(props: CheckGroupProps) {
  const { legend, name, options, checked, hint, error = null, fieldId } = props
  return (
    <fieldset className="vv-radios">
      <legend>{legend}</legend>
      {hint !== undefined && <p className="govuk-hint">{hint}</p>}
      {error !== null && <p className="govuk-error-message">{error}</p>}
      {options.map(({ value, label }, index) => (
        <label key={value}>
          <input
            type="checkbox"
            id={index === 0 ? fieldId : undefined}
            name={name}
            value={value}
            defaultChecked={checked.includes(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
