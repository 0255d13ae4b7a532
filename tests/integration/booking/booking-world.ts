import { randomUUID } from 'node:crypto'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import type { FacilityPolicy } from '@visavis/prisma'
import {
  insertAccount,
  insertEscort,
  insertFacility,
  insertInmate,
  insertMonitorSeat,
  insertRelationship,
  insertSlot,
  insertSmallWorld,
  insertTerminal,
  insertVisitor,
} from '@visavis/prisma/seed'
import { accountCookie } from '../rest/support/callers.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** What a facility of a test has; policy keys override the defaults. */
export type PrisonPlan = {
  readonly terminals?: number
  readonly monitorSeats?: number
  readonly escorts?: number
  readonly policy?: Partial<FacilityPolicy>
}
export type Prison = Awaited<ReturnType<typeof aPrison>>

/** A facility with so many terminals and the like, and its scheduler. */
export async function aPrison({ db }: Pick<RestWorld, 'db'>, plan: PrisonPlan = {}) {
  const { estate, operator } = await insertSmallWorld(db)
  const { terminals = 3, monitorSeats = terminals, escorts = 0, policy = {} } = plan
  const { facilityId, timeZone, name } = await insertFacility(db, {
    estateId: estate.estateId,
    operatorId: operator.operatorId,
    policy: { ...DEFAULT_FACILITY_POLICY, ...policy },
  })
  const terminalIds: string[] = []
  for (let at = 0; at < terminals; at += 1) {
    const terminal = await insertTerminal(db, {
      facilityId,
      name: `T${String(at).padStart(3, '0')}`,
    })
    terminalIds.push(terminal.terminalId)
  }
  for (let number = 1; number <= monitorSeats; number += 1) {
    await insertMonitorSeat(db, { facilityId, number })
  }
  for (let number = 1; number <= escorts; number += 1)
    await insertEscort(db, { facilityId, number })
  const scheduler = await insertAccount(db, { role: 'scheduler', facilityId })
  const { estateId } = estate
  return { facilityId, estateId, timeZone, name, terminalIds, schedulerId: scheduler.accountId }
}

export type Family = Awaited<ReturnType<typeof aFamily>>

/** An inmate and a visitor who may meet, and the visitor's account. */
export async function aFamily(
  { db }: Pick<RestWorld, 'db'>,
  { facilityId }: { facilityId: string },
  wing = 'A',
) {
  const { inmateId } = await insertInmate(db, { facilityId, wing })
  const { visitorId, email } = await insertVisitor(db)
  await insertRelationship(db, { visitorId, inmateId })
  const { accountId } = await insertAccount(db, { role: 'visitor', visitorId })
  return { inmateId, visitorId, accountId, email }
}

/** Another approved visitor of the family's inmate. */
export async function aCompanion({ db }: RestWorld, family: Family) {
  const { visitorId } = await insertVisitor(db)
  await insertRelationship(db, { visitorId, inmateId: family.inmateId })
  const { accountId } = await insertAccount(db, { role: 'visitor', visitorId })
  return { ...family, visitorId, accountId }
}

/** A slot, on the full hour three days from the clock's now and so many hours later. */
export function aSlotAt(
  { db, clock }: Pick<RestWorld, 'db'> & { readonly clock: Pick<RestWorld['clock'], 'now'> },
  { facilityId }: { facilityId: string },
  given: Partial<Parameters<typeof insertSlot>[1]> & { readonly hours?: number } = {},
) {
  const { hours = 0, ...slot } = given
  const base = Math.ceil((clock.now().getTime() + 3 * DAY_MS) / HOUR_MS) * HOUR_MS
  return insertSlot(db, { facilityId, startsAt: new Date(base + hours * HOUR_MS), ...slot })
}

/** One caller of the API. */
export type Caller = {
  readonly get: (url: string, query?: Record<string, string>) => Promise<Answer>
  readonly post: (url: string, payload?: object, key?: string) => Promise<Answer>
}
export type Answer = { readonly status: number; readonly body: Body }
/** Whatever came back: a booking, a list, or a problem. */
export type Body = {
  readonly code?: string
  readonly visitId: string
  readonly version: number
  readonly bookingState: string
  readonly actions: readonly string[]
  readonly reason: string | null
  readonly holdExpiresAt: string | null
  readonly paidBy: string
  readonly terminal: { readonly name: string } | null
  readonly inmate: { readonly displayName: string }
  readonly visitors: readonly { readonly visitorId: string; readonly displayName: string }[]
  readonly alternatives?: readonly PlaceBody[]
  readonly places: readonly PlaceBody[]
  readonly full: readonly PlaceBody[]
  readonly items: readonly Body[]
  readonly nextCursor: string | null
  readonly fields?: readonly { readonly field: string }[]
}
export type PlaceBody = {
  readonly slotId: string
  readonly startsAt: string
  readonly free: number
}

/** A caller with a fresh sign-in of the account. */
export async function callerOf(world: RestWorld, accountId: string): Promise<Caller> {
  const cookie = await accountCookie(world, accountId)
  const ask = async (
    method: 'GET' | 'POST',
    url: string,
    { key, ...parts }: { query?: Record<string, string>; payload?: object; key?: string },
  ): Promise<Answer> => {
    const headers = { cookie, ...(key === undefined ? {} : { 'idempotency-key': key }) }
    const answer = await world.app.inject({ method, url, headers, ...parts })
    return { status: answer.statusCode, body: answer.json<Body>() }
  }
  return {
    get: (url, query = {}) => ask('GET', url, { query }),
    post: (url, payload, key = randomUUID()) =>
      ask('POST', url, { key, ...(payload === undefined ? {} : { payload }) }),
  }
}

/** Holds a place at home for the family. */
export function holdFor(
  caller: Caller,
  { inmateId, visitorId }: Pick<Family, 'inmateId' | 'visitorId'>,
  slotId: string,
): Promise<Answer> {
  const payload = { inmateId, visitorIds: [visitorId], place: 'HOME', slotId }
  return caller.post('/api/bookings', payload)
}

/** Holds and confirms. */
export async function bookFor(caller: Caller, family: Family, slotId: string): Promise<Answer> {
  const held = await holdFor(caller, family, slotId)
  if (held.status !== 200) return held
  return caller.post(`/api/bookings/${held.body.visitId}/confirmation`)
}

/** What must hold for all bookings whatever happened (BK-1, BK-3). Each list is of what breaks it. */
export async function brokenInvariants({ db }: Pick<RestWorld, 'db'>) {
  const overlaps = await db.$queryRaw<unknown[]>`
    SELECT a.claim_id FROM resource_claim a JOIN resource_claim b
      ON a.kind = b.kind AND a.resource_id = b.resource_id AND a.claim_id < b.claim_id
      AND a.during && b.during
    WHERE a.state IN ('HELD', 'BOOKED') AND b.state IN ('HELD', 'BOOKED')`
  const claims = await db.$queryRaw<unknown[]>`
    SELECT v.visit_id, v.booking_state, c.state FROM visit v JOIN resource_claim c USING (visit_id)
    WHERE (c.state = 'HELD') <> (v.booking_state = 'HELD')
      OR (c.state = 'BOOKED') <> (v.booking_state IN ('REQUESTED', 'CONFIRMED'))`
  const unclaimed = await db.$queryRaw<unknown[]>`
    SELECT visit_id FROM visit v WHERE booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED')
      AND NOT (SELECT count(*) FILTER (WHERE kind = 'INMATE') = 1
        AND count(*) FILTER (WHERE kind = 'TERMINAL') = 1
        AND count(*) FILTER (WHERE kind = 'VISITOR') = (SELECT count(*) FROM seat s
          WHERE s.visit_id = v.visit_id AND s.visitor_id IS NOT NULL)
        FROM resource_claim c WHERE c.visit_id = v.visit_id AND c.state <> 'RELEASED')`
  const overfull = await db.$queryRaw<unknown[]>`
    SELECT s.slot_id FROM slot s JOIN visit v USING (slot_id)
    WHERE v.booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED')
    GROUP BY s.slot_id, s.capacity HAVING count(*) > s.capacity`
  const sessions = await db.$queryRaw<unknown[]>`
    SELECT v.visit_id FROM visit v LEFT JOIN visit_session s USING (visit_id)
    WHERE v.slot_id IS NOT NULL AND v.booking_state = 'CONFIRMED' AND s.visit_id IS NULL`
  return { overlaps, claims, unclaimed, overfull, sessions }
}

export const NOTHING_BROKEN = {
  overlaps: [],
  claims: [],
  unclaimed: [],
  overfull: [],
  sessions: [],
}
