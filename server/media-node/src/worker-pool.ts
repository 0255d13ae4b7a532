import { EventEmitter, once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '@visavis/contract/errors'
import type { Logger } from '@visavis/platform/log'
import type { MediaNodeConfig } from './config.ts'
import { startMediaWorker } from './media-worker.ts'
import type { MediaWorker, OpenWorker, PrivateWorker, WorkerPlace } from './media-worker.ts'

type Slot = { readonly place: WorkerPlace; worker: MediaWorker | null }

type PoolEvents = {
  /** A worker died with all that stood on it. */
  lost: [MediaWorker]
  /** A worker stands in the place of a dead one. */
  replaced: [MediaWorker]
}

/** A new worker is up within a tenth of a second; whoever wants a room meanwhile waits no longer than this. */
const REPLACEMENT_WAIT_MS = 4_000
/** A worker that cannot start (a port not yet free) is tried again after this. */
const RESTART_EVERY_MS = 250

/** Owns the worker processes: starts them, replaces a dead one in its place (same ports), closes them. */
export class WorkerPool extends EventEmitter<PoolEvents> {
  readonly #config: MediaNodeConfig
  readonly #log: Logger
  readonly #slots: Slot[]
  #isClosed = false

  constructor(config: MediaNodeConfig, { bootId, log }: { bootId: string; log: Logger }) {
    super()
    this.#config = config
    this.#log = log
    this.#slots = Array.from({ length: config.openWorkers + 1 }, (_, index) => ({
      place: {
        pool: index < config.openWorkers ? 'open' : 'private',
        port: config.rtcPort + index,
        bootId,
      },
      worker: null,
    }))
    // Each room that waits for a replacement listens.
    this.setMaxListeners(0)
  }

  /** Starts all workers. Rejects when one cannot start. */
  async start(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.#fill(slot)))
  }

  /** The workers that stand now. */
  workers(): MediaWorker[] {
    return this.#slots.flatMap(({ worker }) => (worker ? [worker] : []))
  }

  /** The worker of the open pool with the least load; waits for one if all are being replaced. */
  pickOpen(loadOf: (worker: MediaWorker) => number): Promise<OpenWorker> {
    return this.#pick((worker) => (worker.pool === 'open' ? worker : null), loadOf)
  }

  /** The same for the private pool. */
  pickPrivate(loadOf: (worker: MediaWorker) => number): Promise<PrivateWorker> {
    return this.#pick((worker) => (worker.pool === 'private' ? worker : null), loadOf)
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true
    for (const slot of this.#slots) slot.worker?.close()
  }

  async #pick<Kind extends MediaWorker>(
    ofKind: (worker: MediaWorker) => Kind | null,
    loadOf: (worker: MediaWorker) => number,
  ): Promise<Kind> {
    const deadline = AbortSignal.timeout(REPLACEMENT_WAIT_MS)
    for (;;) {
      const candidates = this.workers().flatMap((worker) => ofKind(worker) ?? [])
      const best = candidates.sort((a, b) => loadOf(a) - loadOf(b))[0]
      if (best) return best
      await once(this, 'replaced', { signal: deadline }).catch(() => {
        throw new Refusal('MEDIA_UNAVAILABLE')
      })
    }
  }

  async #fill(slot: Slot): Promise<MediaWorker> {
    const worker = await startMediaWorker(this.#config, slot.place)
    if (this.#isClosed) worker.close()
    slot.worker = worker
    worker.onDied(() => void this.#replace(slot, worker))
    this.#log.info({ workerPid: worker.pid, ...slot.place }, 'worker started')
    return worker
  }

  async #replace(slot: Slot, dead: MediaWorker): Promise<void> {
    this.#log.error({ workerPid: dead.pid, ...slot.place }, 'worker died')
    slot.worker = null
    this.emit('lost', dead)
    while (!this.#isClosed) {
      const worker = await this.#fill(slot).catch((error: unknown) => {
        this.#log.error({ err: error, ...slot.place }, 'worker not replaced yet')
        return null
      })
      if (worker) {
        this.emit('replaced', worker)
        return
      }
      await pause(RESTART_EVERY_MS)
    }
  }
}
