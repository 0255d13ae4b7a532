import { Refusal } from '@visavis/contract/errors'
import type { EligibilityReport } from '@visavis/contract/eligibility'
import type { BookingParty } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { SeriesSlot, Timetable } from '../timetable/index.ts'
import type { Booking, HoldAsk, Place } from './booking-api.ts'
import { requireParty } from './series-access.ts'
import type { SeriesRepo, SlotRow } from './series.repo.ts'

export type SeriesDeps = {
  readonly db: Tx
  readonly transact: Transact
  readonly clock: Clock
  readonly audit: Audit
  readonly repo: SeriesRepo
  readonly booking: Booking
  readonly timetable: Timetable
}
/** A series as it was asked for; `seriesId` follows from the write (`seriesIdOf`). */
export type SeriesAsk = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly seriesId: string
  readonly wish: BookingParty & {
    readonly slotId: string
    readonly everyWeeks: number
    readonly count: number
  }
}
/** One visit of a series that could not be booked, and what could be instead. */
type Missed = {
  readonly startsAt: string
  readonly code: string
  readonly report: EligibilityReport | null
  readonly alternatives: Place[]
}
type Occurrence = { readonly visitId: string } | { readonly missed: Missed }

/** Weekly series: a rule and independent bookings (BK-11). */
export type SeriesService = ReturnType<typeof createSeriesBooking>

export function createSeriesBooking(deps: SeriesDeps) {
  return {
    /**
     * Books what can be booked, each visit in a transaction of its own. Safe to repeat: a visit that is
     * booked already is found again, whenever the last attempt broke off.
     */
    bookAll: (ask: SeriesAsk): Promise<Occurrence[]> => bookAll(ask, deps),
    /** The answer to the one who asked. */
    report: (tx: Tx, ask: SeriesAsk, occurrences: readonly Occurrence[]) =>
      report(tx, { ask, occurrences }, deps),
  }
}

async function bookAll(ask: SeriesAsk, deps: SeriesDeps): Promise<Occurrence[]> {
  const { slotId, everyWeeks, count } = ask.wish
  const slots = await deps.timetable.seriesSlots(deps.db, { slotId, everyWeeks, count })
  const first = slots[0]?.slot ?? null
  if (first === null) throw new Refusal('SLOT_NOT_FOUND')
  requireParty(ask.actor, { visitorIds: ask.wish.visitorIds, facilityId: first.facilityId })
  await begin(ask, first, deps)
  const occurrences: Occurrence[] = []
  // One after the other: each may use the quota that the next one wants.
  for (const slot of slots) occurrences.push(await bookOne(ask, { slot, first }, deps))
  return occurrences
}

async function begin(ask: SeriesAsk, first: SlotRow, deps: SeriesDeps): Promise<void> {
  const { actor, requestId, seriesId, wish } = ask
  const { inmateId, everyWeeks, count } = wish
  await deps.transact(async (tx) => {
    const isNew = await deps.repo.add(tx, {
      seriesId,
      inmateId,
      templateId: first.templateId,
      everyWeeks,
      createdBy: actor.accountId,
      createdAt: deps.clock.now(),
    })
    if (!isNew) return
    await deps.audit.append(tx, {
      facilityId: first.facilityId,
      actor: auditActorOf(actor),
      action: 'series.begin',
      object: { type: 'series', objectId: seriesId },
      outcome: 'allow',
      requestId,
      detail: { templateId: first.templateId, everyWeeks, count },
    })
  })
}

type Turn = { readonly slot: SeriesSlot; readonly first: SlotRow }

async function bookOne(ask: SeriesAsk, turn: Turn, deps: SeriesDeps): Promise<Occurrence> {
  const { startsAt, slot } = turn.slot
  try {
    if (slot === null) throw new Refusal('SLOT_NOT_FOUND')
    const hold = holdOf(ask, slot.slotId)
    return await deps.booking.transactFor(hold)(async (tx) => {
      await deps.repo.lockOccurrence(tx, ask.seriesId, startsAt)
      const known = await deps.repo.visitAt(tx, ask.seriesId, startsAt)
      if (known !== null) return { visitId: known }
      const { visitId } = await deps.booking.book(tx, hold)
      return { visitId }
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { missed: await missedOf(ask, { ...turn, refusal: error }, deps) }
  }
}

function holdOf({ actor, requestId, seriesId, wish }: SeriesAsk, slotId: string): HoldAsk {
  const { inmateId, place, linkCentreId } = wish
  const visitorIds = [...new Set(wish.visitorIds)]
  return { by: actor, requestId, inmateId, visitorIds, place, linkCentreId, slotId, seriesId }
}

async function missedOf(
  { actor, wish }: SeriesAsk,
  { slot, first, refusal }: Turn & { refusal: Refusal },
  { booking, db }: SeriesDeps,
): Promise<Missed> {
  const exceptSlotIds = slot.slot === null ? [] : [slot.slot.slotId]
  const { inmateId, visitorIds, place, linkCentreId } = wish
  const alternatives = await booking.alternatives(db, {
    ...{ inmateId, visitorIds, place, linkCentreId },
    near: slot.startsAt,
    visitClass: first.visitClass,
    isByStaff: actor.role !== 'visitor',
    exceptSlotIds,
  })
  return {
    startsAt: slot.startsAt.toISOString(),
    code: refusal.code,
    report: (refusal.context['report'] as EligibilityReport | undefined) ?? null,
    alternatives,
  }
}

async function report(
  tx: Tx,
  { ask, occurrences }: { ask: SeriesAsk; occurrences: readonly Occurrence[] },
  { booking }: SeriesDeps,
) {
  const booked = []
  const missed = []
  for (const occurrence of occurrences) {
    if ('missed' in occurrence) missed.push(occurrence.missed)
    else booked.push(await booking.view(tx, occurrence.visitId, ask.actor))
  }
  return { seriesId: ask.seriesId, booked, missed }
}
