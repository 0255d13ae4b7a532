import { randomUUID } from 'node:crypto'
import { insertAccount } from '@visavis/prisma/seed'
import { accountCookie } from '../rest/support/callers.ts'
import { aKeptVisit } from '../rest/support/kept-visit.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

export const DAY_MS = 86_400_000

/** A server, a facility, and two of its people who may keep and destroy. */
export async function aRetentionWorld() {
  const world = await aRestWorld()
  const place = await aPlace(world)
  const { facilityId } = place
  const another = await insertAccount(world.db, { role: 'investigator', facilityId })
  return {
    world,
    place,
    admin: await callerOf(world, place.accounts.facilityAdmin),
    investigator: await callerOf(world, place.accounts.investigator),
    second: await callerOf(world, another.accountId),
  }
}

export type Answer = { readonly status: number; readonly body: Record<string, unknown> }
export type Caller = (
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object,
) => Promise<Answer>

/** Calls routes with the cookie of an account, each write with a key of its own. */
export async function callerOf(world: RestWorld, accountId: string): Promise<Caller> {
  return cookieCaller(world, await accountCookie(world, accountId))
}

/** The same with a cookie that is there. */
export function cookieCaller({ app }: RestWorld, cookie: string): Caller {
  return async (method, url, payload) => {
    const headers = { cookie, 'idempotency-key': randomUUID() }
    const more = payload === undefined ? {} : { payload }
    const answer = await app.inject({ method, url, headers, ...more })
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() }
  }
}

/** A recorded visit that ended so many days ago, and whose recordings go so many days from now. */
export async function aVisitKept(
  world: RestWorld,
  place: Place,
  { days, endedDaysAgo = 1 }: { days: number; endedDaysAgo?: number },
) {
  const nowMs = world.clock.now().getTime()
  const startsAt = new Date(nowMs - endedDaysAgo * DAY_MS)
  const recorded = await aKeptVisit(world, place, { startsAt })
  const destroyAfter = new Date(nowMs + days * DAY_MS)
  const { recordingId } = recorded
  await world.db.recording.update({ where: { recordingId }, data: { destroyAfter } })
  return recorded
}

/** The month whose key a recording's key is wrapped under. */
export async function monthOf({ db }: RestWorld, recordingId: string): Promise<string | null> {
  const key = await db.recordingKey.findUnique({
    where: { recordingId },
    select: { kek: { select: { month: true } } },
  })
  return key?.kek.month ?? null
}

/** A local date so many days from now. */
export function dayFrom({ clock }: RestWorld, days: number): string {
  return new Date(clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10)
}
