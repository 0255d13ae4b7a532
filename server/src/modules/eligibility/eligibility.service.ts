import { Refusal } from '@visavis/contract/errors'
import { mediaPolicyOf } from '@visavis/contract/media-policy'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { Tx } from '../../platform/transact.ts'
import type { Ledger } from '../ledger/index.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import type { EligibilityFacts, FreeFact, QuotaFact, Stretch } from './eligibility-facts.ts'
import { judge } from './eligibility-rules.ts'
import { eligibilityRepo } from './eligibility.repo.ts'
import type { FactsAsk, FreeAsk } from './eligibility.repo.ts'
import type { Assessment, Eligibility, EligibilityAsk } from './eligibility-api.ts'
import type { FactsRow } from './facts-row.ts'
import { publicReport, staffReport } from './telling-rules.ts'
import type { Report } from './telling-rules.ts'

export type EligibilityDeps = {
  readonly clock: Clock
  readonly policy: Policy
  readonly ledger: Pick<Ledger, 'quotaIn'>
}

/** Gathers the facts and lets the rules decide. */
export function createEligibilityService(
  deps: EligibilityDeps,
): Pick<Eligibility, 'assess' | 'require'> {
  const assess: Eligibility['assess'] = async (on, ask) => {
    const askedBy = askerOf(ask)
    const facts = await gather(on, { ...ask, askedBy: askedBy ?? undefined }, deps)
    const judged = judge(facts)
    const report = publicReport(judged, { ...facts, askedBy })
    const forStaff = staffReport(judged)
    return {
      report,
      staffReport: forStaff,
      firstRefusal: firstRefusal(ask.bookedByStaff ? forStaff : report),
      needsApproval: needsApproval(report, facts),
    }
  }
  return {
    assess,
    require: async (on, ask) => {
      const assessment = await assess(on, ask)
      const { firstRefusal: first, report, staffReport: forStaff } = assessment
      if (first === null) return assessment
      throw new Refusal(first.code, {
        ...(first.liftsAt === null ? {} : { liftsAt: first.liftsAt }),
        report: ask.bookedByStaff ? forStaff : report,
      })
    },
  }
}

/** Staff ask for nobody; of one visitor, who else would. */
function askerOf({ askedBy, bookedByStaff, visitorIds }: EligibilityAsk): string | null {
  if (bookedByStaff) return null
  const [first, ...others] = visitorIds
  return askedBy ?? (others.length === 0 ? (first ?? null) : null)
}

function firstRefusal({ checks }: Report): Assessment['firstRefusal'] {
  const refused = checks.find(({ verdict }) => verdict === 'REFUSED')
  if (!refused?.code) return null
  return { code: refused.code, liftsAt: refused.liftsAt }
}

function needsApproval({ verdict }: Report, { slot, isBookedByStaff }: EligibilityFacts): boolean {
  return verdict === 'ASK' || (slot?.bookingMode === 'APPROVAL' && !isBookedByStaff)
}

async function gather(
  on: Tx | Database,
  ask: EligibilityAsk,
  deps: EligibilityDeps,
): Promise<EligibilityFacts> {
  const now = deps.clock.now()
  const row = await eligibilityRepo.facts(on, factsAsk(ask, now))
  const facts = factsOf(row, ask, now)
  if (row.inmate === null) return facts
  const rules = deps.policy.asRead(on, row.facility)
  const inmate = withRules(row.inmate, rules, facts.during?.startsAt ?? now)
  const known = { ...facts, inmate }
  return {
    ...known,
    quota: quotaOf(row, known, { rules, ledger: deps.ledger }),
    free: await freeOf(on, known, { ask, rules }),
  }
}

function factsAsk(ask: EligibilityAsk, now: Date): FactsAsk {
  const isElsewhere = ask.place === 'LINK_CENTRE'
  return {
    inmateId: ask.inmateId,
    visitorIds: [...new Set(ask.visitorIds)],
    askedBy: ask.askedBy ?? null,
    slotId: ask.slotId ?? null,
    visitId: ask.visitId ?? null,
    linkCentreId: isElsewhere ? (ask.linkCentreId ?? null) : null,
    ...(ask.during ?? { startsAt: null, endsAt: null }),
    needsAccount: isChosen(ask) && ask.isPaid !== true,
    now,
  }
}

function factsOf(row: FactsRow, ask: EligibilityAsk, now: Date): EligibilityFacts {
  // Another facility's slot is none: neither its time nor its class says anything here.
  const isForeign = row.slot !== null && row.slot.facilityId !== row.inmate?.facilityId
  const during = isForeign ? null : row.during
  return {
    ...row,
    at: ask.at,
    now,
    visitClass: during?.visitClass ?? ask.visitClass ?? 'social',
    place: ask.place,
    isBookedByStaff: ask.bookedByStaff ?? false,
    inmate: null,
    slot: ask.slotId === undefined ? undefined : row.slot,
    during,
    quota: null,
    free: null,
  }
}

function withRules(
  {
    facilityId,
    estateId,
    timeZone,
    jurisdiction,
    registerSeenAt,
    ...inmate
  }: NonNullable<FactsRow['inmate']>,
  { policy, limitsAt }: FacilityRules,
  at: Date,
): NonNullable<EligibilityFacts['inmate']> {
  const place = { facilityId, estateId, timeZone, jurisdiction, registerSeenAt }
  return { ...inmate, facility: { ...place, policy, limits: limitsAt(at) } }
}

/** Whether everything is looked at that a person chooses by. */
function isChosen({ at }: Pick<EligibilityAsk, 'at'>): boolean {
  return at === 'EXPLAIN' || at === 'REVIEW' || at === 'HOLD'
}

/** BK-9 counts social visits only, and asks who chooses; at confirmation the ledger itself refuses. */
function quotaOf(
  { account }: FactsRow,
  { visitClass }: EligibilityFacts,
  { rules, ledger }: { rules: FacilityRules; ledger: EligibilityDeps['ledger'] },
): QuotaFact | null {
  return account === null || visitClass !== 'social' ? null : ledger.quotaIn(account, rules)
}

type FreeGround = { readonly ask: EligibilityAsk; readonly rules: FacilityRules }

/** Counted for an explanation only: a hold claims the things themselves, or is refused (BK-1). */
async function freeOf(
  on: Tx | Database,
  { at, during, inmate, visitClass, slot }: EligibilityFacts,
  { ask, rules }: FreeGround,
): Promise<FreeFact | null> {
  const isExplained = at === 'EXPLAIN' || at === 'REVIEW'
  if (!isExplained || !slot || during === null || inmate === null) return null
  const left = await eligibilityRepo.free(on, freeAsk({ ask, rules, during, wing: inmate.wing }))
  const isWatched = mediaPolicyOf(visitClass, rules.policy.media).monitor !== 'NONE'
  return {
    terminals: left.terminals,
    monitorSeats: isWatched ? left.monitorSeats : null,
    escorts: rules.policy.usesEscorts ? left.escorts : null,
    rooms: ask.place === 'LINK_CENTRE' ? left.rooms : null,
  }
}

function freeAsk({
  ask,
  rules: { policy, facilityId },
  during,
  wing,
}: FreeGround & { during: Stretch; wing: string }): FreeAsk {
  return {
    facilityId,
    wing: policy.terminalScope === 'WING' ? wing : null,
    linkCentreId: ask.linkCentreId ?? null,
    visitId: ask.visitId ?? null,
    startsAt: during.startsAt,
    busyUntil: after(during, policy.terminalTurnaroundMs),
    escortUntil: after(during, policy.escortTurnaroundMs),
  }
}

function after({ endsAt }: Stretch, ms: number): Date {
  return new Date(endsAt.getTime() + ms)
}
