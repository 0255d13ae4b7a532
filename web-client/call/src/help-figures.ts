import type { HelpFigures } from '@visavis/contract/help'
import type { StatsSample } from './stats-sampler.ts'

/** Samples, one a second, over which rates and losses are told: long enough to be steady, short enough to be now. */
const LOOK_BACK = 5

/** The figures that go with a call for help. */
export type HelpFigureBook = {
  readonly hear: (sample: StatsSample) => void
  /** How the line fared in the last seconds; null: nothing is known of it. */
  readonly figures: () => HelpFigures | null
}

export function createHelpFigureBook(): HelpFigureBook {
  let samples: readonly StatsSample[] = []
  return {
    hear(sample) {
      const ofSameTransports = samples.filter(({ generation }) => generation === sample.generation)
      samples = [...ofSameTransports, sample].slice(-LOOK_BACK - 1)
    },
    figures() {
      const [first] = samples
      const last = samples.at(-1)
      return first && last ? figuresBetween(first, last) : null
    },
  }
}

/** What changed between two samples of the same transports, in whole numbers; null where it is not known. */
export function figuresBetween(first: StatsSample, last: StatsSample): HelpFigures {
  const { transport } = last.receive
  const lossShares = last.send.tracks.flatMap(({ lossShare }) => lossShare ?? [])
  const videos = last.receive.tracks.filter(({ kind }) => kind === 'video')
  const roundTrips = [last.send, last.receive].flatMap((way) => way.transport?.roundTripMs ?? [])
  return {
    roundTripMs: highest(roundTrips),
    lossInPercent: lossIn(first, last),
    lossOutPercent: highest(lossShares.map(percent)),
    kbitIn: rate(first, last, bytesIn),
    kbitOut: rate(first, last, bytesOut),
    framesPerSecond: highest(videos.map((each) => each.framesPerSecond)),
    protocol: transport?.protocol ?? null,
    isRelayed: transport?.isRelayed ?? false,
  }
}

/** The highest, in whole numbers; null: there is none. */
function highest(values: readonly number[]): number | null {
  return values.length > 0 ? Math.round(Math.max(...values)) : null
}

const BITS_OF_BYTE = 8

const bytesIn = ({ receive }: StatsSample) => receive.transport?.bytesReceived ?? null
const bytesOut = ({ send }: StatsSample) => send.transport?.bytesSent ?? null

/** Bits a millisecond are kilobits a second. */
function rate(
  first: StatsSample,
  last: StatsSample,
  count: (sample: StatsSample) => number | null,
): number | null {
  const [from, to] = [count(first), count(last)]
  const ms = last.atMs - first.atMs
  if (from === null || to === null || ms <= 0) return null
  return Math.max(0, Math.round(((to - from) * BITS_OF_BYTE) / ms))
}

function lossIn(first: StatsSample, last: StatsSample): number | null {
  let [came, lost] = [0, 0]
  for (const track of last.receive.tracks) {
    const before = first.receive.tracks.find(({ trackId }) => trackId === track.trackId)
    if (!before) continue
    came += track.packets - before.packets
    lost += track.packetsLost - before.packetsLost
  }
  return came + lost > 0 ? percent(lost / (came + lost)) : null
}

function percent(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 100)
}
