import type { VisitLevels } from '@visavis/contract/pictures-control'
import type { MediaNode } from './media-nodes.ts'
import { replaceLost } from './placing.ts'
import { peerOf, placementOn } from './room-desk.ts'
import type { Placement } from './room-desk.ts'
import type { RoomsContext } from './rooms-context.ts'

/** Listens to a media node: keeps the placements true and passes on what concerns others. */
export function listenToNode(context: RoomsContext, node: MediaNode): void {
  listenToConsumers(context, node)
  listenToRooms(context, node)
  const { link } = node
  link.on('peer:connectionChanged', ({ visitId, peerId, isConnected }) => {
    if (visitId) context.signals.connectionChanged.emit({ visitId, seatId: peerId, isConnected })
  })
  link.on('tap:trackAdded', (added) => context.signals.tapTrackAdded.emit(added))
}

function listenToConsumers({ desks, signals }: RoomsContext, { link }: MediaNode): void {
  const isSeat = (placement: Placement | null, peerId: string): boolean =>
    desks.get(placement?.visitId ?? '')?.facts.seats.some(({ seatId }) => seatId === peerId) ??
    false
  link.on('consumer:created', (created) => {
    const placement = placementOn(desks.get(created.visitId))
    if (placement && isSeat(placement, created.peerId)) {
      peerOf(placement, created.peerId).consumers.set(created.consumer.consumerId, created.consumer)
    }
    signals.consumerCreated.emit(created)
  })
  link.on('consumer:closed', (closed) => {
    const placement = placementOn(desks.get(closed.visitId))
    placement?.peers.get(closed.peerId)?.consumers.delete(closed.consumerId)
    signals.consumerClosed.emit(closed)
  })
}

function listenToRooms(context: RoomsContext, node: MediaNode): void {
  const { desks, signals, log } = context
  const standing = (visitId: string, epoch: number): Placement | null => {
    const placement = placementOn(desks.get(visitId))
    return placement?.epoch === epoch && placement.node === node ? placement : null
  }
  node.link.on('room:measured', ({ visitId, epoch, bothWayMs, isFlowing, flow }) => {
    const placement = standing(visitId, epoch)
    if (!placement) return
    placement.bothWayMs = bothWayMs
    placement.isFlowing = isFlowing
    signals.measured.emit({ visitId, epoch, flow })
  })
  node.link.on('room:quality', ({ visitId, epoch, seats }) => {
    if (standing(visitId, epoch)) signals.quality.emit({ visitId, seats })
  })
  node.link.on('room:levels', ({ visits }) => {
    const isHere = (visitId: string): boolean => placementOn(desks.get(visitId))?.node === node
    signals.levels.emit(visits.filter(({ visitId }) => isHere(visitId)) as VisitLevels[])
  })
  node.link.on('room:lost', ({ visitId, epoch }) => {
    const desk = desks.get(visitId)
    if (!desk || !standing(visitId, epoch)) return
    log.warn({ visitId, epoch }, 'room lost with its worker')
    replaceLost(context, desk, epoch)
  })
  node.link.on('room:violated', ({ visitId, epoch, what }) => {
    log.error({ visitId, epoch, what }, 'room closed by the media watch')
    if (standing(visitId, epoch)) signals.violated.emit({ visitId, epoch, what })
  })
  node.link.on('room:counted', ({ visitId, epoch, lines }) => {
    const stored = (seq: number) => node.link.call('censusStored', { visitId, epoch, seq })
    signals.counted.emit({ visitId, epoch, lines, stored })
  })
}
