import { Refusal } from '@visavis/contract/errors'
import type { Logger } from '@visavis/platform/log'
import { Loop } from './loop.ts'
import type { MediaWorker } from './media-worker.ts'
import type { WorkerPool } from './worker-pool.ts'

/** As many on each worker: together they take a tenth of what it carries, so that no visit feels them. */
const MAX_LOOPS_PER_WORKER = 6
/** A test takes half of it; a page that went away without a word is not waited for any longer. */
const LOOP_LIFE_MS = 60_000

/** Owns the loops of this node: few, short and apart from every visit. */
export class Loops {
  readonly #pool: WorkerPool
  readonly #log: Logger
  readonly #loops = new Map<string, Loop>()

  constructor({ pool, log }: { pool: WorkerPool; log: Logger }) {
    this.#pool = pool
    this.#log = log
    pool.on('lost', (worker) => {
      for (const loop of this.#on(worker)) loop.close()
    })
  }

  /** Opens a loop on the worker that has the fewest; one of the same id is closed first. */
  async open(loopId: string): Promise<Loop> {
    this.find(loopId)?.close()
    const worker = await this.#pool.pickOpen((each) => this.#on(each).length)
    if (this.#on(worker).length >= MAX_LOOPS_PER_WORKER) throw new Refusal('TOO_MANY_REQUESTS')
    const loop = new Loop(loopId, worker.router)
    this.find(loopId)?.close()
    this.#loops.set(loopId, loop)
    const timer = setTimeout(() => loop.close(), LOOP_LIFE_MS).unref()
    loop.once('closed', () => {
      clearTimeout(timer)
      if (this.#loops.get(loopId) === loop) this.#loops.delete(loopId)
    })
    return loop
  }

  find(loopId: string): Loop | null {
    return this.#loops.get(loopId) ?? null
  }

  /** The loop; refuses with TRANSPORT_NOT_FOUND when there is none any more. */
  get(loopId: string): Loop {
    const loop = this.find(loopId)
    if (!loop) throw new Refusal('TRANSPORT_NOT_FOUND')
    return loop
  }

  /** OV-8: something of it went where it may not. */
  violated(loopId: string, what: string): void {
    this.#log.error({ loopId, what }, 'loop closed: violated')
    this.find(loopId)?.close()
  }

  /** Idempotent. */
  closeAll(): void {
    for (const loop of this.#loops.values()) loop.close()
  }

  #on({ pid }: MediaWorker): Loop[] {
    return [...this.#loops.values()].filter(({ router }) => router.workerPid === pid)
  }
}
