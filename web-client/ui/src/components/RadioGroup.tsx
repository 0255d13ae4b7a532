import { useId } from 'react'
import type { SelectOption } from './SelectField.tsx'

type RadioGroupProps = {
  readonly legend: string
  readonly value: string | null
  readonly options: readonly SelectOption[]
  readonly error?: string | null
  readonly onChoose: (value: string) => void
}

/** A few choices of which one is taken. */
export function RadioGroup({ legend, value, options, error = null, onChoose }: RadioGroupProps) {
  const name = useId()
  const errorId = `${name}-error`
  return (
    <fieldset className="vv-radios" aria-describedby={error === null ? undefined : errorId}>
      <legend>{legend}</legend>
      {error !== null && (
        <p id={errorId} className="govuk-error-message">
          {error}
        </p>
      )}
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
