import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deadlocksOf, lineAt } from './waiting-line.ts'
import { aWaitingWorld } from './waiting-world.ts'
import type { House, Pair, WaitingWorld } from './waiting-world.ts'

let world: WaitingWorld
let house: House
let slotId: string
/** Who has the slot's only place. */
let holder: Pair
let heldId: string
beforeAll(async () => {
  world = await aWaitingWorld()
})
beforeEach(async () => {
  house = await world.aHouse()
  slotId = (await house.aSlot({ capacity: 1 })).slotId
  holder = await house.aPair()
  heldId = (await bookedBy(holder)).visitId
})
afterAll(() => world.close())

const { hold, bookedBy, cancel, join, joined, leave, entryOf, offer, offered } = lineAt(() => ({
  world,
  house,
  slotId,
}))

describe('[BK-10] joining and leaving', () => {
  it('lets nobody wait twice, and the same request once', async () => {
    const pair = await house.aPair()
    const key = crypto.randomUUID()
    const answers = await Promise.all([join(pair, key), join(pair, key)])
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect((await join(pair)).json()).toMatchObject({ code: 'ALREADY_WAITING' })
    const both = await Promise.all([joined(), joined()])
    expect(new Set(both.map(({ waitingId }) => waitingId)).size).toBe(2)
  })

  it('lets one of two windows of one person wait', async () => {
    const pair = await house.aPair()
    const answers = await Promise.all([join(pair), join(pair), join(pair)])
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const codes = answers.map((answer) => answer.json<{ code?: string }>().code)
    expect(codes.filter((code) => code === 'ALREADY_WAITING')).toHaveLength(2)
  })

  it('gives an open offer to the next', async () => {
    const [first, second] = [await joined(), await joined()]
    await cancel(holder, heldId)
    await offer()
    await offered(first)
    expect((await leave(first, first.waitingId)).statusCode).toBe(200)
    expect((await entryOf(first)).state).toBe('LEFT')
    await offer()
    await offered(second)
    expect((await leave(first, first.waitingId)).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
  })

  it('[BK-4] ends for all who leave at once, while servers offer and others book', async () => {
    const before = await deadlocksOf(world)
    const line = [await joined(), await joined(), await joined(), await joined()]
    await cancel(holder, heldId)
    const leaves = line.map((pair) => leave(pair, pair.waitingId))
    await Promise.all([...leaves, offer(), offer(), hold(holder)])
    // Whoever leaves while the offer is being made leaves the offer.
    for (const left of await Promise.all(leaves)) expect(left.statusCode, left.body).toBe(200)
    const where = { slotId, state: 'LEFT' } as const
    expect(await world.db.waitingEntry.count({ where })).toBe(line.length)
    expect(await deadlocksOf(world)).toBe(before)
  })

  it('is nobody else’s to end', async () => {
    const [first, stranger] = [await joined(), await house.aPair()]
    expect((await leave(stranger, first.waitingId)).json()).toMatchObject({ code: 'NOT_FOUND' })
    expect((await leave(first, crypto.randomUUID())).json()).toMatchObject({ code: 'NOT_FOUND' })
    expect((await leave(first, first.waitingId)).statusCode).toBe(200)
    await cancel(holder, heldId)
    await offer()
    expect((await entryOf(first)).state).toBe('LEFT')
  })

  it('is refused to those who could not book either', async () => {
    const [pair, other] = [await house.aPair(), await house.aPair()]
    const ask = (body: object) =>
      world.call(pair.cookie, '/api/waiting-list', { ...pair.party, slotId, ...body })
    const strangers = await ask({ inmateId: other.inmateId })
    expect(strangers.json()).toMatchObject({ code: 'RELATIONSHIP_MISSING' })
    const alone = await ask({ visitorIds: [other.visitorId] })
    expect(alone.json()).toMatchObject({ code: 'BAD_REQUEST' })
    const nowhere = await ask({ slotId: crypto.randomUUID() })
    expect(nowhere.json()).toMatchObject({ code: 'SLOT_NOT_FOUND' })
  })
})
