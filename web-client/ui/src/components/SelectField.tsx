import { useId } from 'react'

export type SelectOption = { readonly value: string; readonly label: string }

type SelectFieldProps = {
  readonly label: string
  readonly value: string
  readonly options: readonly SelectOption[]
  readonly onChoose: (value: string) => void
}

/** A native list to choose one of many from. */
export function SelectField({ label, value, options, onChoose }: SelectFieldProps) {
  const selectId = useId()
  return (
    <div className="vv-field">
      <label className="govuk-label" htmlFor={selectId}>
        {label}
      </label>
      <select
        id={selectId}
        className="govuk-select"
        value={value}
        onChange={(event) => onChoose(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
