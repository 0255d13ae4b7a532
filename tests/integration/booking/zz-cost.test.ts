import { afterAll, beforeAll, expect, it } from 'vitest'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { cpuMsOf } from '../../support/process-cpu.ts'
import { aFamily, aPrison, aSlotAt, callerOf, holdFor } from './booking-world.ts'
let world: RestWorld
beforeAll(async () => { world = await aRestWorld() })
afterAll(() => world.close())
const N = 60
async function pg() {
  const rows = await world.db.$queryRaw<{ pid: number }[]>`SELECT pid FROM pg_stat_activity WHERE datname = current_database()`
  let sum = 0
  for (const { pid } of rows) sum += await cpuMsOf(pid).catch(() => 0)
  return sum
}
async function cost(name: string, run: () => Promise<void>) {
  const p0 = await pg(); const c0 = process.cpuUsage(); const t0 = performance.now()
  await run()
  const c = process.cpuUsage(c0); const p1 = await pg()
  console.log(`${name}: node ${((c.user + c.system) / 1000 / N).toFixed(2)} ms, pg ${((p1 - p0) / N).toFixed(2)} ms, wall ${((performance.now() - t0) / N).toFixed(2)} ms`)
}
it('costs', async () => {
  const prison = await aPrison(world, { terminals: 10 })
  const them: any[] = []
  for (let n = 0; n < 2 * N; n++) {
    const family = await aFamily(world, prison)
    const caller = await callerOf(world, family.accountId)
    const slotId = n % 10 === 0 ? (await aSlotAt(world, prison, { hours: n / 10, capacity: 10 })).slotId : them.at(-1).slotId
    them.push({ family, caller, slotId })
  }
  const visits: any[] = []
  for (let at = 0; at < 2; at++) {
    const mine = them.slice(at * N, at * N + N)
    visits.length = 0
    await cost(`hold ${at}`, async () => { for (const { family, caller, slotId } of mine) { const h = await holdFor(caller, family, slotId); expect(h.status).toBe(200); visits.push([caller, h.body.visitId]) } })
    await cost(`confirm ${at}`, async () => { for (const [caller, id] of visits) expect((await caller.post(`/api/bookings/${id}/confirmation`)).status).toBe(200) })
  }
  for (let n = 0; n < 10; n++) {
    const rows = await world.db.$queryRaw<any[]>`SELECT name, left(regexp_replace(statement, '\s+', ' ', 'g'), 90) AS s, generic_plans::int AS g, custom_plans::int AS c FROM pg_prepared_statements WHERE generic_plans + custom_plans > 50 ORDER BY 1`
    if (rows.length) { console.log(rows.map((r) => `${r.name} g${r.g} c${r.c} ${r.s}`).join('\n')); break }
  }
}, 120000)
