import { ROLES } from '@visavis/contract/http'
import type { ErrorCode } from '@visavis/contract/errors'
import { CALLERS } from './support/callers.ts'
import type { Caller } from './support/callers.ts'

/**
 * What somebody gets who asks for what is another's: a refusal, or
 * - `OWN`: the request names nobody; the answer is about whoever asks, and none of the other's ids is in it;
 * - `ABOUT_SELF`: likewise, in whatever state the own things are;
 * - `SAME`: it is theirs as well: a colleague's, or everybody's.
 */
export type Outcome = ErrorCode | 'OWN' | 'ABOUT_SELF' | 'SAME'
type PerCaller = Outcome | ({ readonly others: Outcome } & Partial<Record<Caller, Outcome>>)

/** Who is let in by a route, and what they get of another facility's and of other people's. */
export type Row = {
  readonly who: readonly Caller[]
  readonly elsewhere: PerCaller
  readonly another: PerCaller
}

/** A row of the table; the last left out: other people get what another facility's get. */
export function row(
  who: readonly Caller[],
  elsewhere: PerCaller,
  another: PerCaller = elsewhere,
): Row {
  return { who, elsewhere, another }
}

/** Colleagues may; another visitor gets that. */
export const but = (visitor: Outcome): PerCaller => ({ visitor, others: 'SAME' })

/** What that caller gets of what belongs to others. */
export function outcomeFor(per: PerCaller, caller: Caller): Outcome {
  return typeof per === 'string' ? per : (per[caller] ?? per.others)
}

export const ANYBODY: readonly Caller[] = CALLERS
export const ACCOUNTS: readonly Caller[] = ROLES
export const ANY_ACCOUNT: readonly Caller[] = [...ROLES, 'roomDevice']
export const AT_TERMINAL: readonly Caller[] = ['inmate', 'terminal']
export const INMATE: readonly Caller[] = ['inmate']
export const VISITOR: readonly Caller[] = ['visitor']
export const IN_ROOM: readonly Caller[] = ['visitor', 'roomDevice']
export const HOST: readonly Caller[] = ['host']
export const OFFICER: readonly Caller[] = ['officer']
export const ADMIN: readonly Caller[] = ['facilityAdmin']
export const AUDITOR: readonly Caller[] = ['auditor']
export const INVESTIGATOR: readonly Caller[] = ['investigator']
export const DESK: readonly Caller[] = ['scheduler', 'facilityAdmin']
export const OFFICE: readonly Caller[] = ['officer', 'scheduler', 'facilityAdmin']
export const STAFF: readonly Caller[] = [...OFFICE, 'operatorAdmin']
export const KEEPERS: readonly Caller[] = ['facilityAdmin', 'investigator']
export const READERS: readonly Caller[] = [...KEEPERS, 'auditor']
export const BOOKERS: readonly Caller[] = ['visitor', ...DESK]
export const BOOKING_READERS: readonly Caller[] = ['visitor', ...OFFICE]
export const CERTIFICATE_READERS: readonly Caller[] = ['visitor', 'officer', ...ADMIN, 'auditor']
export const CLOSERS: readonly Caller[] = [...DESK, 'operatorAdmin']
