import { Refusal } from '@visavis/contract/errors'
import type { RouterInfo } from '@visavis/contract/media-control'
import type { MediaNode, NodeDescription } from './media-nodes.ts'
import { placementOf } from './placement-rules.ts'
import { reconcilePlan } from './reconcile-rules.ts'
import { consumerChanges, placementAt, placementOn } from './room-desk.ts'
import type { Placement, RoomDesk } from './room-desk.ts'
import { deskOf, flushQuietly, wireFacts } from './rooms-context.ts'
import type { RoomsContext, RoomWish } from './rooms-context.ts'

/** After a restart a room's node is usually back within a second; placing it elsewhere would cut the call. */
const WAIT_FOR_NODE_MS = 5_000
/** People wait in front of a black picture; a dead worker's successor is there in well under a second. */
const PLACE_AGAIN_MS = 500

/** The room's place, made when it has none. Throws MEDIA_UNAVAILABLE when no media node can take it. */
export async function ensurePlaced(context: RoomsContext, wish: RoomWish): Promise<Placement> {
  const desk = deskOf(context, wish)
  const standing = placementOn(desk)
  if (standing) return standing
  desk.opening ??= findOrPlace(context, desk, wish).finally(() => {
    desk.opening = null
  })
  return desk.opening
}

async function findOrPlace(
  context: RoomsContext,
  desk: RoomDesk,
  wish: RoomWish,
): Promise<Placement> {
  if (desk.state.kind === 'UNPLACED' && wish.mediaNode) {
    await context.nodes().whenReady(wish.mediaNode, WAIT_FOR_NODE_MS)
    // Reconciling with that node may have taken the room back by now.
    const found = placementOn(desk)
    if (found) return found
  }
  return place(context, desk, wish.epoch)
}

async function place(context: RoomsContext, desk: RoomDesk, lastEpoch: number): Promise<Placement> {
  const node = chooseNode(context)
  const epoch = lastEpoch + 1
  const { visitId } = desk
  const facts = wireFacts({ ...desk.facts, hasRecordingGrant: false })
  const router: RouterInfo = await node.link.call('openRoom', { visitId, epoch, facts })
  try {
    const { routerId } = router
    await context.ledger.recordPlacement({ visitId, epoch, mediaNode: node.url, routerId })
  } catch (error) {
    await node.link.call('closeRoom', { visitId }).catch(() => undefined)
    throw error
  }
  const placement = placementAt(node, router, { visitId, epoch })
  // Its worker may have died while the placement was being stored.
  if (!node.routers.has(router.routerId)) {
    markLost(desk, epoch)
    throw new Refusal('MEDIA_UNAVAILABLE')
  }
  desk.state = { kind: 'PLACED', placement }
  context.log.info({ visitId, epoch, node: node.url }, 'room placed')
  context.signals.placed.emit({ visitId, epoch, router, isAnew: epoch > 1 })
  // Facts may have changed while the room was being opened.
  flushQuietly(context, desk)
  return placement
}

function chooseNode({ nodes, desks }: RoomsContext): MediaNode {
  const loads = nodes().all.map((node) => ({
    url: node.url,
    isReady: node.isReady(),
    rooms: [...desks.values()].filter((desk) => placementOn(desk)?.node === node).length,
  }))
  const url = placementOf(loads)
  const node = url ? nodes().byUrl(url) : undefined
  if (!node) throw new Refusal('MEDIA_UNAVAILABLE')
  return node
}

/** The room's node or worker is gone: it is placed anew, now or when a node is there again. */
export function replaceLost(context: RoomsContext, desk: RoomDesk, epoch: number): void {
  markLost(desk, epoch)
  replace(context, desk)
}

function markLost(desk: RoomDesk, epoch: number): void {
  desk.state = { kind: 'LOST', epoch }
  // A grant is for one epoch.
  desk.facts = { ...desk.facts, hasRecordingGrant: false }
}

/** Tries again for every lost room: a node or a worker has come. */
export function replaceAllLost(context: RoomsContext): void {
  context.desks.forEach((desk) => replace(context, desk))
}

function replace(context: RoomsContext, desk: RoomDesk): void {
  const { visitId, state } = desk
  if (state.kind !== 'LOST' || desk.opening || context.isClosed()) return
  desk.opening = place(context, desk, state.epoch).finally(() => {
    desk.opening = null
  })
  desk.opening.catch((error: unknown) => {
    context.log.warn({ visitId, err: error }, 'room waits for a media node')
    const again = (): void => {
      if (context.desks.get(visitId) === desk) replace(context, desk)
    }
    setTimeout(again, PLACE_AGAIN_MS).unref()
  })
}

/** Brings the database's rooms and those of a node that has (again) been reached together. */
export async function reconcileNode(
  context: RoomsContext,
  node: MediaNode,
  description: NodeDescription,
): Promise<void> {
  const expected = await context.ledger.expectedAt(node.url)
  const wishes = new Map(expected.map((wish) => [wish.visitId, wish]))
  for (const { kind, visitId } of reconcilePlan(expected, description.rooms)) {
    const wish = wishes.get(visitId)
    if (kind === 'close') await node.link.call('closeRoom', { visitId }).catch(() => undefined)
    if (kind === 'keep' && wish) takeBack(context, { node, description, wish })
    // It is placed when the node counts as ready, which is after this.
    if (kind === 'replace' && wish) markLost(deskOf(context, wish), wish.epoch)
  }
}

function takeBack(
  context: RoomsContext,
  { node, description, wish }: { node: MediaNode; description: NodeDescription; wish: RoomWish },
): void {
  const { visitId, epoch } = wish
  const room = description.rooms.find((candidate) => candidate.visitId === visitId)
  const router = description.routers.find(({ routerId }) => routerId === room?.routerId)
  if (!room || !router) return
  const desk = deskOf(context, wish)
  const before = placementOn(desk)
  const placement = placementAt(node, router, room)
  desk.state = { kind: 'PLACED', placement }
  if (before) tellChanges(context, before, placement)
  // A tap stands only with a grant that the node has checked itself. The recordings look after it next;
  // without this the first facts of a new server would tear a hole into what is recorded.
  else desk.facts = { ...desk.facts, hasRecordingGrant: room.tapRecordingId !== null }
  flushQuietly(context, desk)
  context.log.info({ visitId, epoch, node: node.url }, 'room found again')
  const { tapRecordingId, flow } = room
  context.signals.found.emit({ visitId, epoch, tapRecordingId, flow })
}

/** Events that were lost with the link are made up for. */
function tellChanges({ signals }: RoomsContext, before: Placement, after: Placement): void {
  const { created, closed } = consumerChanges(before, after)
  const at = { visitId: after.visitId, routerId: after.router.routerId }
  for (const [peerId, consumerId] of closed)
    signals.consumerClosed.emit({ ...at, peerId, consumerId })
  for (const [peerId, consumer] of created)
    signals.consumerCreated.emit({ ...at, peerId, consumer })
}
