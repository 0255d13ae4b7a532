import { claimResources, lockResources, newId } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import { tellVisitChanged } from '../life-events/index.ts'

const VISIT = {
  visitId: true,
  facilityId: true,
  inmateId: true,
  visitClass: true,
  bookingState: true,
  place: true,
  startsAt: true,
  endsAt: true,
  session: { select: { state: true } },
  seats: {
    orderBy: { seatId: 'asc' },
    select: {
      seatId: true,
      visitorId: true,
      role: true,
      state: true,
      visitor: { select: { givenName: true, familyName: true } },
    },
  },
} as const

/** A visit as whoever gives it an interpreter has to know it. */
export type InterpretedVisit = NonNullable<Awaited<ReturnType<typeof interpretersRepo.visit>>>

/** Rows of visits' interpreters; all inside the caller's transaction. */
export const interpretersRepo = {
  /** Somebody with a visitor's account that can be signed in; null: nobody. */
  person: async (tx: Tx, login: string) => {
    const account = await tx.account.findFirst({
      where: { login, role: 'visitor', disabledAt: null },
      select: {
        visitor: {
          select: { visitorId: true, givenName: true, familyName: true, verification: true },
        },
      },
    })
    return account?.visitor ?? null
  },
  /** Sessions before visits, as bookings are locked. */
  lock: async (tx: Tx, visitId: string): Promise<void> => {
    await tx.$queryRaw`SELECT 1 FROM visit_session WHERE visit_id = ${visitId}::uuid FOR UPDATE`
    await tx.$queryRaw`SELECT 1 FROM visit WHERE visit_id = ${visitId}::uuid FOR UPDATE`
  },
  visit: (tx: Tx, visitId: string) => tx.visit.findUnique({ where: { visitId }, select: VISIT }),
  /** Whether that person is taken by another visit in the time of this one; nobody else takes them from here on. */
  isBusy: async (
    tx: Tx,
    visitorId: string,
    { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
  ): Promise<boolean> => {
    await lockResources(tx, [{ kind: 'VISITOR', resourceId: visitorId }])
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM resource_claim
      WHERE kind = 'VISITOR' AND resource_id = ${visitorId}::uuid
        AND state IN ('HELD', 'BOOKED') AND during && tstzrange(${startsAt}, ${endsAt})`
    return rows.length > 0
  },
  /** The seat, and the claim on the person for the visit's time. */
  add: async (
    tx: Tx,
    { visitId, startsAt, endsAt }: { visitId: string; startsAt: Date; endsAt: Date },
    visitorId: string,
  ): Promise<string> => {
    const seatId = newId()
    await tx.seat.create({
      data: { seatId, visitId, party: 'VISITOR', role: 'INTERPRETER', visitorId },
      select: { seatId: true },
    })
    const claims = [{ kind: 'VISITOR' as const, resourceId: visitorId, startsAt, endsAt }]
    await claimResources(tx, { visitId, claims, newId })
    return seatId
  },
  /** The seat is REMOVED and the person free; false: they have come meanwhile. */
  remove: async (
    tx: Tx,
    { visitId, seatId, visitorId }: { visitId: string; seatId: string; visitorId: string },
  ): Promise<boolean> => {
    const { count } = await tx.seat.updateMany({
      where: { seatId, state: 'NOT_ARRIVED' },
      data: { state: 'REMOVED' },
    })
    await tx.resourceClaim.updateMany({
      where: { visitId, kind: 'VISITOR', resourceId: visitorId, state: 'BOOKED' },
      data: { state: 'RELEASED' },
    })
    return count === 1
  },
  /** Whoever runs the visit has to look again, and is told so at the commit. */
  tellChanged: tellVisitChanged,
}
