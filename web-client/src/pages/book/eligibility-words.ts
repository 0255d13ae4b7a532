import type { Report } from './types.ts'

export type Check = Report['checks'][number]
export type NextStep = NonNullable<Check['nextStep']>

/** Where a next step is taken; null: there is nothing to press, only to wait or to ask. */
export const STEP_PATH: Readonly<Record<NextStep, string | null>> = {
  UPLOAD_DOCUMENTS: '/profile',
  WAIT_FOR_FACILITY: '/people',
  WAIT_FOR_INMATE: '/people',
  REQUEST_RELATIONSHIP: '/people/ask',
  REGISTER_AS_PROFESSIONAL: '/profile/professional',
  ASK_FACILITY: null,
  BRING_ADULT: '/book/people',
  CHOOSE_FEWER_PEOPLE: '/book/people',
  CHOOSE_OTHER_TIME: '/book/day',
  CHOOSE_OTHER_PLACE: '/book/place',
  WAIT_UNTIL_LIFTED: null,
  JOIN_WAITING_LIST: '/book/time',
}

const ORDER: Readonly<Record<Check['verdict'], number>> = {
  REFUSED: 0,
  UNKNOWN: 1,
  PASSED: 2,
  NOT_CHECKED: 3,
}

/** What stands in the way first, then what could not be found out, then the rest in its own order. */
export function inOrderOfNeed(checks: readonly Check[]): Check[] {
  return checks.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict])
}
