import { afterAll, beforeAll, expect, it } from 'vitest'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import {
  NOTHING_BROKEN,
  aFamily,
  aPrison,
  aSlotAt,
  brokenInvariants,
  callerOf,
  holdFor,
} from './booking-world.ts'
import type { Answer, Prison } from './booking-world.ts'

const CLIENTS = 32
const ATTEMPTS = 20

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())

/** Each client tries, one attempt after the other, the slots in an order of its own. */
async function stampede(prison: Prison, slotIds: readonly string[]): Promise<Answer[]> {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const family = await aFamily(world, prison)
      return { family, caller: await callerOf(world, family.accountId) }
    }),
  )
  const answers = clients.map(async ({ family, caller }, client) => {
    const own: Answer[] = []
    for (let at = 0; at < ATTEMPTS; at += 1) {
      const slotId = slotIds[(client + at) % slotIds.length] ?? ''
      own.push(await holdFor(caller, family, slotId))
    }
    return own
  })
  return (await Promise.all(answers)).flat()
}

function tally(answers: readonly Answer[]) {
  const held = answers.filter(({ status }) => status === 200).length
  const failed = answers.filter(({ status }) => status >= 500)
  return { held, failed, attempts: answers.length }
}

const EXACT = { held: 10, failed: [], attempts: CLIENTS * ATTEMPTS }

it('[BK-4] 640 attempts of 32 clients on ten places of one slot hold ten', async () => {
  const prison = await aPrison(world, { terminals: 12 })
  const slot = await aSlotAt(world, prison, { capacity: 10 })
  const answers = await stampede(prison, [slot.slotId])
  expect(tally(answers)).toEqual(EXACT)
  expect(await brokenInvariants(world)).toEqual(NOTHING_BROKEN)
})

it('[BK-4] the same on ten terminals that slots at crossing times share', async () => {
  const prison = await aPrison(world, { terminals: 10 })
  const first = await aSlotAt(world, prison, { capacity: 20 })
  const startsAt = new Date(first.startsAt.getTime() + 10 * 60_000)
  const crossing = await aSlotAt(world, prison, { capacity: 20, startsAt })
  const answers = await stampede(prison, [first.slotId, crossing.slotId])
  expect(tally(answers)).toEqual(EXACT)
  expect(await brokenInvariants(world)).toEqual(NOTHING_BROKEN)
  const [counted] = await world.db.$queryRaw<{ deadlocks: number }[]>`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`
  expect(counted?.deadlocks).toBe(0)
})
