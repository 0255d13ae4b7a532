import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aFamily, aPrison, aSlotAt, callerOf, holdFor } from './booking-world.ts'

const statements: string[] = []
const query = pg.Client.prototype.query
pg.Client.prototype.query = function (this: unknown, ...parts: any[]) {
  const [first] = parts
  const text = typeof first === 'string' ? first : (first?.text ?? '?')
  statements.push(text.replace(/\s+/g, ' '))
  return (query as any).apply(this, parts)
} as any
let world: RestWorld
beforeAll(async () => { world = await aRestWorld() })
afterAll(() => world.close())
it('counts', async () => {
  const prison = await aPrison(world)
  for (let n = 0; n < 3; n++) {
    const family = await aFamily(world, prison)
    const caller = await callerOf(world, family.accountId)
    const { slotId } = await aSlotAt(world, prison, { hours: n })
    statements.length = 0
    const held = await holdFor(caller, family, slotId)
    expect(held.status).toBe(200)
    if (n === 2) console.log(statements.map((s, i) => `${i} ${s.slice(0, 220)}`).join('\n'))
    statements.length = 0
    const c = await caller.post(`/api/bookings/${held.body.visitId}/confirmation`)
    expect(c.status).toBe(200)
    if (n === 2) console.log(statements.map((s, i) => `${i} ${s.slice(0, 220)}`).join('\n'))
  }
})
