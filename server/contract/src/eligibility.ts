import { z } from 'zod'
import { ERROR_STATUS } from './errors.ts'
import type { ErrorCode } from './errors.ts'
import { Instant, VisitorId } from './ids.ts'

/**
 * Everything that is checked before a visit is held, confirmed, or joined (EL-1 … EL-9, BK-8, BK-9), in
 * the order in which it is told: who the people are, whether they may meet, whether the time is right,
 * whether there is room.
 */
export const ELIGIBILITY_CHECKS = [
  'VISITOR_VERIFIED',
  'RELATIONSHIP',
  'PROFESSIONAL',
  'CUSTODY',
  'PARTY_SIZE',
  'ADULT',
  'RESTRICTION',
  'NON_ASSOCIATION',
  'SUSPENSION',
  'REGISTER',
  'SLOT_OPEN',
  'SLOT_GROUP',
  'BOOKING_WINDOW',
  'BLACKOUT',
  'LEGAL_LIMIT',
  'QUOTA',
  'LINK_CENTRE_OPEN',
  'INMATE_FREE',
  'VISITORS_FREE',
  'CAPACITY',
] as const
export const EligibilityCheck = z.enum(ELIGIBILITY_CHECKS)
export type EligibilityCheck = (typeof ELIGIBILITY_CHECKS)[number]

/** UNKNOWN: it could not be found out; booking goes on as REQUESTED (EL-9). NOT_CHECKED: it does not apply yet. */
export const VERDICTS = ['PASSED', 'REFUSED', 'UNKNOWN', 'NOT_CHECKED'] as const
export const Verdict = z.enum(VERDICTS)
export type Verdict = (typeof VERDICTS)[number]

/** What a person can do about a verdict; the clients have the words. */
export const NEXT_STEPS = [
  'UPLOAD_DOCUMENTS',
  'WAIT_FOR_FACILITY',
  'WAIT_FOR_INMATE',
  'REQUEST_RELATIONSHIP',
  'REGISTER_AS_PROFESSIONAL',
  'ASK_FACILITY',
  'BRING_ADULT',
  'CHOOSE_FEWER_PEOPLE',
  'CHOOSE_OTHER_TIME',
  'CHOOSE_OTHER_PLACE',
  'WAIT_UNTIL_LIFTED',
  'JOIN_WAITING_LIST',
] as const
export const NextStep = z.enum(NEXT_STEPS)
export type NextStep = (typeof NEXT_STEPS)[number]

const codes = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]

/** One check as it is told: nothing in it is about other people (EL-8). */
export const CheckResult = z.object({
  check: EligibilityCheck,
  verdict: Verdict,
  /** The refusal's code, which has words in every catalogue; null unless REFUSED. */
  code: z.enum(codes).nullable(),
  /** Which of the visitors asked about, where it is about one. */
  visitorId: VisitorId.nullable(),
  liftsAt: Instant.nullable(),
  nextStep: NextStep.nullable(),
  /** Staff only: which row of ours says so, for example `restriction/…`. Absent for the public. */
  because: z.string().nullable().optional(),
})
export type CheckResult = z.output<typeof CheckResult>

/** The whole answer to "why can't I book?". */
export const EligibilityReport = z.object({
  /** MAY: book; ASK: book as REQUESTED; MAY_NOT: refused. */
  verdict: z.enum(['MAY', 'ASK', 'MAY_NOT']),
  checks: z.array(CheckResult),
  /** When the last known obstacle lifts, if every one of them has a date. */
  liftsAt: Instant.nullable(),
})
export type EligibilityReport = z.output<typeof EligibilityReport>
