import { Icon } from '@visavis/ui'
import type { ReactNode } from 'react'

export type Choice = {
  readonly value: string
  readonly title: ReactNode
  readonly detail?: ReactNode
}

type ChoiceListProps = {
  readonly choices: readonly Choice[]
  /** What was chosen before. */
  readonly chosen: string | null
  readonly onChoose: (value: string) => void
  readonly isBusy?: boolean
}

/** Big targets of which one is pressed to go on: fewer presses than a form with a button. */
export function ChoiceList({ choices, chosen, onChoose, isBusy = false }: ChoiceListProps) {
  return (
    <ul className="vv-choices">
      {choices.map(({ value, title, detail }) => (
        <li key={value}>
          <button
            type="button"
            className="vv-choice"
            aria-pressed={chosen === null ? undefined : value === chosen}
            aria-disabled={isBusy || undefined}
            onClick={() => {
              if (!isBusy) onChoose(value)
            }}
          >
            <span className="vv-choice__words">
              <span className="vv-choice__title">{title}</span>
              {detail !== undefined && <span className="vv-choice__detail">{detail}</span>}
            </span>
            {value === chosen ? <Icon name="check" /> : <Arrow />}
          </button>
        </li>
      ))}
    </ul>
  )
}

function Arrow() {
  return (
    <span className="vv-choice__arrow" aria-hidden="true">
      ›
    </span>
  )
}
