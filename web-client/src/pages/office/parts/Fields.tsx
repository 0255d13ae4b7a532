import type { SelectOption } from '@visavis/ui'

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
  const { fieldId, name, label, hint, error = null, first } = props
  const isWrong = error !== null
  const described = [hint === undefined ? '' : `${fieldId}-hint`, isWrong ? `${fieldId}-error` : '']
  return (
    <div className={isWrong ? 'vv-field vv-field--error' : 'vv-field'}>
      <label className="govuk-label" htmlFor={fieldId}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${fieldId}-hint`} className="govuk-hint">
          {hint}
        </p>
      )}
      {isWrong && (
        <p id={`${fieldId}-error`} className="govuk-error-message">
          {error}
        </p>
      )}
      <textarea
        id={fieldId}
        name={name}
        rows={3}
        defaultValue={first}
        className="govuk-textarea"
        aria-describedby={described.join(' ').trim() || undefined}
        aria-invalid={isWrong || undefined}
      />
    </div>
  )
}

type PickFieldProps = {
  readonly fieldId: string
  readonly name: string
  readonly label: string
  readonly options: readonly SelectOption[]
  readonly first?: string
  readonly onPick?: (value: string) => void
}

/** A native list whose choice goes with its form. */
export function PickField({ fieldId, name, label, options, first, onPick }: PickFieldProps) {
  return (
    <div className="vv-field">
      <label className="govuk-label" htmlFor={fieldId}>
        {label}
      </label>
      <select
        id={fieldId}
        name={name}
        className="govuk-select"
        defaultValue={first}
        onChange={(event) => onPick?.(event.target.value)}
      >
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
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
