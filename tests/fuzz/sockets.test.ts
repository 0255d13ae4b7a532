import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aLiveVisit, end } from '../integration/live/support/live-visit.ts'
import { aLiveWorld } from '../integration/live/support/live-world.ts'
import type { LiveWorld } from '../integration/live/support/live-world.ts'
import { anySeed } from '../support/seeded.ts'
import { quantile, readable } from '../support/statistics.ts'
import { ordinaryLife } from './legitimate-client.ts'
import type { Legitimate } from './legitimate-client.ts'
import { held, hearUncaught } from './process-watch.ts'
import type { Held } from './process-watch.ts'
import { flood } from './socket-floods.ts'

/** `FUZZ=1000000` is the long form, `SEED=…` repeats a run. */
const MESSAGES = Number(process.env['FUZZ'] ?? '10000')
const SEED = Number(process.env['SEED'] ?? anySeed())
/** Then the visits that were ended and the people who were sent away are made anew. */
const ROUND = 5_000
const MOST_MS_EACH = 20
/** What caches and memories of answers may still fill up by after the first round. */
const MORE_HEAP_MB = 64

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

/** For how long the server's own thread was busy with one thing. */
const busy = monitorEventLoopDelay({ resolution: 10 })
const MS = 1e6

const outcomes = new Map<string, number>()
const findings: string[] = []

function progress(sent: number, legitimate: Legitimate, now: Held): void {
  const { tookMs } = legitimate
  const [p50Ms, p99Ms] = [quantile(tookMs, 0.5), quantile(tookMs, 0.99)].map(readable)
  const figures = { fuzz: 'sockets', seed: SEED, sent, of: MESSAGES, ...now }
  const others = { answers: tookMs.length, p50Ms, p99Ms }
  const busyMs = { p99: readable(busy.percentile(99) / MS), most: readable(busy.max / MS) }
  const most = [...outcomes].toSorted(([, a], [, b]) => b - a)
  console.info(
    JSON.stringify({ ...figures, legitimate: others, busyMs, outcomes: Object.fromEntries(most) }),
  )
}

/** What the process holds after each round; ends early when the run is called off. */
async function floods(legitimate: Legitimate, signal: AbortSignal): Promise<Held[]> {
  const rounds: Held[] = []
  for (let sent = 0; sent < MESSAGES && !signal.aborted;) {
    const messages = Math.min(ROUND, MESSAGES - sent)
    const report = await flood(world, { messages, seed: SEED + sent, signal })
    if (report.sent === 0) throw new Error('nobody is let in any more')
    sent += report.sent
    for (const [what, times] of report.counts) outcomes.set(what, (outcomes.get(what) ?? 0) + times)
    findings.push(...report.findings)
    rounds.push(held())
    progress(sent, legitimate, held())
  }
  return rounds
}

describe('[TR-4] messages on every namespace from everybody, right, wrong and mad', () => {
  it(
    `${MESSAGES} of them (seed ${SEED}) break nothing, and whoever goes about their visit is answered`,
    { timeout: 180_000 + MESSAGES * MOST_MS_EACH },
    async ({ signal }) => {
      const uncaught = hearUncaught()
      const legitimate = await ordinaryLife(world)
      busy.enable()
      const rounds = await floods(legitimate, signal)
      busy.disable()
      await legitimate.stop()
      uncaught.stop()
      expect(findings).toEqual([])
      expect(uncaught.errors).toEqual([])
      expect(legitimate.troubles).toEqual([])
      expect(outcomes.get('OK')).toBeGreaterThan(0)
      const [first, last] = [rounds.at(0), rounds.at(-1)]
      expect(last?.heapMb).toBeLessThan((first?.heapMb ?? 0) + MORE_HEAP_MB)
    },
  )

  it('leave a server in which a visit goes live with media', async () => {
    const live = await aLiveVisit(world)
    await end(live)
  })
})
