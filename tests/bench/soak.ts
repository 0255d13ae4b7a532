import { setTimeout as pause } from 'node:timers/promises'
import { mediaCommands, mediaEvents } from '@visavis/contract/media-control'
import { connectControl } from '@visavis/platform/control-client'
import { holdingOf } from '../support/process-memory.ts'
import { readable, slopeOf } from '../support/statistics.ts'
import type { MediaLoad } from './media-load.ts'

/** How long visits come and go, and how many at a time. */
export type SoakOrder = { readonly visits: number; readonly forMs: number }

type Sample = {
  readonly atMs: number
  readonly workerMb: number
  readonly nodeMb: number
  /** Files and sockets of both processes. */
  readonly files: number
  readonly rooms: number
  readonly transports: number
}

/** So many end and as many begin each time. */
const CHANGED_AT_ONCE = 2
const CHANGE_EVERY_MS = 4_000
/** Caches, heaps and thread pools have their size after this share of the time. */
const WARM_UP_SHARE = 0.3
const MINUTE_MS = 60_000
/** Heaps breathe by more than this within a minute; what leaks on each visit grows by more. */
const MOST_MB_A_MINUTE = 0.5

/**
 * Visits come and go for that long, as many at a time as asked for. What the processes hold is looked at
 * after each change, when the same number stands; the slopes are of the time after the warm-up.
 */
export async function soak(load: MediaLoad, { visits, forMs }: SoakOrder) {
  const { describe, close } = await connect(load)
  try {
    await load.open(visits)
    const samples: Sample[] = []
    const endMs = performance.now() + forMs
    while (performance.now() < endMs) {
      await load.close(CHANGED_AT_ONCE)
      await load.open(CHANGED_AT_ONCE)
      await pause(CHANGE_EVERY_MS)
      const sample = await look(load, describe)
      samples.push(sample)
      if (samples.length % 10 === 1) console.log(JSON.stringify(sample))
    }
    const { lossPct } = await load.measure(CHANGE_EVERY_MS)
    return { ...judged(samples), visits, changed: samples.length * CHANGED_AT_ONCE, lossPct }
  } finally {
    close()
  }
}

async function connect({ control: { url, secret } }: MediaLoad) {
  const control = connectControl({
    ...{ url, secret },
    commands: mediaCommands,
    events: mediaEvents,
    code: 'MEDIA_UNAVAILABLE',
  })
  await new Promise<void>((resolve) => control.onConnected(resolve))
  return { describe: () => control.call('describe', {}), close: control.close }
}

type Describe = Awaited<ReturnType<typeof connect>>['describe']

async function look({ pids }: MediaLoad, describe: Describe): Promise<Sample> {
  const { worker, node } = pids()
  const [ofWorker, ofNode] = await Promise.all([holdingOf(worker), holdingOf(node)])
  const { rooms } = await describe()
  const peers = rooms.flatMap((room) => room.peers)
  return {
    atMs: performance.now(),
    workerMb: readable(ofWorker.memoryMb),
    nodeMb: readable(ofNode.memoryMb),
    files: ofWorker.files + ofNode.files,
    rooms: rooms.length,
    transports: peers.filter(({ hasTransports }) => hasTransports).length * 2,
  }
}

function judged(all: readonly Sample[]) {
  const samples = all.slice(Math.floor(all.length * WARM_UP_SHARE))
  const perMinute = (pick: (sample: Sample) => number) =>
    readable(slopeOf(samples.map((each) => ({ x: each.atMs / MINUTE_MS, y: pick(each) }))))
  const growthPerMinute = {
    workerMb: perMinute(({ workerMb }) => workerMb),
    nodeMb: perMinute(({ nodeMb }) => nodeMb),
    files: perMinute(({ files }) => files),
    rooms: perMinute(({ rooms }) => rooms),
    transports: perMinute(({ transports }) => transports),
  }
  const [first, last] = [samples[0], samples.at(-1)]
  const hasMore = (pick: (sample: Sample) => number) =>
    first !== undefined && last !== undefined && pick(last) > pick(first)
  const { workerMb, nodeMb } = growthPerMinute
  return {
    growthPerMinute,
    isGrowing:
      Math.max(workerMb, nodeMb) > MOST_MB_A_MINUTE ||
      hasMore(({ files }) => files) ||
      hasMore(({ transports }) => transports) ||
      hasMore(({ rooms }) => rooms),
    last,
  }
}
