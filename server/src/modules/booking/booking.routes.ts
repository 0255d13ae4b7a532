import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import { Refusal } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { createBookingDesk } from './booking-desk.service.ts'
import type { Booking } from './booking-api.ts'
import type { BookingParts } from './booking.ts'
import { bookableInmatesRepo } from './bookable-inmates.repo.ts'
import { bookableInmates } from './bookable-inmates.service.ts'
import { listBookings, searchPlaces } from './booking-lists.service.ts'
import { freeCancelUntil } from './booking-rules.ts'
import { bookingViewRepo } from './booking-view.repo.ts'
import { bookingRepo } from './booking.repo.ts'
import { clashRefusal, isLostRace } from './clash.service.ts'
import { createHoldDesk, withAlternatives } from './hold-desk.service.ts'
import { holdRepo } from './hold.repo.ts'
import { placesRepo } from './places.repo.ts'
import { nearestPlaces } from './places.service.ts'
import type { NearAsk } from './places.service.ts'

type Given = ModuleGround & BookingParts & { readonly booking: Booking }

/** REST of booking: places, holds, bookings and what becomes of them. */
export function bindBookingRoutes(given: Given): void {
  const { booking, clock, db, policy } = given
  const places = { repo: placesRepo, policy, clock }
  const holdDesk = createHoldDesk({ db, booking, places, clash: CLASH, clock })
  const desk = createBookingDesk({ db, booking, views: bookingViewRepo, ...CLASH, clock })
  bindReading(given, { places, desk })
  bindWriting(given, { holdDesk, desk })
  bindRebooking(given, { places, desk })
}

type Desk = ReturnType<typeof createBookingDesk>
type NearActor = Parameters<Desk['row']>[1]
const CLASH = { repo: bookingRepo, holds: holdRepo }
type Places = { repo: typeof placesRepo; policy: Given['policy']; clock: Given['clock'] }

function bindReading(given: Given, { places, desk }: { places: Places; desk: Desk }): void {
  const { bind, booking, db } = given
  bind(routes.bookableInmates, async ({ actor }) => {
    if (actor.visitorId === null) throw new Refusal('FORBIDDEN')
    const deps = { ...given, people: bookableInmatesRepo }
    return { inmates: await bookableInmates(db, actor.visitorId, deps) }
  })
  bind(routes.places, async ({ actor, query }) => {
    const found = await searchPlaces(actor, query, { db, places })
    const { name, timeZone } = found.rules
    return { facility: { name, timeZone }, places: [...found.places], full: [...found.full] }
  })
  bind(routes.bookings, ({ actor, query }) =>
    listBookings(actor, query, { ...given, views: bookingViewRepo }),
  )
  bind(routes.booking, async ({ actor, params }) => {
    const view = await booking.view(db, params.visitId, actor)
    const { policy } = await given.policy.ofFacility(db, view.facility.facilityId)
    const freeUntil = freeCancelUntil(new Date(view.startsAt), policy.freeCancelMs)
    return { ...view, freeCancelUntil: freeUntil.toISOString() }
  })
  bind(routes.alternatives, async ({ actor, params }) => {
    const ask = await nearAsk(given, { desk, actor, visitId: params.visitId })
    return { places: await nearestPlaces(db, ask, places) }
  })
}

function bindWriting(
  { bind }: Given,
  { holdDesk, desk }: { holdDesk: ReturnType<typeof createHoldDesk>; desk: Desk },
): void {
  bind(routes.holdVisit, ({ actor, body, once, requestId }) =>
    holdDesk.hold({ actor, body, requestId }, once),
  )
  bind(routes.extendHold, ({ actor, params, once, requestId }) =>
    once((tx) => desk.extend(tx, { actor, requestId, ...params })),
  )
  bind(routes.confirmBooking, ({ actor, params, once, requestId }) =>
    desk.confirm({ actor, requestId, ...params }, once),
  )
  bind(routes.releaseHold, async ({ actor, params, once, requestId }) => {
    const released = await once((tx) => desk.release(tx, { actor, requestId, ...params }))
    holdDesk.forget()
    return released
  })
  bind(routes.cancelBooking, async ({ actor, params, body, once, requestId }) => {
    const wish = { actor, requestId, ...params, ...body }
    const cancelled = await once((tx) => desk.cancel(tx, wish))
    holdDesk.forget()
    return cancelled
  })
  bind(routes.decideBooking, async ({ actor, params, body, once, requestId }) => {
    const wish = { actor, requestId, ...params, ...body }
    const decided = await once((tx) => desk.decide(tx, wish))
    holdDesk.forget()
    return decided
  })
}

function bindRebooking(given: Given, { places, desk }: { places: Places; desk: Desk }): void {
  const { bind, booking } = given
  bind(routes.rebook, async ({ actor, params, body, once, requestId }) => {
    const wish = { actor, requestId, ...params, ...body }
    try {
      return await once((tx) => desk.rebook(tx, wish), booking.retries)
    } catch (error) {
      throw await toldOf(error, { ...given, places, desk }, wish)
    }
  })
}

/** A lost race as what it means, and where else there is a place. */
async function toldOf(
  error: unknown,
  given: Given & { places: Places; desk: Desk },
  { actor, visitId, slotId }: { actor: NearActor; visitId: string; slotId: string },
): Promise<unknown> {
  const { db, desk, places } = given
  const near = () => nearAsk(given, { desk, actor, visitId })
  const isClash = !(error instanceof Refusal) && isLostRace(error, bookingRepo)
  const ask = isClash ? { ...(await near()), slotId, by: actor } : null
  const told = ask === null ? error : await clashRefusal(db, { error, ask }, CLASH)
  return withAlternatives(told, async () => {
    const ask = await near()
    const exceptSlotIds = [...(ask.exceptSlotIds ?? []), slotId]
    return nearestPlaces(db, { ...ask, exceptSlotIds }, places)
  })
}

async function nearAsk(
  { db }: Given,
  given: { desk: Desk; actor: NearActor; visitId: string },
): Promise<NearAsk> {
  const { row } = await given.desk.row(db, given.actor, given.visitId)
  const isOwn = row.slotId !== null && isLiveBooking(row.bookingState)
  return {
    inmateId: row.inmateId,
    visitorIds: row.visitors.map(({ visitorId }) => visitorId),
    place: row.place,
    linkCentreId: row.linkCentreId ?? undefined,
    near: row.startsAt,
    visitClass: row.visitClass,
    isByStaff: given.actor.role !== 'visitor',
    exceptVisitId: row.visitId,
    // What ended may be had again; what stands is no other time.
    exceptSlotIds: isOwn ? [row.slotId] : [],
  }
}
