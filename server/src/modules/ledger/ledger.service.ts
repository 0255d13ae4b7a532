import { Refusal } from '@visavis/contract/errors'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { Outcome } from '@visavis/contract/visit'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import {
  creditFor,
  isCounted,
  opened,
  openingEntries,
  paymentFor,
  settlementOf,
} from './ledger-rules.ts'
import type { Account, Allowance, Delivery, Entry, Payment } from './ledger-rules.ts'
import type { LedgerRepo, NewQuotaEntry, ReadAccount } from './ledger.repo.ts'
import { periodOf } from './quota-period-rules.ts'
import type { Period } from './quota-period-rules.ts'

export type LedgerDeps = { repo: LedgerRepo; policy: Policy; clock: Clock }

/** What an inmate has left. */
export type Quota = {
  /** Visits; null: this facility counts none. */
  readonly left: number | null
  readonly renewsAt: Date | null
  readonly creditMs: number
}
type Use = {
  readonly visitId: string
  readonly inmateId: string
  readonly facilityId: string
  readonly visitClass: VisitClass
  readonly lengthMs: number
}
type End = Delivery & { readonly visitId: string; readonly outcome: Outcome }
/** What was written about a visit's end. */
export type Settled = {
  /** Whether anything was used for the visit at all. */
  readonly isCounted: boolean
  readonly isGivenBack: boolean
  readonly creditMs: number
}

/** The terms of an inmate's facility at an instant. */
type Terms = { readonly allowance: Allowance; readonly period: Period }

/** Quota and time credit as other modules use them; the caller's audit entry tells of it. */
export type LedgerService = ReturnType<typeof createLedgerService>

export function createLedgerService(deps: LedgerDeps) {
  return {
    /** What is left now, a grant that is due included; writes nothing. */
    quotaOf: (tx: Tx, inmateId: string): Promise<Quota> => quotaOf(tx, inmateId, deps),
    /** The same of an account that another statement has read with `accountSql`. */
    quotaIn: (read: ReadAccount, rules: FacilityRules): Quota => {
      const terms = termsUnder(rules, deps)
      const isOpened = read.openedPeriods.includes(terms.period.name)
      return quotaUnder({ ...read, isOpened }, terms)
    },
    /**
     * Pays for a visit at its confirmation, once however often it is asked; refuses with `QUOTA_USED`
     * and the instant of renewal. Writes the visit's `paid_by` nowhere: that is the caller's.
     */
    use: (tx: Tx, given: Use): Promise<Payment> => use(tx, given, deps),
    /** Gives back what the visit was paid with; false if it used nothing, or has it back already. */
    giveBack: (tx: Tx, given: { visitId: string; reason: string }): Promise<boolean> =>
      giveBack(tx, given, deps),
    /** Settles an ended visit by its outcome (LV-7), once however often it is asked. */
    settle: (tx: Tx, given: End): Promise<Settled> => settle(tx, given, deps),
  }
}

async function quotaOf(tx: Tx, inmateId: string, deps: LedgerDeps): Promise<Quota> {
  const inmate = await deps.repo.facilityOf(tx, inmateId)
  if (inmate === null) throw new Refusal('NOT_FOUND')
  const terms = await termsOf(tx, inmate.facilityId, deps)
  return quotaUnder(await accountOf(tx, { inmateId, period: terms.period }, deps), terms)
}

function quotaUnder(stored: Account, { allowance, period }: Terms): Quota {
  const account = opened(stored, allowance)
  const { creditMs } = account
  if (allowance.visits === null) return { left: null, renewsAt: null, creditMs }
  return { left: account.visits, renewsAt: period.renewsAt, creditMs }
}

async function use(tx: Tx, given: Use, deps: LedgerDeps): Promise<Payment> {
  const { visitId, inmateId } = given
  if (!isCounted(given.visitClass)) return 'NOTHING'
  const { allowance, period } = await termsOf(tx, given.facilityId, deps)
  const ask = { inmateId, visitId, period: period.name }
  const { used, ...before } = await deps.repo.lockAccount(tx, ask)
  const paid = used.find(({ kind }) => kind === 'USE')
  if (paid) return paid.payment
  const account = opened(before, allowance)
  const payment = paymentFor(account, allowance, given.lengthMs)
  if (payment === null) {
    throw new Refusal('QUOTA_USED', { liftsAt: period.renewsAt.toISOString() })
  }
  const entries = openingEntries(before, allowance)
  await addUse(
    tx,
    { ...given, payment, opening: openingRows(inmateId, { entries, period }, deps) },
    deps,
  )
  return payment
}

type Paid = Use & { readonly payment: Payment; readonly opening: readonly NewQuotaEntry[] }

async function addUse(tx: Tx, given: Paid, { repo, clock }: LedgerDeps): Promise<void> {
  const { visitId, inmateId, lengthMs, payment, opening } = given
  const kind = 'USE' as const
  const row = { entryId: newId(), inmateId, visitId, kind, createdAt: clock.now() }
  const used = payment === 'QUOTA' ? [{ ...row, units: -1 }] : []
  await repo.addQuota(tx, [...opening, ...used])
  if (payment === 'CREDIT') await repo.addCredit(tx, [{ ...row, ms: -lengthMs }])
}

async function giveBack(
  tx: Tx,
  { visitId, reason }: { visitId: string; reason: string },
  deps: LedgerDeps,
): Promise<boolean> {
  const { inmateId } = await deps.repo.visit(tx, visitId)
  await deps.repo.lock(tx, inmateId)
  const used = await usedBy(tx, visitId, deps)
  if (used === null || used.isGivenBack) return false
  const row = { entryId: newId(), inmateId, visitId, kind: 'REFUND' as const, reason }
  const createdAt = deps.clock.now()
  if (used.payment === 'QUOTA') {
    await deps.repo.addQuota(tx, [{ ...row, createdAt, units: used.amount }])
  } else {
    await deps.repo.addCredit(tx, [{ ...row, createdAt, ms: used.amount }])
  }
  return true
}

async function settle(tx: Tx, end: End, deps: LedgerDeps): Promise<Settled> {
  const { visitId, outcome } = end
  const settlement = settlementOf(outcome, end)
  const { inmateId, visitClass } = await deps.repo.visit(tx, visitId)
  const isGivenBack =
    settlement.isGivenBack && (await giveBack(tx, { visitId, reason: outcome }, deps))
  if (!isCounted(visitClass)) return { isCounted: false, isGivenBack, creditMs: 0 }
  await deps.repo.lock(tx, inmateId)
  const used = await usedBy(tx, visitId, deps)
  const creditMs = creditFor(used?.payment ?? 'NOTHING', settlement)
  if (creditMs > 0) {
    const row = { entryId: newId(), inmateId, visitId, kind: 'GRANT' as const, ms: creditMs }
    await deps.repo.addCredit(tx, [{ ...row, reason: outcome, createdAt: deps.clock.now() }])
  }
  return { isCounted: used !== null, isGivenBack, creditMs }
}

type Used = { payment: 'QUOTA' | 'CREDIT'; amount: number; isGivenBack: boolean }

/** What a visit used, and whether it was given back; null if it used nothing. */
async function usedBy(tx: Tx, visitId: string, { repo }: LedgerDeps): Promise<Used | null> {
  const { quota, credit } = await repo.ofVisit(tx, visitId)
  const isGivenBack = [...quota, ...credit].some(({ kind }) => kind === 'REFUND')
  const visits = quota.find(({ kind }) => kind === 'USE')
  if (visits) return { payment: 'QUOTA', amount: -visits.units, isGivenBack }
  const time = credit.find(({ kind }) => kind === 'USE')
  return time ? { payment: 'CREDIT', amount: -time.ms, isGivenBack } : null
}

/** The allowance of a facility and its period now. */
export async function termsOf(tx: Tx, facilityId: string, deps: LedgerDeps): Promise<Terms> {
  return termsUnder(await deps.policy.ofFacility(tx, facilityId), deps)
}

function termsUnder({ policy, timeZone }: FacilityRules, { clock }: LedgerDeps): Terms {
  const period = periodOf(policy.quota.period, timeZone, clock.now())
  return {
    allowance: { visits: policy.quota.visits, maxSavedVisits: policy.maxSavedVisits },
    period,
  }
}

async function accountOf(
  tx: Tx,
  { inmateId, period }: { inmateId: string; period: Period },
  { repo }: LedgerDeps,
): Promise<Account> {
  const [account] = await repo.accounts(tx, [inmateId], period.name)
  return account ?? { visits: 0, creditMs: 0, isOpened: false }
}

/** The rows that open a period for one inmate. */
export function openingRows(
  inmateId: string,
  { entries, period }: { entries: readonly Entry[]; period: Period },
  { clock }: LedgerDeps,
): NewQuotaEntry[] {
  const createdAt = clock.now()
  return entries.map(({ kind, amount }) => ({
    entryId: newId(),
    inmateId,
    kind,
    units: amount,
    period: period.name,
    createdAt,
  }))
}
