import type { CallInput } from '../../../api/api.ts'
import { textOf } from '../../../forms/form-text.ts'
import { dayStart, isDate } from '../parts/office-time.ts'
import type { VisitClass } from '../parts/types.ts'

export type SuspensionInput = CallInput<'suspend'>['body']

/** Reads the form of a suspension; the review is due as its day begins, and empty if it has no date. */
export function readSuspension(form: FormData, timeZone: string): SuspensionInput {
  const review = textOf(form, 'reviewAt')
  return {
    scope: textOf(form, 'scope') as SuspensionInput['scope'],
    classes: form.getAll('classes').filter((each) => typeof each === 'string') as VisitClass[],
    authority: textOf(form, 'authority').trim(),
    reason: textOf(form, 'reason').trim(),
    reviewAt: isDate(review) ? dayStart(review, timeZone) : '',
  }
}
