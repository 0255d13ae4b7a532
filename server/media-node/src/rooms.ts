import type { RoomFacts } from '@visavis/contract/media-graph'
import { Refusal } from '@visavis/contract/errors'
import type { RouterInfo } from '@visavis/contract/media-control'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Census, RoomEnd } from './census.ts'
import type { Drills } from './drills.ts'
import type { FlowLog } from './flow-log.ts'
import type { Levels } from './levels.ts'
import type { MediaRouter } from './media-router.ts'
import type { MediaWorker } from './media-worker.ts'
import type { Peer } from './peer.ts'
import type { Peers } from './peers.ts'
import { Room } from './room.ts'
import { KeyedQueue } from './serial.ts'
import type { Tell } from './tell.ts'
import type { WorkerPool } from './worker-pool.ts'

type RoomRequest = { readonly visitId: string; readonly epoch: number; readonly facts: RoomFacts }

type RoomsParts = {
  readonly pool: WorkerPool
  readonly peers: Peers
  readonly levels: Levels
  readonly census: Pick<Census, 'begin' | 'end'>
  readonly drills: Pick<Drills, 'has'>
  readonly tell: Tell
  readonly clock: Clock
  readonly monotonicMs: () => number
  readonly log: Logger
}

/** Owns the rooms of this node: places them, keeps them in step with peers, and buries those of a dead worker. */
export class Rooms {
  readonly #parts: RoomsParts
  readonly #rooms = new Map<string, Room>()
  readonly #opening = new KeyedQueue()

  constructor(parts: RoomsParts) {
    this.#parts = parts
    const { pool, peers } = parts
    peers.on('opened', (peer) => this.#reconcileAround(peer))
    peers.on('sourcesChanged', (peer) => this.#reconcileAround(peer))
    peers.on('wishesChanged', (peer) => this.#reconcileAround(peer))
    peers.on('connectionChanged', ({ visitId, peerId }, isConnected) => {
      if (!visitId && !isConnected) for (const room of this.all()) room.pictures.hold(peerId)
    })
    pool.on('lost', (worker) => this.#bury(worker))
    pool.on('replaced', (worker) => {
      if (worker.pool === 'open') parts.tell('router:added', worker.router.info())
    })
  }

  all(): Room[] {
    return [...this.#rooms.values()]
  }

  find(visitId: string): Room | null {
    return this.#rooms.get(visitId) ?? null
  }

  /** The room; refuses with ROOM_NOT_FOUND, or MEDIA_EPOCH_CHANGED if it is another epoch's. */
  get(visitId: string, epoch: number | null = null): Room {
    const room = this.#rooms.get(visitId)
    if (!room) throw new Refusal('ROOM_NOT_FOUND')
    if (epoch !== null && room.epoch !== epoch) {
      throw new Refusal('MEDIA_EPOCH_CHANGED', { epoch: room.epoch })
    }
    return room
  }

  /** Routers that stand: the shared ones and those of privileged rooms. */
  routers(): MediaRouter[] {
    const { pool } = this.#parts
    const shared = pool.workers().flatMap((one) => (one.pool === 'open' ? [one.router] : []))
    const own = this.all().flatMap(({ router }) => (router.pool === 'private' ? [router] : []))
    return [...shared, ...own]
  }

  router(routerId: string): MediaRouter | null {
    return this.routers().find((router) => router.routerId === routerId) ?? null
  }

  /** Opens a room, updates it (same epoch) or replaces it (higher epoch). */
  open({ visitId, epoch, facts }: RoomRequest): Promise<RouterInfo> {
    return this.#opening.run(visitId, async () => {
      const standing = this.find(visitId)
      if (standing && standing.epoch > epoch) {
        throw new Refusal('MEDIA_EPOCH_CHANGED', { epoch: standing.epoch })
      }
      if (standing?.epoch === epoch) {
        await this.update({ visitId, epoch, facts })
        return standing.router.info()
      }
      if (standing) this.#remove(standing)
      return this.#place({ visitId, epoch, facts })
    })
  }

  /**
   * Replaces a room's facts. A class never changes within a room (OV-1), since its router follows from
   * it: such facts close the room before they are refused.
   */
  async update({ visitId, epoch, facts }: RoomRequest): Promise<void> {
    const room = this.get(visitId, epoch)
    if (room.facts?.visitClass !== facts.visitClass) {
      this.violated(visitId, 'the class of a standing room was changed')
      throw new Refusal('MEDIA_POLICY_FORBIDS')
    }
    await room.setFacts(facts)
  }

  /** Gives what the media of the room that was closed did. */
  close(visitId: string): FlowLog {
    const room = this.get(visitId)
    this.#remove(room)
    return room.flowLog
  }

  /** OV-8: closes the room first and tells then. */
  violated(visitId: string, what: string): void {
    const room = this.find(visitId)
    if (!room) return
    this.#remove(room, { end: 'VIOLATED', violation: what })
    const { drills, log } = this.#parts
    log[drills.has(visitId) ? 'info' : 'error'](
      { visitId, epoch: room.epoch, what },
      'room closed: violated',
    )
    this.#parts.tell('room:violated', { visitId, epoch: room.epoch, what })
  }

  /** Closes all rooms. Idempotent. */
  closeAll(): void {
    for (const room of this.all()) this.#remove(room)
  }

  async #place({ visitId, epoch, facts }: RoomRequest): Promise<RouterInfo> {
    const router = await this.#routerFor(facts)
    const log = this.#parts.log.child({ visitId, epoch })
    const room = new Room({ ...this.#parts, log, visitId, epoch, router, facts })
    this.#rooms.set(visitId, room)
    if (router.pool === 'private') this.#beginPrivate(room)
    log.info({ routerId: router.routerId, pool: router.pool }, 'room opened')
    return router.info()
  }

  async #routerFor({ visitClass }: RoomFacts): Promise<MediaRouter> {
    const { pool } = this.#parts
    const loadOf = ({ pid }: MediaWorker) => this.#onWorker(pid).length
    if (visitClass !== 'privileged') return (await pool.pickOpen(loadOf)).router
    const worker = await pool.pickPrivate(loadOf)
    return worker.openRouter()
  }

  #beginPrivate({ visitId, epoch, router }: Room): void {
    this.#parts.census.begin({ visitId, epoch, routerId: router.routerId })
    if (!this.#parts.drills.has(visitId)) this.#parts.tell('router:added', router.info())
  }

  #onWorker(pid: number): Room[] {
    return this.all().filter(({ router }) => router.workerPid === pid)
  }

  #remove(room: Room, end: RoomEnd = { end: 'CLOSED' }): void {
    room.close()
    this.#parts.census.end(room, end)
    if (this.#rooms.get(room.visitId) === room) this.#rooms.delete(room.visitId)
    const { router, visitId, epoch, flowLog } = room
    if (router.pool === 'private' && !this.#parts.drills.has(visitId)) {
      this.#parts.tell('router:removed', { routerId: router.routerId })
    }
    this.#parts.log.info({ visitId, epoch, bothWayMs: flowLog.flowingMs }, 'room closed')
  }

  #bury(worker: MediaWorker): void {
    const { tell } = this.#parts
    for (const room of this.#onWorker(worker.pid)) {
      this.#remove(room, { end: 'LOST' })
      tell('room:lost', { visitId: room.visitId, epoch: room.epoch })
    }
    if (worker.pool === 'open') tell('router:removed', { routerId: worker.router.routerId })
  }

  /** A peer came, went, or sends something else: the rooms that it concerns follow. */
  #reconcileAround(peer: Peer): void {
    const rooms = peer.visitId
      ? [this.find(peer.visitId)]
      : this.all().filter((room) => room.hasObserver(peer.peerId))
    for (const room of rooms) {
      if (!room) continue
      room.follow().catch((error: unknown) => {
        this.#parts.log.error({ err: error, visitId: room.visitId }, 'room not reconciled')
      })
    }
  }
}
