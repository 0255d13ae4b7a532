import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { TapTrack } from '@visavis/contract/media-control'
import { freePorts } from '../support/ports.ts'
import { cpuPctDuring } from '../support/process-cpu.ts'
import { quantile, readable } from '../support/statistics.ts'
import { startChild } from './child.ts'
import type { BenchChild } from './child.ts'
import type { LoadFigures, LoadOrder, LoadReport, LoadTap } from './load-messages.ts'

/** A media node of its own, and processes that send and receive like many visits. */
export type MediaLoad = {
  readonly pids: () => { readonly node: number; readonly worker: number }
  /** Where the node takes commands. */
  readonly control: { readonly url: string; readonly secret: string }
  /** By which the node knows that something may be recorded. */
  readonly grantSecret: string
  /** Resolves, with their ids, when every client of the new visits sees the best layer of the other. */
  readonly open: (visits: number) => Promise<readonly string[]>
  /** Opens taps; resolves with what a recorder is to be told of their tracks. */
  readonly tap: (taps: readonly LoadTap[]) => Promise<ReadonlyMap<string, readonly TapTrack[]>>
  readonly untap: () => Promise<void>
  /** Ends the oldest visits. */
  readonly close: (visits: number) => Promise<void>
  /** What flowed, and what it cost, from now on for so long. */
  readonly measure: (forMs: number) => Promise<LoadRun>
  readonly stop: () => Promise<void>
}

export type LoadRun = {
  readonly packetsPerS: number
  readonly sentPerS: number
  readonly cpuPct: { readonly worker: number; readonly node: number; readonly generators: number }
  readonly latencyMs: { readonly p50: number; readonly p99: number }
  readonly lossPct: number
}

const MEDIA_NODE = join(import.meta.dirname, '../../server/media-node/src/main.ts')
const GENERATOR = join(import.meta.dirname, 'load-generator.ts')
/** One generator can be busy with sending while another one is told what has arrived. */
const GENERATORS = 2
/** One worker for these visits and the one that is kept for privileged ones. */
const WORKERS = 2

/** Starts node and generators; no visit is open yet. */
export async function startMediaLoad(): Promise<MediaLoad> {
  const secret = randomBytes(32).toString('hex')
  const grantSecret = randomBytes(32).toString('hex')
  const firstPort = await freePorts(WORKERS + 1)
  const node = startNode({ secret, grantSecret }, firstPort)
  const generators = Array.from({ length: GENERATORS }, () => startChild(GENERATOR))
  const control = { url: `http://127.0.0.1:${firstPort}`, secret }
  let worker = 0
  let turn = 0
  /** The same for each generator in the long run, whatever the numbers. */
  const shares = (visits: number): number[] => {
    const all = generators.map(() => 0)
    for (let visit = 0; visit < visits; visit += 1) {
      all[turn % GENERATORS] = (all[turn % GENERATORS] ?? 0) + 1
      turn += 1
    }
    return all
  }
  const tellAll = (orderOf: (visits: number) => LoadOrder, visits: number) => {
    const each = shares(visits)
    return Promise.all(generators.map((one, at) => ask(one, orderOf(each[at] ?? 0))))
  }
  return {
    pids: () => ({ node: node.pid, worker }),
    control,
    grantSecret,
    async open(visits) {
      const where = { controlUrl: control.url, controlSecret: control.secret }
      const reports = await tellAll((share) => ({ kind: 'open', ...where, visits: share }), visits)
      for (const one of reports) worker = (one.kind === 'opened' && one.workerPid) || worker
      return reports.flatMap((one) => (one.kind === 'opened' ? one.visitIds : []))
    },
    async tap(taps) {
      const reports = await Promise.all(generators.map((one) => ask(one, { kind: 'tap', taps })))
      const tapped = reports.flatMap((one) => (one.kind === 'tapped' ? one.visits : []))
      return new Map(tapped.map(({ visitId, tracks }) => [visitId, tracks]))
    },
    async untap() {
      await Promise.all(generators.map((one) => ask(one, { kind: 'untap' })))
    },
    async close(visits) {
      await tellAll((share) => ({ kind: 'close', visits: share }), visits)
    },
    measure: (forMs) => measure(generators, { worker, node: node.pid }, forMs),
    async stop() {
      await Promise.all([...generators, node].map((child) => child.close()))
    },
  }
}

function startNode(
  { secret, grantSecret }: { secret: string; grantSecret: string },
  firstPort: number,
): BenchChild {
  return startChild(MEDIA_NODE, {
    CONTROL_SECRET: secret,
    GRANT_SECRET: grantSecret,
    MEDIA_CONTROL_PORT: String(firstPort),
    RTC_PORT: String(firstPort + 1),
    MEDIA_WORKERS: String(WORKERS),
    LOG_LEVEL: 'warn',
  })
}

async function measure(
  generators: readonly BenchChild[],
  pids: { worker: number; node: number },
  forMs: number,
): Promise<LoadRun> {
  let reports: LoadReport[] = []
  const generatorPids = Object.fromEntries(generators.map(({ pid }, at) => [`generator${at}`, pid]))
  const cpuPct = await cpuPctDuring<string>({ ...pids, ...generatorPids }, async () => {
    reports = await Promise.all(generators.map((one) => ask(one, { kind: 'measure', forMs })))
  })
  const { worker = 0, node = 0, ...others } = cpuPct
  const generatorPct = Object.values(others).reduce((sum, pct) => sum + pct, 0)
  const figures = reports.flatMap((one) => (one.kind === 'measured' ? [one.figures] : []))
  return runOf(figures, { worker, node, generators: generatorPct }, forMs)
}

async function ask(generator: BenchChild, order: LoadOrder): Promise<LoadReport> {
  generator.send(order)
  return generator.answer<LoadReport>()
}

function runOf(figures: readonly LoadFigures[], cpuPct: LoadRun['cpuPct'], forMs: number): LoadRun {
  const sum = (pick: (one: LoadFigures) => number) =>
    figures.reduce((total, one) => total + pick(one), 0)
  const perSecond = (packets: number) => packets / (forMs / 1_000)
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

/** For the person who watches the bench. */
export function loadInWords({
  packetsPerS,
  sentPerS,
  cpuPct,
  latencyMs,
  lossPct,
}: LoadRun): string {
  return [
    `${readable(sentPerS)} packets/s in, ${readable(packetsPerS)} out`,
    `worker ${readable(cpuPct.worker)} %, node ${readable(cpuPct.node)} %`,
    `generators ${readable(cpuPct.generators)} % of a core`,
    `p50 ${readable(latencyMs.p50)} ms, p99 ${readable(latencyMs.p99)} ms`,
    `loss ${readable(lossPct)} %`,
  ].join('; ')
}
