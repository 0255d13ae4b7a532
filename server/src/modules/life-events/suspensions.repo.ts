import type { VisitClass } from '@visavis/contract/media-policy'
import type { Database, Prisma, Suspension, Tx } from '@visavis/prisma'
import { BOOKED, LIVE, bookedVisit } from './life-events.repo.ts'
import type { BookedVisit } from './life-events.repo.ts'
import type { SuspensionTarget } from './suspension-rules.ts'

export type SuspensionRow = Suspension
type Scope = { readonly classes: VisitClass[]; readonly now: Date }

/** Bookings a transaction: its locks and its audit entries are others' wait. */
const BATCH = 50
/** More than any estate had in its history. */
const MAX_LISTED = 200

/** Rows of suspensions and of the bookings that they stop. */
export type SuspensionsRepo = ReturnType<typeof createSuspensionsRepo>

export function createSuspensionsRepo(db: Database) {
  return {
    ...suspensionRows(db),
    ...stoppedBookings(db),
    /** Whose booking it is; they never change. */
    peopleOf: async (visitId: string): Promise<string[]> => {
      const seats = await db.seat.findMany({
        where: { visitId },
        select: { inmateId: true, visitorId: true },
      })
      return seats.flatMap(({ inmateId, visitorId }) => inmateId ?? visitorId ?? [])
    },
    /** The estate whose facilities an operator runs; null for no operator. */
    estateOfOperator: async (operatorId: string | null): Promise<string | null> => {
      if (operatorId === null) return null
      const row = await db.operator.findUnique({ where: { operatorId } })
      return row?.estateId ?? null
    },
    facility: (facilityId: string) =>
      db.facility.findUnique({
        where: { facilityId },
        select: { facilityId: true, operatorId: true },
      }),
    /** Suspensions that reach an account: of its facility, its operator, its estate. */
    reachOf: async (actor: { facilityId: string | null; operatorId: string | null }) => {
      const { facilityId } = actor
      const facility = facilityId && (await db.facility.findUnique({ where: { facilityId } }))
      if (facility) return anyOf(facility)
      const { operatorId } = actor
      const operator = operatorId && (await db.operator.findUnique({ where: { operatorId } }))
      if (!operator) return { suspensionId: { in: [] } }
      return anyOf({ ...operator, facilityId: null })
    },
  }
}

function anyOf(target: { [Key in keyof SuspensionTarget]: string | null }) {
  const { estateId, operatorId, facilityId } = target
  const own = [{ estateId }, { operatorId }, { facilityId }]
  return { OR: own.filter((one) => Object.values(one)[0] !== null) } as Prisma.SuspensionWhereInput
}

function suspensionRows(db: Database) {
  return {
    add: (tx: Tx, data: Prisma.SuspensionUncheckedCreateInput): Promise<SuspensionRow> =>
      tx.suspension.create({ data }),
    one: (suspensionId: string): Promise<SuspensionRow | null> =>
      db.suspension.findUnique({ where: { suspensionId } }),
    lift: async (tx: Tx, suspensionId: string, lifted: { liftedAt: Date; liftedBy: string }) => {
      const where = { suspensionId, liftedAt: null }
      return (await tx.suspension.updateMany({ where, data: lifted })).count === 1
    },
    reaching: (where: Prisma.SuspensionWhereInput): Promise<SuspensionRow[]> =>
      db.suspension.findMany({ where, orderBy: { startsAt: 'desc' }, take: MAX_LISTED }),
  }
}

function stoppedBookings(db: Database) {
  return {
    facilitiesOf: (target: SuspensionTarget) =>
      db.facility.findMany({
        where: facilityWhere(target),
        orderBy: { facilityId: 'asc' },
        select: { facilityId: true },
      }),
    countLive: (target: SuspensionTarget, scope: Scope, tx: Tx) =>
      tx.visit.count({ where: { ...liveWhere(scope), facility: facilityWhere(target) } }),
    /** The next live bookings of a facility after `afterId` that a suspension stops. */
    live: (facilityId: string, scope: Scope, afterId: string | null) =>
      db.visit.findMany({
        where: {
          ...liveWhere(scope),
          facilityId,
          ...(afterId === null ? {} : { visitId: { gt: afterId } }),
        },
        orderBy: { visitId: 'asc' },
        take: BATCH,
        select: { visitId: true },
      }),
    /** Bookings of a suspension's scope that it stopped and nothing has replaced; the first booked first. */
    waiting: async (
      { classes, estateId, operatorId, facilityId }: SuspensionRow,
      { since }: { since: Date },
      tx: Tx = db,
    ): Promise<string[]> => {
      const rows = await tx.$queryRaw<{ visit_id: string }[]>`
        SELECT v.visit_id FROM visit v JOIN facility f USING (facility_id)
        WHERE v.booking_state = 'SUSPENDED'
          AND v.visit_class = ANY(${classes}::text[]::visit_class[])
          AND v.starts_at > ${since}
          AND (f.facility_id = ${facilityId}::uuid OR f.operator_id = ${operatorId}::uuid
            OR f.estate_id = ${estateId}::uuid)
          AND NOT EXISTS (SELECT 1 FROM visit n WHERE n.rebook_of = v.visit_id
            AND n.booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED', 'FULFILLED'))
        ORDER BY v.confirmed_at NULLS LAST, v.visit_id`
      return rows.map((row) => row.visit_id)
    },
    /** A suspended booking that still waits, locked: of two workers the second finds it replaced. */
    takeWaiting: async (tx: Tx, visitId: string): Promise<BookedVisit | null> => {
      await tx.$executeRaw`SELECT 1 FROM visit WHERE visit_id = ${visitId}::uuid FOR UPDATE`
      const replaced = await tx.visit.count({
        where: { rebookOf: visitId, bookingState: { in: [...LIVE, 'FULFILLED'] } },
      })
      const where = { visitId, bookingState: 'SUSPENDED' as const }
      const row = replaced > 0 ? null : await tx.visit.findFirst({ where, select: BOOKED })
      return row && bookedVisit(row)
    },
  }
}

function facilityWhere(target: SuspensionTarget): Prisma.FacilityWhereInput {
  if (target.facilityId !== null) return { facilityId: target.facilityId }
  if (target.operatorId !== null) return { operatorId: target.operatorId }
  return { estateId: target.estateId ?? '' }
}

function liveWhere({ classes, now }: Scope): Prisma.VisitWhereInput {
  return {
    visitClass: { in: classes },
    startsAt: { gt: now },
    bookingState: { in: [...LIVE] },
  }
}
