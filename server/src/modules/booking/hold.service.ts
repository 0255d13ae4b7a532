import { Refusal } from '@visavis/contract/errors'
import { newId } from '../../platform/ids.ts'
import type { FacilityRules } from '../policy/index.ts'
import { note, tell } from './booking-act.ts'
import type { Act } from './booking-act.ts'
import type { Acting, BookingPeople, Held, HeldRow, HoldAsk, RingAsk } from './booking-api.ts'
import { mediaWithin } from './booking-rules.ts'
import { viewRowOf } from './booking-view.repo.ts'
import type { ViewRow } from './booking-view.repo.ts'
import { expireRows } from './expiry.service.ts'
import type { HoldFacts, NewVisit, Wanted } from './hold.repo.ts'

/** Whether staff, or the system by itself, book: the notice period does not bind them (BK-8). */
export function isByStaff({ by, isOffer = false }: Acting & { isOffer?: boolean }): boolean {
  if (by === null) return !isOffer
  return by.kind === 'account' && by.role !== 'visitor'
}

/**
 * EL-4: from here on a new restriction waits for us, or we see it. One booking at a time for an inmate:
 * what the law allows a day or a month is counted over all of them.
 */
export async function lockParty({ tx, deps }: Act, people: BookingPeople): Promise<void> {
  await deps.holds.lockPeople(tx, locksOf(people))
}

/** As {@link lockParty} takes them. */
export function locksOf({ inmateId, visitorIds }: Pick<BookingPeople, 'inmateId' | 'visitorIds'>) {
  return { exclusive: [inmateId], shared: visitorIds }
}

/** The visitor who asks, and hears nothing about others (EL-8). */
export function askedByOf({ by }: Acting): string | undefined {
  return (by?.kind === 'account' ? by.visitorId : null) ?? undefined
}

/** A hold in a slot (BK-1, BK-2). */
export async function hold(act: Act, ask: HoldAsk): Promise<HeldRow> {
  const { tx, deps, now } = act
  const facts = ask.facts ?? (await deps.holds.facts(tx, ask.slotId, ask.inmateId))
  requireOwnFacility(ask, facts)
  if (ask.isLocked !== true) await lockParty(act, ask)
  await deps.eligibility.require(tx, {
    ...partyOf(ask),
    slotId: ask.slotId,
    at: 'HOLD',
    bookedByStaff: isByStaff(ask),
    askedBy: askedByOf(ask),
    ...(ask.rebookOf === undefined ? {} : { visitId: ask.rebookOf }),
  })
  if (facts === null || facts.inmateFacilityId !== facts.facilityId) {
    throw new Refusal('SLOT_NOT_FOUND')
  }
  if (facts.bookingMode === 'ON_DEMAND' || facts.startsAt <= now) throw new Refusal('SLOT_CLOSED')
  return place(act, { ...facts, ask, wing: facts.wing ?? '', terminalId: null })
}

/** TR-3: staff book in their own facility, and hear nothing of another's inmates. */
function requireOwnFacility({ by }: Acting, facts: HoldFacts | null): void {
  if (by?.kind !== 'account' || by.role === 'visitor') return
  const facilities = [facts?.facilityId, facts?.inmateFacilityId]
  if (facilities.some((facilityId) => facilityId !== by.facilityId))
    throw new Refusal('SLOT_NOT_FOUND')
}

/** A hold now, on the terminal at which the inmate rings (BK-8). */
export async function holdRing(act: Act, ask: RingAsk): Promise<Held> {
  const { tx, deps } = act
  const inmate = await deps.holds.inmate(tx, ask.inmateId)
  await lockParty(act, ask)
  await deps.eligibility.require(tx, {
    ...partyOf(ask),
    during: { startsAt: ask.startsAt, endsAt: ask.endsAt },
    visitClass: 'social',
    at: 'HOLD',
  })
  if (inmate === null) throw new Refusal('INMATE_NOT_AVAILABLE')
  return place(act, {
    ...inmate,
    ask,
    slotId: null,
    startsAt: ask.startsAt,
    endsAt: ask.endsAt,
    visitClass: 'social',
    bookingMode: 'ON_DEMAND',
    terminalId: ask.terminalId,
  })
}

/** The people of a booking as eligibility asks for them. */
export function partyOf({ inmateId, visitorIds, place, linkCentreId }: BookingPeople) {
  const people = { inmateId, visitorIds: [...visitorIds], place }
  return linkCentreId === undefined ? people : { ...people, linkCentreId }
}

type Plan = Pick<HoldFacts, 'facilityId' | 'startsAt' | 'endsAt' | 'visitClass' | 'bookingMode'> & {
  readonly ask: HoldAsk | RingAsk
  readonly slotId: string | null
  readonly wing: string
  readonly terminalId: string | null
}

async function place(act: Act, plan: Plan): Promise<HeldRow> {
  const { tx, deps, now } = act
  const terms = await deps.policy.ofFacility(tx, plan.facilityId)
  const visit = newVisit(plan, { wanted: wantedOf(plan, terms), terms, now })
  const row = await store(act, visit)
  const { visitId, holdExpiresAt } = visit
  await tell(
    act,
    { visitId, slotId: plan.slotId, seriesId: visit.seriesId },
    { from: null, to: 'HELD' },
  )
  note(
    act,
    { visitId, facilityId: plan.facilityId },
    {
      action: 'booking.hold',
      detail: {
        ...(plan.slotId === null ? {} : { slotId: plan.slotId }),
        people: visit.wanted.visitorIds.length,
      },
    },
  )
  return { visitId, holdExpiresAt, row }
}

/** BK-2: an expired hold blocks nobody, also when nobody has cleared it away yet. */
async function store(act: Act, visit: NewVisit): Promise<ViewRow> {
  const { tx, deps } = act
  let placed = await deps.holds.place(tx, visit)
  if (placed.answer === 'STALE') {
    await expireRows(act, placed.stale)
    placed = await deps.holds.place(tx, visit)
  }
  if (placed.answer === 'HELD') return viewRowOf(placed.seen)
  throw new Refusal(placed.answer === 'SLOT_CLOSED' ? 'SLOT_CLOSED' : 'NO_PLACE')
}

function wantedOf(plan: Plan, { policy }: FacilityRules): Wanted {
  const { ask, facilityId, slotId, wing, startsAt, endsAt, terminalId } = plan
  return {
    facilityId,
    slotId,
    wing,
    startsAt,
    endsAt,
    terminalId,
    inmateId: ask.inmateId,
    visitorIds: ask.visitorIds,
    busyUntil: new Date(endsAt.getTime() + policy.terminalTurnaroundMs),
    escortUntil: new Date(endsAt.getTime() + policy.escortTurnaroundMs),
    isWingOnly: policy.terminalScope === 'WING',
    linkCentreId: ask.place === 'LINK_CENTRE' ? (ask.linkCentreId ?? null) : null,
  }
}

type Ready = { wanted: Wanted; terms: FacilityRules; now: Date }

function newVisit(plan: Plan, { wanted, terms, now }: Ready): NewVisit {
  const { ask, visitClass, bookingMode } = plan
  const { policy } = terms
  const media = mediaWithin(visitClass, policy.media, terms.limitsAt(plan.startsAt))
  const holdMs = ask.holdMs ?? policy.holdMs
  const inSlot: Partial<HoldAsk> = ask
  return {
    visitId: newId(),
    wanted,
    visitClass,
    bookingMode,
    monitor: media.monitor,
    isRecorded: media.isRecorded,
    holdExpiresAt: new Date(now.getTime() + holdMs),
    bookedBy: inSlot.bookedBy ?? (ask.by?.kind === 'account' ? ask.by.accountId : null),
    seriesId: inSlot.seriesId ?? null,
    rebookOf: inSlot.rebookOf ?? null,
    place: ask.place,
    usesEscorts: policy.usesEscorts,
    isOffer: inSlot.isOffer ?? false,
    now,
  }
}
