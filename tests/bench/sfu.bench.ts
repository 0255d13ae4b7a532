import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { median, readable } from '../support/statistics.ts'
import { loadInWords, startMediaLoad } from './media-load.ts'
import type { LoadRun } from './media-load.ts'

/**
 * What one worker carries and what it costs: visits of two over real ICE, DTLS and SRTP through a media
 * node of its own. See docs/benchmarks.md.
 */

/** The compiler of our Node process has seen everything by then. */
const WARM_UP_MS = 5_000

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '12' },
    runs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '15' },
  },
})
const visits = Number(values.visits)
const measuredMs = Number(values.seconds) * 1_000

/** Runnable threads before the bench began: more than next to none, and the figures are not the product's. */
const [loadBefore = 0] = loadavg()

const runs: LoadRun[] = []
for (let index = 0; index < Number(values.runs); index += 1) {
  const run = await measureOnce()
  runs.push(run)
  console.log(`run ${index + 1}: ${loadInWords(run)}`)
}
console.log(JSON.stringify(summaryOf(runs)))

async function measureOnce(): Promise<LoadRun> {
  const load = await startMediaLoad()
  try {
    await load.open(visits)
    await pause(WARM_UP_MS)
    return await load.measure(measuredMs)
  } finally {
    await load.stop()
  }
}

function summaryOf(all: readonly LoadRun[]) {
  const middle = (pick: (run: LoadRun) => number) => readable(median(all.map(pick)))
  return {
    bench: 'sfu',
    packetsPerS: middle((run) => run.packetsPerS),
    sentPerS: middle((run) => run.sentPerS),
    cpuPct: {
      worker: middle((run) => run.cpuPct.worker),
      node: middle((run) => run.cpuPct.node),
      generators: middle((run) => run.cpuPct.generators),
    },
    nodeToWorkerPct: middle(({ cpuPct }) => (cpuPct.node / cpuPct.worker) * 100),
    latencyMs: {
      p50: middle((run) => run.latencyMs.p50),
      p99: middle((run) => run.latencyMs.p99),
    },
    lossPct: middle((run) => run.lossPct),
    visits,
    runs: all.length,
    loadBefore: readable(loadBefore),
  }
}
