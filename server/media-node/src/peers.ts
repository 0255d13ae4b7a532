import { EventEmitter } from 'node:events'
import type { types } from 'mediasoup'
import { Refusal } from '@visavis/contract/errors'
import type { QualityWishes } from '@visavis/contract/quality'
import type { MediaRouter } from './media-router.ts'
import { openPeer } from './peer.ts'
import type { Peer, PeerKey } from './peer.ts'
import { KeyedQueue } from './serial.ts'

type PeersEvents = {
  /** A peer is there to receive. */
  opened: [Peer]
  sourcesChanged: [Peer]
  wishesChanged: [Peer]
  connectionChanged: [Peer, boolean]
}

/** An observer who was disconnected for so long will not come back: its server died before it could say so. */
const GONE_OBSERVER_MS = 60_000

const textOf = ({ routerId, peerId }: PeerKey): string => `${routerId} ${peerId}`

/** Owns the peers of this node. A peer that opens anew closes the older one. */
export class Peers extends EventEmitter<PeersEvents> {
  readonly #peers = new Map<string, Peer>()
  readonly #opening = new KeyedQueue()

  /** Opens a peer's transports; whoever it can receive from is told by `opened`. */
  open(
    router: MediaRouter,
    who: {
      peerId: string
      visitId: string | null
      rtpCapabilities: types.RtpCapabilities
      wishes: QualityWishes
      mayBeWatched?: boolean
    },
  ): Promise<Peer> {
    const key = textOf({ routerId: router.routerId, peerId: who.peerId })
    return this.#opening.run(key, async () => {
      const peer = await openPeer(router, who)
      this.#peers.get(key)?.close()
      this.#peers.set(key, peer)
      this.#follow(key, peer)
      this.emit('opened', peer)
      return peer
    })
  }

  /** The peer, if it is open. */
  find(key: PeerKey): Peer | null {
    return this.#peers.get(textOf(key)) ?? null
  }

  /** The peer; refuses with TRANSPORT_NOT_FOUND. */
  get(key: PeerKey): Peer {
    const peer = this.find(key)
    if (!peer) throw new Refusal('TRANSPORT_NOT_FOUND')
    return peer
  }

  /** The seats' peers of a room. */
  ofVisit(visitId: string): Peer[] {
    return [...this.#peers.values()].filter((peer) => peer.visitId === visitId)
  }

  #follow(key: string, peer: Peer): void {
    peer.on('sourcesChanged', () => this.emit('sourcesChanged', peer))
    peer.on('wishesChanged', () => this.emit('wishesChanged', peer))
    peer.once('closed', () => {
      if (this.#peers.get(key) === peer) this.#peers.delete(key)
      this.emit('sourcesChanged', peer)
    })
    peer.on('connectionChanged', (isConnected) => this.emit('connectionChanged', peer, isConnected))
    if (!peer.visitId) closeWhenGone(peer)
  }
}

function closeWhenGone(peer: Peer): void {
  let timer: NodeJS.Timeout | undefined
  peer.once('closed', () => clearTimeout(timer))
  peer.on('connectionChanged', (isConnected) => {
    clearTimeout(timer)
    if (!isConnected) timer = setTimeout(() => peer.close(), GONE_OBSERVER_MS).unref()
  })
}
