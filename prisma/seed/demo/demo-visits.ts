import { mediaPolicyOf } from '@visavis/contract/media-policy'
import type { Prisma } from '../../generated/client/client.ts'
import { appendAudit } from '../../src/audit/append-audit.ts'
import { facilityLog } from '../../src/audit/audit-entry.ts'
import type { Claim } from '../../src/claims.ts'
import type { Tx } from '../../src/database.ts'
import { FacilityPolicy } from '../../src/facility-policy.ts'
import { insertVisit } from '../builders/visits.ts'
import { DEMO_INMATES, DEMO_RELATIONSHIPS } from './demo-data.ts'
import { stableId } from './stable-id.ts'

/** The demo's two visits: one that can be joined at once, one to watch the lobby open for. */
export type DemoVisitKind = 'now' | 'soon'

const MINUTE_MS = 60_000
const VISIT_MS = 30 * MINUTE_MS
const SOON_MS = 5 * MINUTE_MS
/** Less than this left of a visit, and somebody who tries the demo should get a new one. */
const WORTH_JOINING_MS = 10 * MINUTE_MS

const DEMO_INMATE_IDS = DEMO_INMATES.map(({ key }) => stableId(`inmate/${key}`))

/** The demo's visit of this kind: the one there is, or a new one; null if every terminal is taken. */
export async function ensureDemoVisit(
  tx: Tx,
  kind: DemoVisitKind,
  now: Date,
): Promise<string | null> {
  const found = await findJoinableVisit(tx, kind, now)
  if (found) return found.visitId
  for (const pair of pairsFor(kind)) {
    const visitId = await bookIfFree(tx, { pair, startsAt: startOf(kind, now), now })
    if (visitId) return visitId
  }
  return null
}

/** Gives back what visits of the demo that ended early still hold. */
export async function releaseEndedDemoVisits(tx: Tx): Promise<void> {
  await tx.resourceClaim.updateMany({
    where: {
      state: 'BOOKED',
      visit: { inmateId: { in: DEMO_INMATE_IDS }, session: { state: 'ENDED' } },
    },
    data: { state: 'RELEASED' },
  })
}

function findJoinableVisit(tx: Tx, kind: DemoVisitKind, now: Date) {
  const after = (ms: number) => new Date(now.getTime() + ms)
  const window: Prisma.VisitWhereInput =
    kind === 'now'
      ? { startsAt: { lte: now }, endsAt: { gte: after(WORTH_JOINING_MS) } }
      : { startsAt: { gt: now, lte: after(SOON_MS + MINUTE_MS) } }
  return tx.visit.findFirst({
    where: {
      ...window,
      inmateId: { in: DEMO_INMATE_IDS },
      bookingState: 'CONFIRMED',
      session: { state: { not: 'ENDED' } },
      seats: { none: { state: { in: ['REFUSED', 'REMOVED'] } } },
    },
    orderBy: { startsAt: 'desc' },
  })
}

/** Whole minutes: a visit at 14:05:37 would look odd on every page. */
function startOf(kind: DemoVisitKind, now: Date): Date {
  const ms = now.getTime()
  const start = kind === 'now' ? Math.floor(ms / MINUTE_MS) : Math.ceil((ms + SOON_MS) / MINUTE_MS)
  return new Date(start * MINUTE_MS)
}

type Pair = (typeof DEMO_RELATIONSHIPS)[number]

/** Families who may meet; the two kinds of visit start from opposite ends, so that they seldom compete. */
function pairsFor(kind: DemoVisitKind): Pair[] {
  const approved = DEMO_RELATIONSHIPS.filter(
    ({ isApproved, kind }) => isApproved && kind !== 'LAWYER',
  )
  const secondFacility = approved.length / 2
  if (kind === 'now') return approved
  return [...approved.slice(secondFacility), ...approved.slice(0, secondFacility)]
}

type Booking = { readonly pair: Pair; readonly startsAt: Date; readonly now: Date }

async function bookIfFree(tx: Tx, { pair, startsAt, now }: Booking): Promise<string | null> {
  const people = {
    inmateId: stableId(`inmate/${pair.inmate}`),
    visitorId: stableId(`visitor/${pair.visitor}`),
  }
  const endsAt = new Date(startsAt.getTime() + VISIT_MS)
  const { facilityId, policy, ...places } = await readPlaces(tx, people.inmateId)
  const until = new Date(endsAt.getTime() + policy.terminalTurnaroundMs)
  const taken = await takenResources(tx, { startsAt, endsAt: until })
  const terminalId = places.terminalIds.find((one) => !taken.has(one))
  const monitorSeatId = places.monitorSeatIds.find((one) => !taken.has(one))
  const isSomebodyBusy = taken.has(people.inmateId) || taken.has(people.visitorId)
  if (isSomebodyBusy || !terminalId || !monitorSeatId) return null

  const { visit } = await insertVisit(tx, {
    facilityId,
    inmateId: people.inmateId,
    visitorIds: [people.visitorId],
    terminalId,
    monitorSeatId,
    busyUntil: until,
    ...mediaPolicyOf('social', policy.media),
    startsAt,
    endsAt,
  })
  await auditBooking(tx, { visitId: visit.visitId, facilityId, now })
  return visit.visitId
}

/** Where an inmate's visit may take place: the working terminals in order, and the monitor seats. */
async function readPlaces(tx: Tx, inmateId: string) {
  const { facility } = await tx.inmate.findUniqueOrThrow({
    where: { inmateId },
    select: {
      facility: {
        include: {
          terminals: { where: { disabledAt: null }, orderBy: { name: 'asc' } },
          monitorSeats: { orderBy: { number: 'asc' } },
        },
      },
    },
  })
  return {
    facilityId: facility.facilityId,
    policy: FacilityPolicy.parse(facility.policy),
    terminalIds: facility.terminals.map((terminal) => terminal.terminalId),
    monitorSeatIds: facility.monitorSeats.map((seat) => seat.monitorSeatId),
  }
}

async function takenResources(
  tx: Tx,
  { startsAt, endsAt }: Pick<Claim, 'startsAt' | 'endsAt'>,
): Promise<Set<string>> {
  const claims = await tx.resourceClaim.findMany({
    where: { state: { not: 'RELEASED' }, startsAt: { lt: endsAt }, endsAt: { gt: startsAt } },
    select: { resourceId: true },
  })
  return new Set(claims.map((claim) => claim.resourceId))
}

type BookedVisit = { readonly visitId: string; readonly facilityId: string; readonly now: Date }

async function auditBooking(tx: Tx, { visitId, facilityId, now }: BookedVisit): Promise<void> {
  await appendAudit(tx, {
    log: facilityLog(facilityId),
    ts: now,
    actor: { type: 'system', actorId: 'seed' },
    action: 'visit.book',
    object: { type: 'visit', objectId: visitId, visitId },
    outcome: 'allow',
  })
}
