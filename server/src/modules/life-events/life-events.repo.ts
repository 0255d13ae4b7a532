import { OPEN_STATES } from '@visavis/contract/session-lifecycle'
import { lockResources } from '@visavis/prisma'
import type { Blackout, Prisma, Task, Tx } from '@visavis/prisma'
import type { MovedVisit } from './plan-rules.ts'
import { tellVisitHit } from './visit-hits.repo.ts'

/** Bookings that take a place. */
export const LIVE = ['HELD', 'REQUESTED', 'CONFIRMED'] as const

/** What a life event reads of a booking. */
export const BOOKED = {
  visitId: true,
  facilityId: true,
  inmateId: true,
  terminalId: true,
  visitClass: true,
  bookingState: true,
  startsAt: true,
  endsAt: true,
  busyUntil: true,
  place: true,
  slotId: true,
  bookedBy: true,
  linkCentreRoom: { select: { linkCentreId: true } },
  session: { select: { state: true } },
  seats: { where: { party: 'VISITOR' }, select: { visitorId: true, role: true } },
} as const satisfies Prisma.VisitSelect

export type BookedRow = Prisma.VisitGetPayload<{ select: typeof BOOKED }>

/** A booking with what a life event asks of it. */
export type BookedVisit = Omit<BookedRow, 'seats' | 'session' | 'linkCentreRoom'> & {
  readonly visitorIds: readonly string[]
  /** Those of them who meet the inmate; an interpreter is found anew for another visit. */
  readonly guestIds: readonly string[]
  readonly linkCentreId: string | undefined
  readonly isRunning: boolean
}

/** The people whose circumstances changed; both given: their visits with each other. */
export type ChangedPeople = {
  readonly visitorId?: string | undefined
  readonly inmateId?: string | undefined
}

/** Rows behind life events; those that take `tx` run in the caller's transaction. */
export const lifeEventsRepo = {
  inmate: (tx: Tx, inmateId: string) =>
    tx.inmate.findUnique({
      where: { inmateId },
      select: {
        inmateId: true,
        facilityId: true,
        custody: true,
        version: true,
        inmateNumber: true,
      },
    }),
  facility: (tx: Tx, facilityId: string) =>
    tx.facility.findUnique({
      where: { facilityId },
      select: { facilityId: true, estateId: true, operatorId: true },
    }),
  isNumberTaken: async (tx: Tx, facilityId: string, inmateNumber: string) =>
    (await tx.inmate.count({ where: { facilityId, inmateNumber } })) > 0,
  /** Compare and set: false when somebody else changed the inmate meanwhile. */
  changeInmate: async (
    tx: Tx,
    { inmateId, version }: { inmateId: string; version: number },
    data: Prisma.InmateUncheckedUpdateManyInput,
  ) => {
    const changed = await tx.inmate.updateMany({
      where: { inmateId, version },
      data: { ...data, version: { increment: 1 } },
    })
    return changed.count === 1
  },
  /** Live bookings of these people that are not over at `now`, the next first. */
  bookingsOf: async (tx: Tx, people: ChangedPeople, now: Date): Promise<BookedVisit[]> => {
    const { visitorId, inmateId } = people
    return bookings(tx, {
      endsAt: { gt: now },
      ...(inmateId === undefined ? {} : { inmateId }),
      ...(visitorId === undefined ? {} : { seats: { some: { visitorId } } }),
    })
  },
  /** Visitors who may meet the inmate: who has to be told of a death. */
  relatives: (tx: Tx, inmateId: string) =>
    tx.relationship.findMany({
      where: { inmateId, state: 'APPROVED' },
      select: { visitorId: true },
    }),
  terminal: (tx: Tx, terminalId: string) =>
    tx.terminal.findUnique({
      where: { terminalId },
      select: { terminalId: true, facilityId: true, wing: true, name: true },
    }),
  terminalsOf: (tx: Tx, facilityId: string) =>
    tx.terminal.findMany({
      where: { facilityId, disabledAt: null },
      orderBy: { name: 'asc' },
      select: { terminalId: true, wing: true, name: true },
    }),
  /** Wings of those who are still at the facility; whoever was transferred is missing. */
  wingOf: async (tx: Tx, facilityId: string, inmateIds: string[]): Promise<Map<string, string>> => {
    const rows = await tx.inmate.findMany({
      where: { facilityId, inmateId: { in: inmateIds } },
      select: { inmateId: true, wing: true },
    })
    return new Map(rows.map(({ inmateId, wing }) => [inmateId, wing]))
  },
  bookingsAt: (tx: Tx, terminalId: string, { from, to }: { from: Date; to: Date }) =>
    bookings(tx, { terminalId, startsAt: { lt: to }, busyUntil: { gt: from } }),
  addBlackout: async (tx: Tx, data: Prisma.BlackoutUncheckedCreateInput): Promise<void> => {
    await tx.blackout.create({ data, select: { blackoutId: true } })
  },
  /** Stretches in which terminals of the facility are closed. */
  terminalBlackouts: (tx: Tx, terminalIds: string[], now: Date): Promise<Blackout[]> =>
    tx.blackout.findMany({
      where: { terminalId: { in: terminalIds }, liftedAt: null, endsAt: { gt: now } },
    }),
  /** Whether the terminal is closed at `now`. */
  isClosed: async (tx: Tx, terminalId: string, now: Date): Promise<boolean> => {
    const where = { terminalId, scope: 'TERMINAL' as const, liftedAt: null }
    const during = { startsAt: { lte: now }, endsAt: { gt: now } }
    return (await tx.blackout.count({ where: { ...where, ...during } })) > 0
  },
  /** Whether a task of that kind about that subject, and that visit if one is given, is open. */
  isToldOf: async (
    tx: Tx,
    about: Pick<Task, 'facilityId' | 'kind' | 'subjectId' | 'visitId'>,
  ): Promise<boolean> => {
    const { facilityId, kind, subjectId, visitId } = about
    const where = { facilityId, kind, subjectId, state: 'OPEN' as const }
    return (await tx.task.count({ where: visitId === null ? where : { ...where, visitId } })) > 0
  },
  liftBlackouts: async (tx: Tx, terminalId: string, now: Date): Promise<number> => {
    const where = { terminalId, scope: 'TERMINAL' as const, liftedAt: null, endsAt: { gt: now } }
    return (await tx.blackout.updateMany({ where, data: { liftedAt: now } })).count
  },
  /** Takes back what the terminal's own test has closed. */
  liftOwnBlackout: async (tx: Tx, terminalId: string, now: Date): Promise<void> => {
    const own = { terminalId, scope: 'TERMINAL' as const, createdBy: null, reason: SELF_TEST }
    const where = { ...own, liftedAt: null, endsAt: { gt: now } }
    await tx.blackout.updateMany({ where, data: { liftedAt: now } })
  },
  /** What is taken on these terminals from `from` on. */
  claimsOn: (tx: Tx, terminalIds: string[], from: Date) =>
    tx.resourceClaim.findMany({
      where: {
        kind: 'TERMINAL',
        resourceId: { in: terminalIds },
        state: { in: ['HELD', 'BOOKED'] },
        endsAt: { gt: from },
      },
      select: { resourceId: true, startsAt: true, endsAt: true },
    }),
  /** Nobody else claims or frees these terminals until the transaction ends. */
  lockTerminals: (tx: Tx, terminalIds: readonly string[]) =>
    lockResources(
      tx,
      terminalIds.map((resourceId) => ({ kind: 'TERMINAL', resourceId })),
    ),
  /** Sessions before visits, and each in one order, as bookings are locked. */
  lockVisits: async (tx: Tx, visitIds: readonly string[]): Promise<void> => {
    await tx.$executeRaw`
      SELECT 1 FROM visit_session WHERE visit_id = ANY(${[...visitIds]}::uuid[])
      ORDER BY visit_id FOR SHARE`
    await tx.$executeRaw`
      SELECT 1 FROM visit WHERE visit_id = ANY(${[...visitIds]}::uuid[])
      ORDER BY visit_id FOR UPDATE`
  },
  /** Heard by every server once the transaction commits (EL-4). */
  tellRunning: tellVisitHit,
}

/** The reason of an outage that a terminal has found itself. */
export const SELF_TEST = 'SELF_TEST'

async function bookings(tx: Tx, where: Prisma.VisitWhereInput): Promise<BookedVisit[]> {
  const rows = await tx.visit.findMany({
    where: { ...where, bookingState: { in: [...LIVE] } },
    orderBy: [{ startsAt: 'asc' }, { visitId: 'asc' }],
    select: BOOKED,
  })
  return rows.map(bookedVisit)
}

/** A row as the services see it. */
export function bookedVisit({ seats, session, linkCentreRoom, ...row }: BookedRow): BookedVisit {
  return {
    ...row,
    visitorIds: seats.flatMap(({ visitorId }) => visitorId ?? []),
    guestIds: seats.flatMap(({ visitorId, role }) => (role === 'PERSON' && visitorId) || []),
    linkCentreId: linkCentreRoom?.linkCentreId,
    isRunning: session !== null && OPEN_STATES.includes(session.state),
  }
}

/** A visit as the plan of terminals sees it. */
export function movedVisit(visit: BookedVisit, terminalIds: readonly string[]): MovedVisit {
  return {
    visitId: visit.visitId,
    fromMs: visit.startsAt.getTime(),
    toMs: visit.busyUntil.getTime(),
    terminalIds,
  }
}
