import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { listenToQueries } from '../../support/round-trips.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aFamily, aPrison, aSlotAt, bookFor, callerOf, holdFor } from './booking-world.ts'

/** Whoever waits for the same place waits for each of these. */
const OF_A_HOLD = 6
const OF_A_CONFIRMATION = 13

/** What this process has asked the database, on all connections. */
let asked: string[]
let world: RestWorld

beforeAll(async () => {
  asked = listenToQueries()
  world = await aRestWorld()
})
afterAll(async () => {
  await world.close()
  vi.restoreAllMocks()
})

async function askedInTransaction(work: () => Promise<{ status: number }>): Promise<string[]> {
  asked.length = 0
  expect(await work()).toMatchObject({ status: 200 })
  expect(asked.filter((text) => text === 'BEGIN')).toHaveLength(1)
  return asked.slice(asked.indexOf('BEGIN'), asked.indexOf('COMMIT') + 1)
}

it('[BK-4] a place is won and confirmed in few round trips', async () => {
  const prison = await aPrison(world)
  const first = await aFamily(world, prison)
  const family = await aFamily(world, prison)
  const { slotId } = await aSlotAt(world, prison)
  // The first job of its kind makes the queue known.
  await bookFor(await callerOf(world, first.accountId), first, slotId)
  const caller = await callerOf(world, family.accountId)
  let visitId = ''
  const held = await askedInTransaction(async () => {
    const answer = await holdFor(caller, family, slotId)
    visitId = answer.body.visitId
    return answer
  })
  const confirmed = await askedInTransaction(() =>
    caller.post(`/api/bookings/${visitId}/confirmation`),
  )
  expect(held.length, held.join('\n')).toBeLessThanOrEqual(OF_A_HOLD)
  expect(confirmed.length, confirmed.join('\n')).toBeLessThanOrEqual(OF_A_CONFIRMATION)
  // What everybody waits for is locked last, and together with everything else that is left to write.
  for (const statements of [held, confirmed]) expect(statements.at(-2)).toContain('append_audit')
})
