import { isOfAge } from '@visavis/contract/coming-of-age'

/** The age at which nobody speaks for one any more (Convention on the Rights of the Child, article 1). */
export const MAJORITY_AGE = 18
/** More than any family has; whoever fills the desk's inbox gets no further. */
export const MOST_CHILDREN = 20

/** Whether a guardian still speaks for somebody born on that date, on a local date; both `YYYY-MM-DD`. */
export function isChildOn(birthDate: string, day: string): boolean {
  return !isOfAge(birthDate, MAJORITY_AGE, day)
}
