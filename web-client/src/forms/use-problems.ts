import { useErrorWords, useLanguage } from '@visavis/ui'
import type { FailureCode, FormProblem } from '@visavis/ui'
import { useState } from 'react'

type Shown = { readonly attempt: number; readonly problems: readonly FormProblem[] }
type Kept = Shown & { readonly language: string }
const NO_PROBLEMS: readonly FormProblem[] = []

/** What is wrong with a form after its last sending. */
export type Problems = Shown & {
  /** The words beside one field; null: it is in order. */
  readonly of: (fieldId: string) => string | null
  readonly show: (problems: readonly FormProblem[]) => void
  /** A refusal of the server, told above the form. */
  readonly showFailure: (code: FailureCode, fieldId?: string) => void
}

/** Keeps a form's problems, each attempt anew, so that a second failure is told as well. */
export function useProblems(): Problems {
  const wordsOf = useErrorWords()
  const { language } = useLanguage()
  const [kept, set] = useState<Kept>({ attempt: 0, problems: NO_PROBLEMS, language })
  const { attempt } = kept
  // Words of another language than the page's help nobody; the next attempt tells them again.
  const problems = kept.language === language ? kept.problems : NO_PROBLEMS
  const show = (next: readonly FormProblem[]) =>
    set((before) => ({ attempt: before.attempt + 1, problems: next, language }))
  return {
    attempt,
    problems,
    of: (fieldId) => problems.find((problem) => problem.fieldId === fieldId)?.text ?? null,
    show,
    showFailure: (code, fieldId) => {
      const { happened, cure } = wordsOf(code)
      show([{ text: `${happened}. ${cure}`, fieldId: fieldId ?? null }])
    },
  }
}

/** The problem of one field if `text` is one, for lists of them. */
export function problemIf(isWrong: boolean, fieldId: string, text: string): FormProblem[] {
  return isWrong ? [{ fieldId, text }] : []
}
