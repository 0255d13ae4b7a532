import type { VisitClass } from '@visavis/contract/media-policy'
import type { Outcome } from '@visavis/contract/visit'

/** What a visit was paid with: one visit of the quota, minutes of the time credit, or nothing. */
export type Payment = 'QUOTA' | 'CREDIT' | 'NOTHING'

/** An entry of either ledger; `amount` in visits or in milliseconds, negative where something is taken. */
export type Entry = {
  readonly kind: 'GRANT' | 'USE' | 'REFUND' | 'EXPIRY'
  readonly amount: number
}

/** What an inmate has at an instant, before the period is opened. */
export type Account = {
  /** Visits: the sum of the quota's entries. */
  readonly visits: number
  /** Milliseconds: the sum of the time credit's entries. */
  readonly creditMs: number
  /** Whether this period's visits were granted already. */
  readonly isOpened: boolean
}

/** What a facility grants (BK-9): visits a period, null for as many as there are places. */
export type Allowance = { readonly visits: number | null; readonly maxSavedVisits: number }

/** The balance of a ledger: the sum of its entries, never a counter (BK-9). */
export function balanceOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { amount }) => sum + amount, 0)
}

/** The quota's entries that open a period: what was saved beyond the cap expires, then comes the grant. */
export function openingEntries(account: Account, allowance: Allowance): Entry[] {
  if (account.isOpened || allowance.visits === null) return []
  const excess = Math.max(0, account.visits - allowance.maxSavedVisits)
  const expiry: Entry = { kind: 'EXPIRY', amount: -excess }
  const grant: Entry = { kind: 'GRANT', amount: allowance.visits }
  return [expiry, grant].filter(({ amount }) => amount !== 0)
}

/** The account as it is once its period is opened. */
export function opened(account: Account, allowance: Allowance): Account {
  const visits = account.visits + balanceOf(openingEntries(account, allowance))
  return { ...account, visits, isOpened: true }
}

/** Whether visits of this class are counted: lawyers and officials come as often as they must. */
export function isCounted(visitClass: VisitClass): boolean {
  return visitClass === 'social'
}

/**
 * What pays for a counted visit of that length, out of an account whose period is opened: the quota
 * first, then the time credit if it covers the whole visit. Null: neither does (`QUOTA_USED`).
 */
export function paymentFor(
  account: Account,
  allowance: Allowance,
  lengthMs: number,
): Payment | null {
  if (allowance.visits === null) return 'NOTHING'
  if (account.visits > 0) return 'QUOTA'
  return account.creditMs >= lengthMs ? 'CREDIT' : null
}

/** What an outcome means for the ledgers. */
export type Settlement = {
  /** Whether what the visit was paid with is given back. */
  readonly isGivenBack: boolean
  /** Milliseconds that become time credit. */
  readonly creditMs: number
}

/** In milliseconds, of a visit that has ended (LV-5). */
export type Delivery = {
  readonly bookedMs: number
  /** In how much of it media flowed both ways. */
  readonly deliveredMs: number
  /** How much of it the facility took by being late or by pausing, and did not add at the end. */
  readonly owedMs: number
}

/** Less than this of a visit, and a family whose own line failed has not had it. */
const HALF = 0.5

/** Who answers for an outcome (LV-7). A visit that staff ended is given back when an appeal is upheld. */
const ANSWERS_FOR: Record<Outcome, 'FACILITY' | 'VISITORS_LINE' | 'NOBODY'> = {
  FACILITY_CANCELLED: 'FACILITY',
  NO_SHOW_INMATE: 'FACILITY',
  INMATE_REFUSED: 'FACILITY',
  FAILED_TECH_FACILITY: 'FACILITY',
  FAILED_TECH_PLATFORM: 'FACILITY',
  FAILED_TECH_VISITOR: 'VISITORS_LINE',
  COMPLETED: 'NOBODY',
  VISITOR_EARLY: 'NOBODY',
  INMATE_EARLY: 'NOBODY',
  NO_SHOW_VISITOR: 'NOBODY',
  VISITOR_DENIED: 'NOBODY',
  STAFF_TERMINATED: 'NOBODY',
}

/** The table of LV-7; what the facility owes of a visit that counts becomes credit whoever ended it (LV-5). */
export function settlementOf(
  outcome: Outcome,
  { bookedMs, deliveredMs, owedMs }: Delivery,
): Settlement {
  const missingMs = Math.max(0, bookedMs - deliveredMs)
  const counted = { isGivenBack: false, creditMs: Math.min(owedMs, missingMs) }
  switch (ANSWERS_FOR[outcome]) {
    case 'FACILITY':
      return { isGivenBack: true, creditMs: missingMs }
    case 'VISITORS_LINE':
      return deliveredMs < bookedMs * HALF ? { isGivenBack: true, creditMs: 0 } : counted
    case 'NOBODY':
      return counted
  }
}

/**
 * Minutes to credit for a visit that was paid like this. Time credit that is given back holds the
 * undelivered minutes already: a second time would turn each failed visit into more than it cost.
 */
export function creditFor(paidBy: Payment, { isGivenBack, creditMs }: Settlement): number {
  return paidBy === 'CREDIT' && isGivenBack ? 0 : creditMs
}
