import type { LoopFigures } from '@visavis/contract/preflight-rules'
import type { ReceiveFigures, SendFigures, TransportFigures } from './stats-report.ts'

/** A loop's figures of one moment. */
export type LoopSample = {
  readonly atMs: number
  readonly send: {
    readonly transport: TransportFigures | null
    readonly tracks: readonly SendFigures[]
  }
  readonly receive: {
    readonly transport: TransportFigures | null
    readonly tracks: readonly ReceiveFigures[]
  }
}

/** Rates begin low and rise: the first seconds would count against a good line. */
const RISING_MS = 2_000

/** What a loop came to, from its samples in their order; null when nothing came back. */
export function loopFiguresOf(samples: readonly LoopSample[]): LoopFigures | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last) return null
  const back = packetsBetween(first, last)
  if (back.received <= 0) return null
  return {
    ms: last.atMs - first.atMs,
    ...wayOf(last),
    roundTripMs: median(samples.map(({ send }) => send.transport?.roundTripMs)),
    jitterMs: median(samples.flatMap(({ receive }) => receive.tracks.map((each) => each.jitterMs))),
    lossUp: mean(samples.flatMap(({ send }) => send.tracks.map((each) => each.lossShare))),
    lossDown: back.lost / (back.lost + back.received),
    ...ratesBetween(samples.find(({ atMs }) => atMs - first.atMs >= RISING_MS) ?? first, last),
  }
}

function wayOf({ send: { transport } }: LoopSample) {
  return {
    protocol: transport?.protocol ?? ('udp' as const),
    isRelayed: transport?.isRelayed ?? false,
    capacityBps: transport?.availableOutgoingBps ?? null,
  }
}

function ratesBetween(from: LoopSample, to: LoopSample): { upBps: number; downBps: number } {
  const ms = to.atMs - from.atMs
  const rateOf = (bytes: (sample: LoopSample) => number): number =>
    ms > 0 ? Math.max(0, Math.round(((bytes(to) - bytes(from)) * 8_000) / ms)) : 0
  return {
    upBps: rateOf(({ send }) => bytesOf(send.tracks)),
    downBps: rateOf(({ receive }) => bytesOf(receive.tracks)),
  }
}

/** Whether the microphone gave anything at all; null where the browser does not say. */
export function hasSounded(samples: readonly LoopSample[]): boolean | null {
  const energies = samples.flatMap(({ send }) =>
    send.tracks.flatMap(({ kind, soundEnergy }) => (kind === 'audio' ? [soundEnergy] : [])),
  )
  const known = energies.filter((energy) => energy !== null)
  const [first, last] = [known[0], known.at(-1)]
  return first === undefined || last === undefined || known.length < 2 ? null : last > first
}

function bytesOf(tracks: readonly { readonly bytes: number }[]): number {
  return tracks.reduce((sum, { bytes }) => sum + bytes, 0)
}

function packetsBetween(from: LoopSample, to: LoopSample): { received: number; lost: number } {
  const sum = (key: 'packets' | 'packetsLost', { receive }: LoopSample): number =>
    receive.tracks.reduce((total, track) => total + track[key], 0)
  return {
    received: sum('packets', to) - sum('packets', from),
    lost: Math.max(0, sum('packetsLost', to) - sum('packetsLost', from)),
  }
}

type Maybe = number | null | undefined

function median(values: readonly Maybe[]): number | null {
  const known = values.filter((value) => typeof value === 'number').toSorted((a, b) => a - b)
  return known[Math.floor(known.length / 2)] ?? null
}

function mean(values: readonly Maybe[]): number {
  const known = values.filter((value) => typeof value === 'number')
  const sum = known.reduce((total, value) => total + value, 0)
  return known.length === 0 ? 0 : Math.min(1, Math.max(0, sum / known.length))
}
