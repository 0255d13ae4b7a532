import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import { mediaPolicyOf } from '@visavis/contract/media-policy'
import type { Prisma } from '../../generated/client/client.ts'
import { type Claim, claimResources } from '../../src/claims.ts'
import type { Tx } from '../../src/database.ts'
import { DEFAULT_FACILITY_POLICY } from '../../src/facility-policy.ts'
import { newId } from '../../src/ids.ts'
import type { Given } from './given.ts'

const THIRTY_MINUTES_MS = 1_800_000
const {
  terminalTurnaroundMs: TURNAROUND_MS,
  escortTurnaroundMs: ESCORT_TURNAROUND_MS,
  holdMs: HOLD_MS,
} = DEFAULT_FACILITY_POLICY

type Instants = 'startsAt' | 'endsAt' | 'busyUntil' | 'holdExpiresAt'

type VisitRow = Given<
  Omit<Prisma.VisitUncheckedCreateInput, Instants>,
  'facilityId' | 'inmateId' | 'terminalId'
> &
  Readonly<Partial<Record<Instants, Date>>>

/** What {@link aVisit} is given beside the visit's own columns. */
export type GivenVisit = VisitRow & {
  readonly visitorIds: readonly string[]
  /** The monitor seat to claim; without it none is claimed. */
  readonly monitorSeatId?: string
  /** The escort to claim, likewise. */
  readonly escortId?: string
  readonly terminalTurnaroundMs?: number
  readonly session?: Given<Omit<Prisma.VisitSessionUncheckedCreateInput, 'visitId'>>
}

/**
 * A confirmed social visit at home, now, for 30 minutes: its row, session, seats and claims. A HELD one
 * holds its claims for ten minutes.
 */
export function aVisit(given: GivenVisit) {
  const { visitorIds, monitorSeatId, escortId, terminalTurnaroundMs, session, ...row } = given
  const visit = aVisitRow(row, terminalTurnaroundMs)
  const { visitId } = visit
  return {
    visit,
    session: { state: 'SCHEDULED' as const, ...session, visitId },
    seats: [
      { seatId: newId(), visitId, party: 'INMATE' as const, inmateId: visit.inmateId },
      ...visitorIds.map((visitorId) => aVisitorSeat(visitId, visitorId)),
    ],
    claims: claimsOf(visit, { visitorIds, monitorSeatId, escortId }),
  }
}

/** Stores {@link aVisit}; an overlap with a live claim throws (`sqlStateOf` is 23P01). */
export async function insertVisit(db: Tx, given: GivenVisit) {
  const { visit, session, seats, claims } = aVisit(given)
  const stored = {
    visit: await db.visit.create({ data: visit }),
    session: await db.visitSession.create({ data: session }),
    seats: await db.seat.createManyAndReturn({ data: seats }),
  }
  await claimResources(db, {
    visitId: visit.visitId,
    claims: isLiveBooking(visit.bookingState) ? claims : [],
    newId,
    ...(visit.holdExpiresAt ? { holdExpiresAt: visit.holdExpiresAt } : {}),
  })
  return stored
}

function aVisitRow(given: VisitRow, turnaroundMs: number = TURNAROUND_MS) {
  const visitClass = given.visitClass ?? 'social'
  const bookingState = given.bookingState ?? ('CONFIRMED' as const)
  const startsAt = given.startsAt ?? new Date()
  const endsAt = given.endsAt ?? after(startsAt, THIRTY_MINUTES_MS)
  return {
    visitId: newId(),
    busyUntil: after(endsAt, turnaroundMs),
    place: given.linkCentreRoomId ? ('LINK_CENTRE' as const) : ('HOME' as const),
    ...mediaPolicyOf(visitClass, DEFAULT_FACILITY_POLICY.media),
    ...(bookingState === 'HELD' ? { holdExpiresAt: after(new Date(), HOLD_MS) } : {}),
    ...given,
    visitClass,
    bookingState,
    startsAt,
    endsAt,
  }
}

function aVisitorSeat(visitId: string, visitorId: string) {
  return { seatId: newId(), visitId, party: 'VISITOR' as const, visitorId }
}

type ClaimExtras = {
  readonly visitorIds: readonly string[]
  readonly monitorSeatId: string | undefined
  readonly escortId: string | undefined
}

function claimsOf(visit: ReturnType<typeof aVisitRow>, extras: ClaimExtras): Claim[] {
  const { startsAt, endsAt, busyUntil, linkCentreRoomId } = visit
  const claim = (kind: Claim['kind'], resourceId: string | null | undefined, until = endsAt) =>
    resourceId ? [{ kind, resourceId, startsAt, endsAt: until }] : []
  return [
    ...claim('INMATE', visit.inmateId),
    ...extras.visitorIds.flatMap((visitorId) => claim('VISITOR', visitorId)),
    ...claim('TERMINAL', visit.terminalId, busyUntil),
    ...claim('LINK_CENTRE_ROOM', linkCentreRoomId),
    ...claim('MONITOR_SEAT', extras.monitorSeatId),
    ...claim('ESCORT', extras.escortId, after(endsAt, ESCORT_TURNAROUND_MS)),
  ]
}

function after(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms)
}
