import { useEffect, useRef } from 'react'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'

export type FormProblem = {
  readonly text: string
  /** The input to go to; null for a fault of no single field. */
  readonly fieldId: string | null
}

/**
 * Everything wrong with a form, on top of it, with a link to each field. It takes the focus when it
 * appears; give it a new `key` for each attempt, so that a second failure is told as well.
 */
export function ErrorSummary({ problems }: { problems: readonly FormProblem[] }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  if (problems.length === 0) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className="vv-error-summary">
      <h2>{t('common.errorSummaryTitle')}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.text}>
            <ProblemText problem={problem} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ProblemText({ problem }: { problem: FormProblem }) {
  const { fieldId, text } = problem
  if (fieldId === null) return <strong>{text}</strong>
  const goThere = (event: MouseEvent) => {
    event.preventDefault()
    document.getElementById(fieldId)?.focus()
  }
  return (
    <a href={`#${fieldId}`} onClick={goThere}>
      {text}
    </a>
  )
}
