import { version as mediasoup } from 'mediasoup'
import type { types } from 'mediasoup'
import type { CensusCounts, CensusLine } from '@visavis/contract/census'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { CensusChain } from './census-chain.ts'
import { RouterCount } from './census-count.ts'
import { onOwnWorker } from './own-workers.ts'
import type { Tell } from './tell.ts'

type CensusParts = {
  readonly bootId: string
  readonly clock: Clock
  readonly tell: Tell
  readonly log: Logger
  /** Whose lines are nobody's: a canary's. */
  readonly isDrill: (visitId: string) => boolean
}

/** A room that is to be counted. */
export type CountedRoom = {
  readonly visitId: string
  readonly epoch: number
  readonly routerId: string
}

/** How a room ended. */
export type RoomEnd = {
  readonly end: NonNullable<CensusLine['end']>
  readonly violation?: string
}

type Counted = {
  readonly chain: CensusChain
  readonly count: RouterCount
  isChangeDue: boolean
}

/** Lines that are told in one event. */
const TOLD_AT_ONCE = 50
/** Rooms that ended and whose lines nobody takes; the oldest go first. */
const MOST_ENDED = 500
const MAX_VIOLATION_LENGTH = 200

const keyOf = ({ visitId, epoch }: Pick<CountedRoom, 'visitId' | 'epoch'>): string =>
  `${visitId} ${epoch}`

/**
 * OV-8: the census of privileged rooms. What it counts comes from the library's own events; only where a
 * room begins and ends is told by our code. Made before the workers, like the watch.
 */
export class Census {
  readonly #parts: CensusParts
  readonly #routers = new Map<string, RouterCount>()
  readonly #standing = new Map<string, Counted>()
  readonly #ended = new Map<string, CensusChain>()
  /** Workers that are counted already stay so until they end. Idempotent. */
  readonly close: () => void

  constructor(parts: CensusParts) {
    this.#parts = parts
    this.close = onOwnWorker(parts.bootId, (worker) => this.#watchWorker(worker))
  }

  /** Begins the chain of a room; one on a shared router has none. */
  begin({ visitId, epoch, routerId }: CountedRoom): void {
    const count = this.#routers.get(routerId)
    if (!count) return
    count.bind(visitId)
    const chain = new CensusChain({ visitId, epoch, bootId: this.#parts.bootId })
    const counted = { chain, count, isChangeDue: false }
    this.#standing.set(keyOf({ visitId, epoch }), counted)
    const software = { mediasoup, node: process.versions.node }
    this.#write(counted, { kind: 'BEGIN', software })
  }

  /** Ends it; the room is closed already. */
  end(room: Pick<CountedRoom, 'visitId' | 'epoch'>, { end, violation }: RoomEnd): void {
    const key = keyOf(room)
    const counted = this.#standing.get(key)
    if (!counted) return
    this.#standing.delete(key)
    if (!this.#parts.isDrill(room.visitId)) this.#keepEnded(key, counted.chain)
    const why = violation === undefined ? {} : { violation: printable(violation) }
    this.#write(counted, { kind: 'END', end, ...why })
  }

  /** What stands in a visit's room now, or null if none is counted. */
  countsOf(visitId: string): CensusCounts | null {
    return this.#countOf(visitId)?.now() ?? null
  }

  /** The library's router under a visit's room, or null if none is counted. */
  routerOf(visitId: string): types.Router | null {
    return this.#countOf(visitId)?.router ?? null
  }

  /** To be called each five seconds: writes a line for every room, and tells again what nobody took. */
  async beat(): Promise<void> {
    for (const counted of this.#standing.values()) this.#write(counted, { kind: 'EVERY' })
    for (const chain of this.#ended.values()) this.#tell(chain)
  }

  /** A server has stored the lines up to that one. */
  stored(room: { visitId: string; epoch: number; seq: number }): void {
    const key = keyOf(room)
    const chain = this.#standing.get(key)?.chain ?? this.#ended.get(key)
    if (!chain) return
    chain.stored(room.seq)
    const isEmpty = chain.kept(1).length === 0
    if (isEmpty && chain.hasEnded) this.#ended.delete(key)
    if (!isEmpty) this.#tell(chain)
  }

  #countOf(visitId: string): RouterCount | undefined {
    const all = [...this.#standing.values()]
    return all.find(({ chain }) => chain.place.visitId === visitId)?.count
  }

  #watchWorker(worker: types.Worker): void {
    if (worker.appData['pool'] !== 'private') return
    worker.observer.on('newrouter', (router) => {
      const count = new RouterCount(router, () => this.#noticeChange(router.id))
      this.#routers.set(router.id, count)
      router.observer.once('close', () => this.#routers.delete(router.id))
    })
  }

  /** All that changes in one turn is one line: a peer that opens has two transports. */
  #noticeChange(routerId: string): void {
    for (const [key, counted] of this.#standing) {
      if (counted.count.router.id !== routerId || counted.isChangeDue) continue
      counted.isChangeDue = true
      setImmediate(() => {
        counted.isChangeDue = false
        if (this.#standing.get(key) === counted) this.#write(counted, { kind: 'CHANGE' })
      })
    }
  }

  #write(
    { chain, count }: Counted,
    what: Pick<CensusLine, 'kind' | 'software'> & Partial<RoomEnd>,
  ): void {
    chain.write({ ...what, at: this.#parts.clock.now(), counts: () => count.takeMost() })
    this.#tell(chain)
  }

  #tell(chain: CensusChain): void {
    const { visitId, epoch } = chain.place
    const lines = chain.kept(TOLD_AT_ONCE)
    if (lines.length === 0 || this.#parts.isDrill(visitId)) return
    this.#parts.tell('room:counted', { visitId, epoch, lines })
  }

  #keepEnded(key: string, chain: CensusChain): void {
    this.#ended.set(key, chain)
    const oldest = this.#ended.keys().next()
    if (this.#ended.size <= MOST_ENDED || oldest.done) return
    this.#ended.delete(oldest.value)
    this.#parts.log.error({ room: oldest.value }, 'census forgotten: nobody has taken it')
  }
}

/** Within what a line may hold, whatever was found. */
function printable(what: string): string {
  return what.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_VIOLATION_LENGTH)
}
