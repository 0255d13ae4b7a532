import { randomBytes } from 'node:crypto'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { freePorts } from '../support/ports.ts'
import { cpuPctDuring } from '../support/process-cpu.ts'
import { median, quantile, readable } from '../support/statistics.ts'
import { startChild } from './child.ts'
import type { BenchChild } from './child.ts'
import type { LoadFigures, LoadOrder, LoadReport } from './load-messages.ts'

/**
 * What one worker carries and what it costs: visits of two over real ICE, DTLS and SRTP through a media
 * node of its own. See docs/benchmarks.md.
 */

const MEDIA_NODE = join(import.meta.dirname, '../../server/media-node/src/main.ts')
const GENERATOR = join(import.meta.dirname, 'load-generator.ts')
/** One generator can be busy with sending while another one is told what has arrived. */
const GENERATORS = 2
/** The compiler of our Node process has seen everything by then. */
const WARM_UP_MS = 5_000
/** One worker for these visits and the one that is kept for privileged ones. */
const WORKERS = 2

type Run = {
  readonly packetsPerS: number
  readonly sentPerS: number
  readonly cpuPct: { readonly worker: number; readonly node: number; readonly generators: number }
  readonly latencyMs: { readonly p50: number; readonly p99: number }
  readonly lossPct: number
}

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

const runs: Run[] = []
for (let index = 0; index < Number(values.runs); index += 1) {
  const run = await measureOnce()
  runs.push(run)
  console.log(`run ${index + 1}: ${inWords(run)}`)
}
console.log(JSON.stringify(summaryOf(runs)))

async function measureOnce(): Promise<Run> {
  const children: BenchChild[] = []
  try {
    const { node, controlUrl, controlSecret } = await startNode()
    children.push(node)
    const generators = Array.from({ length: GENERATORS }, () => startChild(GENERATOR))
    children.push(...generators)
    const workerPid = await openVisits(generators, { controlUrl, controlSecret })
    await pause(WARM_UP_MS)
    return await measure(generators, { worker: workerPid, node: node.pid })
  } finally {
    await Promise.all(children.toReversed().map((child) => child.close()))
  }
}

async function startNode() {
  const controlSecret = randomBytes(32).toString('hex')
  const firstPort = await freePorts(WORKERS + 1)
  const node = startChild(MEDIA_NODE, {
    CONTROL_SECRET: controlSecret,
    GRANT_SECRET: randomBytes(32).toString('hex'),
    MEDIA_CONTROL_PORT: String(firstPort),
    RTC_PORT: String(firstPort + 1),
    MEDIA_WORKERS: String(WORKERS),
    LOG_LEVEL: 'warn',
  })
  return { node, controlUrl: `http://127.0.0.1:${firstPort}`, controlSecret }
}

/** Gives the worker that carries all of them. */
async function openVisits(
  generators: readonly BenchChild[],
  where: { controlUrl: string; controlSecret: string },
): Promise<number> {
  const opened = generators.map(async (generator, index) => {
    const share = Math.floor((visits + index) / GENERATORS)
    return ask(generator, { kind: 'open', ...where, visits: share })
  })
  const reports = await Promise.all(opened)
  return reports.reduce((pid, answer) => (answer.kind === 'opened' ? answer.workerPid : pid), 0)
}

async function measure(
  generators: readonly BenchChild[],
  pids: { worker: number; node: number },
): Promise<Run> {
  let reports: LoadReport[] = []
  const generatorPids = Object.fromEntries(generators.map(({ pid }, at) => [`generator${at}`, pid]))
  const cpuPct = await cpuPctDuring<string>({ ...pids, ...generatorPids }, async () => {
    const order: LoadOrder = { kind: 'measure', forMs: measuredMs }
    reports = await Promise.all(generators.map((generator) => ask(generator, order)))
  })
  const { worker = 0, node = 0, ...others } = cpuPct
  const generatorPct = Object.values(others).reduce((sum, pct) => sum + pct, 0)
  const figures = reports.flatMap((one) => (one.kind === 'measured' ? [one.figures] : []))
  return runOf(figures, { worker, node, generators: generatorPct })
}

async function ask(generator: BenchChild, order: LoadOrder): Promise<LoadReport> {
  generator.send(order)
  return generator.answer<LoadReport>()
}

function runOf(figures: readonly LoadFigures[], cpuPct: Run['cpuPct']): Run {
  const sum = (pick: (one: LoadFigures) => number) =>
    figures.reduce((total, one) => total + pick(one), 0)
  const perSecond = (packets: number) => packets / (measuredMs / 1_000)
  const latenciesMs = figures.flatMap((one) => one.latenciesMs)
  const arrived = sum((one) => one.arrived)
  return {
    packetsPerS: perSecond(arrived),
    sentPerS: perSecond(sum((one) => one.sent)),
    cpuPct,
    latencyMs: { p50: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99) },
    lossPct: (1 - arrived / sum((one) => one.expected)) * 100,
  }
}

function inWords({ packetsPerS, sentPerS, cpuPct, latencyMs, lossPct }: Run): string {
  return [
    `${readable(sentPerS)} packets/s in, ${readable(packetsPerS)} out`,
    `worker ${readable(cpuPct.worker)} %, node ${readable(cpuPct.node)} %`,
    `generators ${readable(cpuPct.generators)} % of a core`,
    `p50 ${readable(latencyMs.p50)} ms, p99 ${readable(latencyMs.p99)} ms`,
    `loss ${readable(lossPct)} %`,
  ].join('; ')
}

function summaryOf(all: readonly Run[]) {
  const middle = (pick: (run: Run) => number) => readable(median(all.map(pick)))
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
