import { randomUUID } from 'node:crypto'
import { mediaCommands, mediaEvents } from '@visavis/contract/media-control'
import type { Clock } from '@visavis/platform/clock'
import { serveControl } from '@visavis/platform/control-server'
import type { ControlServer } from '@visavis/platform/control-server'
import type { Logger } from '@visavis/platform/log'
import { createMetrics } from '@visavis/platform/metrics'
import type { Registry } from '@visavis/platform/metrics'
import { CENSUS_EVERY_MS } from '@visavis/contract/census'
import { startBeat } from './beat.ts'
import { Census } from './census.ts'
import type { MediaNodeConfig } from './config.ts'
import { Drills } from './drills.ts'
import { FlowMeter, MEASURE_EVERY_MS } from './flow-meter.ts'
import { createHandlers } from './handlers.ts'
import { Levels } from './levels.ts'
import { Loops } from './loops.ts'
import { measureMedia } from './media-figures.ts'
import { Peers } from './peers.ts'
import { QUALITY_EVERY_MS, QualityMeter } from './quality-meter.ts'
import type { Room } from './room.ts'
import { Rooms } from './rooms.ts'
import type { Tell } from './tell.ts'
import { TransportStats } from './transport-stats.ts'
import { Watch } from './watch.ts'
import { WorkerPool } from './worker-pool.ts'

/** A running media node. */
export type MediaNode = {
  /** Where its control server listens. */
  readonly controlPort: number
  /** Idempotent. */
  readonly close: () => Promise<void>
}

type NodeSurroundings = {
  readonly log: Logger
  readonly clock: Clock
  /** Milliseconds of a clock that is never set; injected by tests. */
  readonly monotonicMs?: () => number
  /** Where its figures go; they are read at the control port. */
  readonly metrics?: Registry
}

/** The control side door is for this machine; another host reaches it through a tunnel of the operator's. */
const CONTROL_HOST = '127.0.0.1'

/** Starts the workers and the control server. Throws ConfigFaults when a port is taken. */
export async function createMediaNode(
  config: MediaNodeConfig,
  {
    log,
    clock,
    monotonicMs = () => performance.now(),
    metrics = createMetrics(),
  }: NodeSurroundings,
): Promise<MediaNode> {
  const bootId = randomUUID()
  let control: ControlServer<typeof mediaEvents> | null = null
  const drills = new Drills()
  const tell = drills.hushed((name, payload) => control?.tell(name, payload))
  const pool = new WorkerPool(config, { bootId, log })
  const peers = new Peers()
  const census = new Census({ bootId, clock, tell, log, isDrill: (id) => drills.has(id) })
  const levels = new Levels({ tell, log })
  const rooms = new Rooms({ pool, peers, levels, census, drills, tell, clock, monotonicMs, log })
  const loops = new Loops({ pool, log })
  const stats = new TransportStats(monotonicMs)
  const watch = watchMedia({ bootId, rooms, loops, log, metrics })
  const endBeats = startBeats({
    rooms,
    census,
    log,
    meter: new FlowMeter({ rooms, peers, tell, stats }),
    quality: new QualityMeter({ rooms, peers, tell, stats, monotonicMs }),
  })
  tellConnections(peers, tell)
  const closeMedia = () => {
    endBeats()
    rooms.closeAll()
    loops.closeAll()
    pool.close()
    watch.close()
    census.close()
  }
  try {
    await pool.start()
    const parts = { bootId, rooms, peers, loops, census, drills, pool, log, clock, metrics }
    control = await serve(config, parts)
  } catch (error) {
    closeMedia()
    throw error
  }
  const { port: controlPort } = control
  log.info({ controlPort, workers: pool.workers().length, bootId }, 'media node is up')
  return { controlPort, close: closeOnce(control, closeMedia) }
}

function serve(
  config: MediaNodeConfig,
  parts: {
    bootId: string
    rooms: Rooms
    peers: Peers
    loops: Loops
    census: Census
    drills: Drills
    pool: WorkerPool
    log: Logger
    clock: Clock
    metrics: Registry
  },
): Promise<ControlServer<typeof mediaEvents>> {
  const { rooms, pool, log, metrics } = parts
  return serveControl({
    host: CONTROL_HOST,
    port: config.controlPort,
    secret: config.controlSecret,
    commands: mediaCommands,
    events: mediaEvents,
    handlers: createHandlers({ config, ...parts }),
    log,
    metrics,
    health: () => ({ workers: pool.workers().length, rooms: rooms.all().length }),
  })
}

function watchMedia({
  bootId,
  rooms,
  loops,
  log,
  metrics,
}: {
  bootId: string
  rooms: Rooms
  loops: Loops
  log: Logger
  metrics: Registry
}): { readonly close: () => void } {
  const endFigures = measureMedia(metrics, { bootId, rooms: () => rooms.all() })
  const watch = new Watch({
    bootId,
    log,
    factsOf: (visitId) => rooms.find(visitId)?.facts ?? null,
    visitsOn: (routerId) =>
      rooms
        .all()
        .filter(({ router }) => router.routerId === routerId)
        .map(({ visitId }) => visitId),
    violated: (visitId, what) => rooms.violated(visitId, what),
    loopViolated: (loopId, what) => loops.violated(loopId, what),
  })
  return {
    close: () => {
      endFigures()
      watch.close()
    },
  }
}

function startBeats({
  rooms,
  census,
  meter,
  quality,
  log,
}: {
  rooms: Rooms
  census: Census
  meter: FlowMeter
  quality: QualityMeter
  log: Logger
}): () => void {
  const noteFailure = (error: unknown) => log.error({ err: error }, 'beat failed')
  const ends = [
    startBeat(MEASURE_EVERY_MS, () => meter.measure(), noteFailure),
    startBeat(CENSUS_EVERY_MS, () => census.beat(), noteFailure),
    startBeat(QUALITY_EVERY_MS, () => quality.measure(), noteFailure),
    startBeat(PICTURES_TICK_MS, async () => rooms.all().forEach(tickPictures), noteFailure),
  ]
  return () => ends.forEach((end) => end())
}

/** As exact as the beats of rooms need to be: they lie at random within four seconds. */
const PICTURES_TICK_MS = 50

function tickPictures({ pictures }: Room): void {
  pictures.tick()
}

function tellConnections(peers: Peers, tell: Tell): void {
  peers.on('connectionChanged', ({ router, peerId, visitId }, isConnected) => {
    tell('peer:connectionChanged', { visitId, routerId: router.routerId, peerId, isConnected })
  })
}

function closeOnce(
  control: ControlServer<typeof mediaEvents>,
  closeMedia: () => void,
): () => Promise<void> {
  let closing: Promise<void> | null = null
  return () => {
    closing ??= control.close().then(closeMedia)
    return closing
  }
}
