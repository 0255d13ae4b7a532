import type { FormProblem } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { readBirthDate } from './birth-date.ts'
import { textOf } from './form-text.ts'

const PROBLEM_WORDS = {
  MISSING: 'form.dateMissing',
  NOT_A_DATE: 'form.dateWrong',
  IN_FUTURE: 'form.dateInFuture',
  TOO_LONG_AGO: 'form.dateTooLongAgo',
} as const

/** Reads the date field of a form: `YYYY-MM-DD`, or what is wrong with it in words. */
export function useBirthDate(
  fieldId: string,
): (form: FormData) => { readonly date: string } | { readonly problem: FormProblem } {
  const { t } = useTranslation()
  return (form) => {
    const typed = {
      day: textOf(form, 'day'),
      month: textOf(form, 'month'),
      year: textOf(form, 'year'),
    }
    const answer = readBirthDate(typed, new Date().toISOString().slice(0, 10))
    if (answer.ok) return { date: answer.date }
    return { problem: { fieldId, text: t(PROBLEM_WORDS[answer.problem]) } }
  }
}
