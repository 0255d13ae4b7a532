import { Refusal } from '@visavis/contract/errors'
import type { QualityWishes } from '@visavis/contract/quality'
import type { MediaKind } from '@visavis/contract/rtc'
import type { PayloadInputOf } from '@visavis/contract/command'
import type { mediaCommands } from '@visavis/contract/media-control'
import { callNode } from './media-nodes.ts'
import type { MediaNode } from './media-nodes.ts'
import { peerOf, placementOn } from './room-desk.ts'
import type { Placement } from './room-desk.ts'
import type { RoomsContext } from './rooms-context.ts'

type Commands = typeof mediaCommands
type Capabilities = PayloadInputOf<Commands['openPeer']>['rtpCapabilities']
type Dtls = PayloadInputOf<Commands['connectTransport']>['dtlsParameters']
type Nothing = Record<string, never>
type RtpParameters = PayloadInputOf<Commands['createProducer']>['rtpParameters']

/** Where a peer is: a seat on its room's router, or an observer on any router it watches. */
export type PeerAddress = { readonly routerId: string; readonly peerId: string }

/** What a seat or a wall does with its end at the SFU. Each throws the node's refusal, or MEDIA_UNAVAILABLE. */
export type RoomPeers = ReturnType<typeof createRoomPeers>

/** Binds the peer commands to the rooms of a server. */
export function createRoomPeers(context: RoomsContext) {
  return { ...createOpening(context), ...createTransports(context) }
}

function createOpening(context: RoomsContext) {
  return {
    /** Opens a seat's media anew; answers both transports. */
    async openSeat(seat: {
      visitId: string
      seatId: string
      rtpCapabilities: Capabilities
      wishes: QualityWishes
    }) {
      const { visitId, seatId: peerId, rtpCapabilities, wishes } = seat
      const placement = requirePlacement(context, visitId)
      const { node, router, peers } = placement
      // The old peer goes first and its consumers with it; new ones are told by events.
      peers.delete(peerId)
      const payload = { routerId: router.routerId, peerId, visitId, rtpCapabilities, wishes }
      const { send, receive } = await callNode(node.link.call('openPeer', payload))
      // The room may have been placed anew while its old place answered.
      if (!send || requirePlacement(context, visitId) !== placement) {
        throw new Refusal('MEDIA_UNAVAILABLE')
      }
      peerOf(placement, peerId).hasTransports = true
      return { send, receive }
    },
    /** Tells a seat's room what the person there wishes of the quality. */
    async preferQuality(visitId: string, peerId: string, wishes: QualityWishes): Promise<void> {
      const { node, router } = requirePlacement(context, visitId)
      const { routerId } = router
      await callNode(node.link.call('preferQuality', { routerId, peerId, wishes }))
    },
    /** Opens an observer's receiving transport on a router. */
    async openObserver(address: PeerAddress, rtpCapabilities: Capabilities) {
      const { link } = nodeOf(context, address.routerId)
      const payload = { ...address, visitId: null, rtpCapabilities }
      const { receive } = await callNode(link.call('openPeer', payload))
      return { receive }
    },
    /** Closes a peer; one that is not there is closed already. */
    async closePeer(address: PeerAddress): Promise<void> {
      for (const desk of context.desks.values()) {
        const placement = placementOn(desk)
        if (placement?.router.routerId === address.routerId) placement.peers.delete(address.peerId)
      }
      const node = context.nodes().ofRouter(address.routerId)
      if (!node?.link.isConnected()) return
      await node.link.call('closePeer', address)
    },
  }
}

function createTransports(context: RoomsContext) {
  const linkTo = ({ routerId }: PeerAddress): MediaNode['link'] => nodeOf(context, routerId).link
  return {
    connectTransport: async (
      address: PeerAddress,
      transport: { transportId: string; dtlsParameters: Dtls },
    ): Promise<Nothing> => {
      await callNode(linkTo(address).call('connectTransport', { ...address, ...transport }))
      return {}
    },
    restartIce: async (address: PeerAddress, direction: 'send' | 'receive') =>
      callNode(linkTo(address).call('restartIce', { ...address, direction })),
    createProducer: async (
      address: PeerAddress,
      producer: { kind: MediaKind; rtpParameters: RtpParameters },
    ) => callNode(linkTo(address).call('createProducer', { ...address, ...producer })),
    resumeConsumer: async (address: PeerAddress, consumerId: string): Promise<Nothing> => {
      await callNode(linkTo(address).call('resumeConsumer', { ...address, consumerId }))
      return {}
    },
    askKeyFrame: async (address: PeerAddress, consumerId: string): Promise<Nothing> => {
      await callNode(linkTo(address).call('askKeyFrame', { ...address, consumerId }))
      return {}
    },
    renewConsumer: async (address: PeerAddress, consumerId: string): Promise<Nothing> => {
      await callNode(linkTo(address).call('renewConsumer', { ...address, consumerId }))
      return {}
    },
  }
}

function nodeOf(context: RoomsContext, routerId: string): MediaNode {
  const node = context.nodes().ofRouter(routerId)
  if (!node) throw new Refusal('MEDIA_UNAVAILABLE')
  return node
}

function requirePlacement({ desks }: RoomsContext, visitId: string): Placement {
  const placement = placementOn(desks.get(visitId))
  if (!placement) throw new Refusal('MEDIA_UNAVAILABLE')
  return placement
}
