import type { bookingRoutes } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import {
  insertInmate,
  insertRelationship,
  insertSlot,
  insertTerminal,
  insertVisit,
  insertWaitingEntry,
} from '@visavis/prisma/seed'
import type { SampleMaker, SampleWorld } from './sample.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type More =
  | 'quotaLedger'
  | 'bookSeries'
  | 'cancelSeries'
  | 'waitingList'
  | 'joinWaitingList'
  | 'leaveWaitingList'
  | 'ringVisitor'
  | 'ring'
  | 'takeBackRing'
  | 'enterRing'
  | 'myRings'
  | 'answerRing'

/** Samples of ledgers, series, waiting lists and rings. */
export function bookingMoreSamples(
  given: SampleWorld,
): Record<More & keyof typeof bookingRoutes, SampleMaker> {
  const { place } = given
  return {
    quotaLedger: async () => ({ params: { inmateId: place().inmateId } }),
    bookSeries: async () => {
      const { slotId, ...party } = await aWish(given)
      return { payload: { ...party, slotId, count: 2 } }
    },
    cancelSeries: () => aSeries(given),
    waitingList: async () => ({}),
    joinWaitingList: async () => ({ payload: await aWish(given) }),
    leaveWaitingList: () => anEntry(given),
    ringVisitor: async () => {
      await makeRoomToRing(given)
      return { payload: { visitorId: place().visitorId } }
    },
    ring: async () => ({ params: { visitId: await aRing(given, 'EXPIRED') } }),
    takeBackRing: async () => ({ params: { visitId: await aRing(given, 'HELD') } }),
    // Who is signed in for it already may come again.
    enterRing: async () => ({ params: { visitId: place().visitId } }),
    myRings: async () => ({}),
    answerRing: async () => {
      const visitId = await aRing(given, 'HELD')
      return { params: { visitId }, payload: { isAccepted: false } }
    },
  }
}

let hours = 0
/** Two to three weeks ahead, and never twice: the visitor of all samples is one person. */
function aTime({ world }: SampleWorld): Date {
  hours += 1
  return new Date(world().clock.now().getTime() + 14 * DAY_MS + hours * HOUR_MS)
}

/** An inmate whom the place's visitor may see. */
async function anInmateId({ world, place }: SampleWorld): Promise<string> {
  const { facilityId, visitorId } = place()
  const { inmateId } = await insertInmate(world().db, { facilityId })
  await insertRelationship(world().db, { inmateId, visitorId })
  return inmateId
}

async function aWish(given: SampleWorld) {
  const { world, place } = given
  const { facilityId, visitorId } = place()
  const { slotId } = await insertSlot(world().db, { facilityId, startsAt: aTime(given) })
  const inmateId = await anInmateId(given)
  return { inmateId, visitorIds: [visitorId], place: 'HOME' as const, slotId }
}

async function aVisitOf(given: SampleWorld, more: object): Promise<string> {
  const { db } = given.world()
  const { facilityId, visitorId } = given.place()
  const { terminalId } = await insertTerminal(db, { facilityId })
  const row = { facilityId, terminalId, visitorIds: [visitorId], startsAt: aTime(given) }
  const inmateId = await anInmateId(given)
  const { visit } = await insertVisit(db, { ...row, inmateId, ...more })
  return visit.visitId
}

async function aSeries(given: SampleWorld) {
  const { world, place } = given
  const { db } = world()
  const { templateId } = await insertSlot(db, { facilityId: place().facilityId })
  const seriesId = newId()
  const inmateId = await anInmateId(given)
  const createdBy = place().accounts.visitor
  await db.bookingSeries.create({
    data: { seriesId, inmateId, templateId, everyWeeks: 1, createdBy },
  })
  await aVisitOf(given, { inmateId, seriesId })
  const from = world().clock.now().toISOString()
  return { params: { seriesId }, payload: { from, reason: 'ILLNESS' } }
}

async function anEntry(given: SampleWorld) {
  const { world, place } = given
  const { slotId, inmateId, visitorIds } = await aWish(given)
  const accountId = place().accounts.visitor
  const { waitingId } = await insertWaitingEntry(world().db, {
    ...{ slotId, inmateId, visitorIds, accountId },
  })
  return { params: { waitingId } }
}

/** A ring of the place's inmate to its visitor. */
async function aRing(given: SampleWorld, bookingState: 'HELD' | 'EXPIRED'): Promise<string> {
  const { world, place } = given
  const ringsUntil = new Date(world().clock.now().getTime() + HOUR_MS)
  return aVisitOf(given, {
    inmateId: place().inmateId,
    bookingMode: 'ON_DEMAND',
    bookingState,
    ...(bookingState === 'HELD' ? { holdExpiresAt: ringsUntil } : {}),
  })
}

/** The place's own visit is about to begin: without its claims the terminal and the two people are free. */
async function makeRoomToRing({ world, place }: SampleWorld): Promise<void> {
  const { db, clock } = world()
  const { terminalId, inmateId, visitorId } = place()
  const soon = new Date(clock.now().getTime() + HOUR_MS)
  await db.resourceClaim.updateMany({
    where: { resourceId: { in: [terminalId, inmateId, visitorId] }, startsAt: { lt: soon } },
    data: { state: 'RELEASED', holdExpiresAt: null },
  })
  // Of the samples of blackouts that nobody was allowed to lift.
  await db.blackout.updateMany({
    where: { terminalId, liftedAt: null },
    data: { liftedAt: clock.now() },
  })
  const where = { inmateId, visitorId }
  const known = await db.relationship.count({ where })
  if (known === 0) await insertRelationship(db, where)
}
