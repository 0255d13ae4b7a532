import { mediaPolicyOf } from '@visavis/contract/media-policy'
import type { Prisma } from '../../generated/client/client.ts'
import { type Claim, claimResources } from '../../src/claims.ts'
import type { Tx } from '../../src/database.ts'
import { DEFAULT_FACILITY_POLICY } from '../../src/facility-policy.ts'
import { newId } from '../../src/ids.ts'
import type { Given } from './given.ts'

const THIRTY_MINUTES_MS = 1_800_000

type VisitRow = Given<
  Omit<Prisma.VisitUncheckedCreateInput, 'startsAt' | 'endsAt'>,
  'facilityId' | 'inmateId' | 'terminalId'
> & { readonly startsAt?: Date; readonly endsAt?: Date }

/** What {@link aVisit} is given beside the visit's own columns. */
export type GivenVisit = VisitRow & {
  readonly visitorIds: readonly string[]
  /** The monitor seat to claim; without it none is claimed. */
  readonly monitorSeatId?: string
  readonly terminalTurnaroundMs?: number
  readonly session?: Given<Omit<Prisma.VisitSessionUncheckedCreateInput, 'visitId'>>
}

/** A confirmed social visit at home, now, for 30 minutes: its row, session, seats and claims. */
export function aVisit(given: GivenVisit) {
  const { visitorIds, monitorSeatId, terminalTurnaroundMs, session, ...row } = given
  const visit = aVisitRow(row)
  const { visitId } = visit
  return {
    visit,
    session: { state: 'SCHEDULED' as const, ...session, visitId },
    seats: [
      { seatId: newId(), visitId, party: 'INMATE' as const, inmateId: visit.inmateId },
      ...visitorIds.map((visitorId) => aVisitorSeat(visitId, visitorId)),
    ],
    claims: claimsOf(visit, { visitorIds, monitorSeatId, terminalTurnaroundMs }),
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
  await claimResources(db, { visitId: visit.visitId, claims, newId })
  return stored
}

function aVisitRow(given: VisitRow) {
  const visitClass = given.visitClass ?? 'social'
  const startsAt = given.startsAt ?? new Date()
  return {
    visitId: newId(),
    bookingState: 'CONFIRMED' as const,
    endsAt: new Date(startsAt.getTime() + THIRTY_MINUTES_MS),
    place: given.linkCentreRoomId ? ('LINK_CENTRE' as const) : ('HOME' as const),
    ...mediaPolicyOf(visitClass, DEFAULT_FACILITY_POLICY.media),
    ...given,
    visitClass,
    startsAt,
  }
}

function aVisitorSeat(visitId: string, visitorId: string) {
  return { seatId: newId(), visitId, party: 'VISITOR' as const, visitorId }
}

type ClaimExtras = {
  readonly visitorIds: readonly string[]
  readonly monitorSeatId: string | undefined
  readonly terminalTurnaroundMs: number | undefined
}

function claimsOf(visit: ReturnType<typeof aVisitRow>, extras: ClaimExtras): Claim[] {
  const { startsAt, endsAt, linkCentreRoomId } = visit
  const { terminalTurnaroundMs = DEFAULT_FACILITY_POLICY.terminalTurnaroundMs } = extras
  const turnedAround = new Date(endsAt.getTime() + terminalTurnaroundMs)
  const claim = (kind: Claim['kind'], resourceId: string | null | undefined, until = endsAt) =>
    resourceId ? [{ kind, resourceId, startsAt, endsAt: until }] : []
  return [
    ...claim('INMATE', visit.inmateId),
    ...extras.visitorIds.flatMap((visitorId) => claim('VISITOR', visitorId)),
    ...claim('TERMINAL', visit.terminalId, turnedAround),
    ...claim('LINK_CENTRE_ROOM', linkCentreRoomId),
    ...claim('MONITOR_SEAT', extras.monitorSeatId),
  ]
}
