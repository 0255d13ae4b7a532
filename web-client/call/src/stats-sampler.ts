import { receiveFiguresOf, sendFiguresOf, transportFiguresOf } from './stats-report.ts'
import type {
  ReceiveFigures,
  ReportEntries,
  SendFigures,
  TransportFigures,
} from './stats-report.ts'

export type { ReceiveFigures, SendFigures, TransportFigures } from './stats-report.ts'

/** How often both transports are asked: the watchdogs' and the quality rules' beat. */
export const SAMPLE_EVERY_MS = 1_000

/** A received track whose consumer is known. */
export type ReceivedTrack = ReceiveFigures & {
  readonly consumerId: string
  readonly seatId: string
}

/** The call's figures of one moment. */
export type StatsSample = {
  /** Milliseconds of a clock that is never set (`performance.now()`). */
  readonly atMs: number
  /** Another number means other transports: all counts begin anew. */
  readonly generation: number
  readonly send: {
    readonly transport: TransportFigures | null
    readonly tracks: readonly SendFigures[]
  }
  readonly receive: {
    readonly transport: TransportFigures | null
    readonly tracks: readonly ReceivedTrack[]
  }
}

/** A consumer that stands, by its browser track. */
export type SampledConsumer = {
  readonly consumerId: string
  readonly seatId: string
  readonly trackId: string
}

type Reporter = { readonly getStats: () => Promise<RTCStatsReport> }

/** What there is to sample just now. */
export type StatsTarget = {
  readonly generation: number
  readonly send: Reporter
  readonly receive: Reporter
  readonly consumers: () => readonly SampledConsumer[]
}

/** The call's one sampler of `getStats`: whoever needs figures listens to it. */
export type StatsSampler = {
  /** Calls `listener` with each sample; gives back the way to stop. */
  readonly onSample: (listener: (sample: StatsSample) => void) => () => void
  readonly latest: () => StatsSample | null
  readonly close: () => void
}

export type StatsSamplerOptions = {
  /** Null while there are no media. */
  readonly target: () => StatsTarget | null
  readonly nowMs?: () => number
}

/** Begins to sample each second; a sample that takes longer than that lets the next one wait. */
export function createStatsSampler({
  target,
  nowMs = monotonicMs,
}: StatsSamplerOptions): StatsSampler {
  const listeners = new Set<(sample: StatsSample) => void>()
  let latest: StatsSample | null = null
  let isBusy = false
  const beat = async (): Promise<void> => {
    const standing = target()
    if (!standing || isBusy) return
    isBusy = true
    try {
      const sample = await takeSample(standing, nowMs)
      // Replaced or closed while the browser answered: nobody wants the old one's figures.
      if (target()?.generation !== sample.generation) return
      latest = sample
      for (const listener of [...listeners]) listener(sample)
    } catch {
      // A transport that is closed has no figures.
    } finally {
      isBusy = false
    }
  }
  const timer = setInterval(() => void beat(), SAMPLE_EVERY_MS)
  return {
    onSample(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    latest: () => latest,
    close() {
      clearInterval(timer)
      listeners.clear()
    },
  }
}

function monotonicMs(): number {
  return performance.now()
}

async function takeSample(target: StatsTarget, nowMs: () => number): Promise<StatsSample> {
  const [sent, received] = await Promise.all([
    entriesOf(target.send.getStats()),
    entriesOf(target.receive.getStats()),
  ])
  return {
    atMs: nowMs(),
    generation: target.generation,
    send: { transport: transportFiguresOf(sent), tracks: sendFiguresOf(sent) },
    receive: {
      transport: transportFiguresOf(received),
      tracks: withConsumers(receiveFiguresOf(received), target.consumers()),
    },
  }
}

/** Figures of tracks whose consumer is closed are left out. */
function withConsumers(
  tracks: readonly ReceiveFigures[],
  consumers: readonly SampledConsumer[],
): ReceivedTrack[] {
  return tracks.flatMap((track) => {
    const consumer = consumers.find(({ trackId }) => trackId === track.trackId)
    return consumer ? [{ ...track, consumerId: consumer.consumerId, seatId: consumer.seatId }] : []
  })
}

async function entriesOf(report: Promise<RTCStatsReport>): Promise<ReportEntries> {
  const entries: Readonly<Record<string, unknown>>[] = []
  // The DOM's type of a report knows `forEach` only.
  ;(await report).forEach((entry: Readonly<Record<string, unknown>>) => void entries.push(entry))
  return entries
}
