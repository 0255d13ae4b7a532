import type { types } from 'mediasoup'
import { Counter, Gauge } from '@visavis/platform/metrics'
import type { Registry } from '@visavis/platform/metrics'
import { onOwnWorker } from './own-workers.ts'
import type { Room } from './room.ts'

type Given = {
  readonly bootId: string
  readonly rooms: () => readonly Pick<Room, 'router'>[]
}

const KINDS = ['router', 'transport', 'producer', 'consumer'] as const
type Kind = (typeof KINDS)[number]
const POOLS = ['open', 'private'] as const
const MS_PER_S = 1_000

/** What the library's own events say of this start of the node. */
type Standing = {
  readonly workers: Set<types.Worker>
  readonly counts: Map<string, number>
}

/**
 * Puts the figures of the media into a registry: workers, rooms and what stands on them, by pool and never by
 * visit. Call it before the workers start; the answer ends it.
 */
export function measureMedia(registry: Registry, { bootId, rooms }: Given): () => void {
  const standing: Standing = { workers: new Set(), counts: new Map() }
  const deaths = new Counter({
    name: 'visavis_media_worker_deaths_total',
    help: 'Workers that ended by themselves.',
    labelNames: ['pool'],
    registers: [registry],
  })
  showStanding(registry, standing)
  showRooms(registry, rooms)
  return onOwnWorker(bootId, (worker) => {
    standing.workers.add(worker)
    worker.on('died', () => deaths.inc({ pool: poolOf(worker) }))
    worker.observer.once('close', () => standing.workers.delete(worker))
    followWorker(worker, standing.counts)
  })
}

function followWorker(worker: types.Worker, counts: Map<string, number>): void {
  const pool = poolOf(worker)
  const count = (
    kind: Kind,
    object: { once: (event: 'close', listener: () => void) => unknown },
  ) => {
    const key = `${kind} ${pool}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    object.once('close', () => counts.set(key, (counts.get(key) ?? 0) - 1))
  }
  worker.observer.on('newrouter', (router) => {
    count('router', router.observer)
    router.observer.on('newtransport', (transport) => {
      count('transport', transport.observer)
      transport.observer.on('newproducer', (producer) => count('producer', producer.observer))
      transport.observer.on('newconsumer', (consumer) => count('consumer', consumer.observer))
    })
  })
}

function showStanding(registry: Registry, { workers, counts }: Standing): void {
  new Gauge({
    name: 'visavis_media_objects',
    help: 'What stands on the workers.',
    labelNames: ['kind', 'pool'],
    registers: [registry],
    collect() {
      for (const kind of KINDS) {
        for (const pool of POOLS) this.set({ kind, pool }, counts.get(`${kind} ${pool}`) ?? 0)
      }
    },
  })
  new Gauge({
    name: 'visavis_media_worker_cpu_seconds',
    help: 'Processor time that each worker has used since it started.',
    labelNames: ['pool', 'port'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const worker of workers) {
        const used = await worker.getResourceUsage().catch(() => null)
        if (!used) continue
        const labels = { pool: poolOf(worker), port: String(worker.appData['port']) }
        this.set(labels, (used.ru_utime + used.ru_stime) / MS_PER_S)
      }
    },
  })
}

function showRooms(registry: Registry, rooms: Given['rooms']): void {
  new Gauge({
    name: 'visavis_media_rooms',
    help: 'Visits that have a room on this node.',
    labelNames: ['pool'],
    registers: [registry],
    collect() {
      for (const pool of POOLS) {
        this.set({ pool }, rooms().filter(({ router }) => router.pool === pool).length)
      }
    },
  })
}

function poolOf(worker: types.Worker): string {
  return worker.appData['pool'] === 'private' ? 'private' : 'open'
}
