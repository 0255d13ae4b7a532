import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { holdingOf, withMachinePct } from '../support/process-memory.ts'
import { readable, slopeOf } from '../support/statistics.ts'
import { loadInWords, startMediaLoad } from './media-load.ts'
import type { LoadRun, MediaLoad } from './media-load.ts'
import { soak } from './soak.ts'

/**
 * How many visits of two a core carries, what they take, and whether anything of them is left behind: real
 * ICE, DTLS and SRTP at the rates of browsers, more visits step by step. See docs/benchmarks.md.
 */

/** Whoever is busier than this has nothing left for the second in which everybody joins. */
const FULL_PCT = 70
/** A generator that is late counts as loss; beyond this the step says nothing of the product. */
const MOST_LOSS_PCT = 1
const MINUTE_MS = 60_000

type Step = {
  readonly visits: number
  readonly run: LoadRun
  /** How busy all processors were, with what others did on the machine. */
  readonly machinePct: number
  /** Worker and our Node process. */
  readonly memoryMb: number
}

const { values } = parseArgs({
  options: {
    step: { type: 'string', default: '6' },
    most: { type: 'string', default: '60' },
    seconds: { type: 'string', default: '10' },
    soak: { type: 'string' },
    visits: { type: 'string', default: '12' },
  },
})

/** Runnable threads before the bench began: more than next to none, and the figures are not the product's. */
const [loadBefore = 0] = loadavg()

const load = await startMediaLoad()
try {
  const result = values.soak ? await soakOf(values.soak) : summaryOf(await climb())
  console.log(JSON.stringify({ ...result, loadBefore: readable(loadBefore) }))
} finally {
  await load.stop()
}

/** Adds visits until the machine, not the product, has enough. */
async function climb(): Promise<Step[]> {
  const steps: Step[] = []
  const most = Number(values.most)
  for (let visits = 0; visits < most && !isFull(steps.at(-1));) {
    const more = Math.min(Number(values.step), most - visits)
    await load.open(more)
    visits += more
    const step = await measureStep(load, visits)
    steps.push(step)
    console.log(
      `${visits} visits: machine ${readable(step.machinePct)} %; ${loadInWords(step.run)}`,
    )
  }
  return steps
}

/** Generators need the processor too, and more of it than what they measure. */
function isFull(step: Step | undefined): boolean {
  if (!step) return false
  const { cpuPct, lossPct } = step.run
  const ownPct = (cpuPct.worker + cpuPct.node + cpuPct.generators) / availableParallelism()
  return ownPct > FULL_PCT || lossPct > MOST_LOSS_PCT
}

async function measureStep({ measure, pids }: MediaLoad, visits: number): Promise<Step> {
  const forMs = Number(values.seconds) * 1_000
  const { result: run, machinePct } = await withMachinePct(() => measure(forMs))
  const holdings = await Promise.all(Object.values(pids()).map(holdingOf))
  const memoryMb = holdings.reduce((sum, each) => sum + each.memoryMb, 0)
  return { visits, run, machinePct, memoryMb }
}

/**
 * The last step at which the machine had room: what a visit costs there, and so how many of them fill a
 * core to 70 % by worker and Node process together. On a small machine the generators fill it long before.
 */
function summaryOf(steps: readonly Step[]) {
  const good = steps.filter((step) => !isFull(step))
  const last = good.at(-1) ?? steps[0]
  if (!last) throw new Error('no step was measured')
  const { visits, run, machinePct } = last
  const productPct = run.cpuPct.worker + run.cpuPct.node
  return {
    bench: 'visits',
    visitsPerCore: Math.floor(FULL_PCT / (productPct / visits)),
    latencyMs: { p50: readable(run.latencyMs.p50), p99: readable(run.latencyMs.p99) },
    rssMbPerVisit: readable(memoryPerVisit(steps)),
    measuredAt: {
      visits,
      productCpuPct: readable(productPct),
      machineCpuPct: readable(machinePct),
      generatorCpuPct: readable(run.cpuPct.generators),
      packetsPerS: readable(run.sentPerS),
      lossPct: readable(run.lossPct),
    },
  }
}

/** The line through the steps: what the processes take without any visit, or at their first, is not a visit's. */
function memoryPerVisit(steps: readonly Step[]): number {
  return slopeOf(steps.slice(1).map(({ visits, memoryMb }) => ({ x: visits, y: memoryMb })))
}

async function soakOf(text: string) {
  const [, minutes] = /^(\d+(?:\.\d+)?)m$/.exec(text) ?? []
  if (!minutes) throw new Error('--soak takes minutes, as 10m')
  const result = await soak(load, {
    visits: Number(values.visits),
    forMs: Number(minutes) * MINUTE_MS,
  })
  return { bench: 'visits', ...result }
}
