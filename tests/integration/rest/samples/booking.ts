import type { bookingRoutes } from '@visavis/contract/http'
import {
  insertInmate,
  insertMonitorSeat,
  insertRelationship,
  insertSlot,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { bookingMoreSamples } from './booking-more.ts'
import { eligibilitySamples } from './eligibility.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const FIRST_SEAT = 100

/** Samples of the routes of `contract/http/booking`. */
export function bookingSamples(
  given: SampleWorld,
): Record<keyof typeof bookingRoutes, SampleMaker> {
  const { place, world } = given
  const range = () => {
    const now = world().clock.now().getTime()
    return { from: new Date(now).toISOString(), to: new Date(now + 20 * DAY_MS).toISOString() }
  }
  const onBooking = async (state: VisitState, payload?: object) => {
    const params = { visitId: await aBooking(given, state) }
    return payload === undefined ? { params } : { params, payload }
  }
  return {
    ...bookingMoreSamples(given),
    ...eligibilitySamples(given),
    bookableInmates: async () => ({}),
    places: async () => {
      const { inmateId } = await aBond(given)
      return { query: { inmateId, visitorIds: place().visitorId, ...range() } }
    },
    holdVisit: async () => {
      const { inmateId, slotId } = await aFreeSlot(given)
      return { payload: { inmateId, visitorIds: [place().visitorId], place: 'HOME', slotId } }
    },
    bookings: async () => ({ query: range() }),
    booking: () => onBooking('CONFIRMED'),
    extendHold: () => onBooking('HELD'),
    confirmBooking: () => onBooking('HELD'),
    releaseHold: () => onBooking('HELD'),
    cancelBooking: () => onBooking('CONFIRMED', { reason: 'ILLNESS', version: 0 }),
    decideBooking: () => onBooking('REQUESTED', { decision: 'APPROVE', version: 0 }),
    rebook: async () => {
      const { inmateId, slotId } = await aFreeSlot(given)
      return {
        params: { visitId: await aBooking(given, 'CONFIRMED', inmateId) },
        payload: { slotId },
      }
    },
    alternatives: () => onBooking('CONFIRMED'),
  }
}

type VisitState = 'HELD' | 'REQUESTED' | 'CONFIRMED'

/** Each sample at a time of its own: the visitor is the same in all of them. */
let hours = 0
function aTime({ world }: SampleWorld): Date {
  hours += 1
  const first = Math.ceil((world().clock.now().getTime() + 3 * DAY_MS) / HOUR_MS) * HOUR_MS
  return new Date(first + hours * HOUR_MS)
}

/** An inmate whom the place's visitor may see. */
async function aBond({ world, place }: SampleWorld): Promise<{ inmateId: string }> {
  const { facilityId, visitorId } = place()
  const { inmateId } = await insertInmate(world().db, { facilityId })
  await insertRelationship(world().db, { inmateId, visitorId })
  return { inmateId }
}

async function aFreeSlot(given: SampleWorld): Promise<{ inmateId: string; slotId: string }> {
  const { db } = given.world()
  const { facilityId } = given.place()
  await insertTerminal(db, { facilityId })
  await insertMonitorSeat(db, { facilityId, number: FIRST_SEAT + hours })
  const { slotId } = await insertSlot(db, { facilityId, startsAt: aTime(given) })
  return { ...(await aBond(given)), slotId }
}

async function aBooking(
  given: SampleWorld,
  bookingState: VisitState,
  knownInmateId?: string,
): Promise<string> {
  const { db, clock } = given.world()
  const { facilityId, visitorId, accounts } = given.place()
  const inmateId = knownInmateId ?? (await aBond(given)).inmateId
  const { terminalId } = await insertTerminal(db, { facilityId })
  const startsAt = aTime(given)
  const { slotId } = await insertSlot(db, { facilityId, startsAt })
  const { visit } = await insertVisit(db, {
    ...{ facilityId, terminalId, inmateId, bookingState, startsAt, slotId },
    slotPlace: 1,
    visitorIds: [visitorId],
    bookedBy: accounts.visitor,
    ...(bookingState === 'HELD'
      ? { holdExpiresAt: new Date(clock.now().getTime() + HOUR_MS) }
      : {}),
  })
  // Only a confirmed visit has a live side; the builder makes one always.
  if (bookingState !== 'CONFIRMED') {
    await db.visitSession.delete({ where: { visitId: visit.visitId } })
  }
  return visit.visitId
}
