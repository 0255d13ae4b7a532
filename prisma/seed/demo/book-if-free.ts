import { mediaPolicyOf } from '@visavis/contract/media-policy'
import { appendAudit } from '../../src/audit/append-audit.ts'
import { facilityLog } from '../../src/audit/audit-entry.ts'
import type { Claim } from '../../src/claims.ts'
import type { Tx } from '../../src/database.ts'
import { FacilityPolicy } from '../../src/facility-policy.ts'
import { insertVisit } from '../builders/visits.ts'
import type { GivenVisit } from '../builders/visits.ts'
import { stableId } from './stable-id.ts'

const VISIT_MS = 30 * 60_000

/** Who meets whom: keys of the demo's people. */
export type Pair = { readonly visitor: string; readonly inmate: string }

type Booking = {
  readonly pair: Pair
  readonly startsAt: Date
  readonly now: Date
  /** The only terminal that will do, by its name. */
  readonly terminal?: string
  /** What else is known of the visit. */
  readonly row?: Partial<Omit<GivenVisit, 'visitorIds' | 'terminalId'>>
}

/** Books a visit of half an hour with a terminal and a monitor seat that are free; null: there is none. */
export async function bookIfFree(tx: Tx, booking: Booking): Promise<string | null> {
  const { pair, startsAt, now, terminal, row } = booking
  const people = {
    inmateId: stableId(`inmate/${pair.inmate}`),
    visitorId: stableId(`visitor/${pair.visitor}`),
  }
  const endsAt = new Date(startsAt.getTime() + VISIT_MS)
  const { facilityId, policy, ...places } = await readPlaces(tx, people.inmateId, terminal)
  const until = new Date(endsAt.getTime() + policy.terminalTurnaroundMs)
  const taken = await takenResources(tx, { startsAt, endsAt: until })
  const terminalId = places.terminalIds.find((one) => !taken.has(one))
  const monitorSeatId = places.monitorSeatIds.find((one) => !taken.has(one))
  const needed = [people.inmateId, people.visitorId, row?.linkCentreRoomId ?? '']
  if (needed.some((one) => taken.has(one)) || !terminalId || !monitorSeatId) return null

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
    ...row,
  })
  await auditBooking(tx, { visitId: visit.visitId, facilityId, now })
  return visit.visitId
}

/** Where the visit may take place: the working terminals in order, and the monitor seats. */
async function readPlaces(tx: Tx, inmateId: string, terminal: string | undefined) {
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
    terminalIds: facility.terminals
      .filter(({ name }) => terminal === undefined || name === terminal)
      .map(({ terminalId }) => terminalId),
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
