import type { RoomFacts } from '@visavis/contract/media-graph'
import type { CanaryCheck } from '@visavis/contract/census-control'
import type { DataOf, PayloadInputOf } from '@visavis/contract/command'
import type { mediaCommands } from '@visavis/contract/media-control'
import { Refusal } from '@visavis/contract/errors'
import type { FlowStretch } from '@visavis/contract/receipt'
import type { Logger } from '@visavis/platform/log'
import { createLoops } from './loops.ts'
import type { Loops } from './loops.ts'
import { callNode, connectMediaNodes } from './media-nodes.ts'
import type { MediaNode, MediaNodes, NodeHooks } from './media-nodes.ts'
import { ensurePlaced, reconcileNode, replaceAllLost, replaceLost } from './placing.ts'
import { placementOn } from './room-desk.ts'
import type { Placement } from './room-desk.ts'
import { listenToNode } from './room-events.ts'
import { createRoomPeers } from './room-peers.ts'
import type { RoomPeers } from './room-peers.ts'
import { createRoomSpeakers } from './room-speakers.ts'
import type { RoomSpeakers } from './room-speakers.ts'
import { createRoomSignals, deskOf, flushQuietly } from './rooms-context.ts'
import type {
  ObserverFact,
  RoomLedger,
  RoomsContext,
  RoomSignals,
  RoomWish,
  VisitFacts,
} from './rooms-context.ts'

type StillPayload = PayloadInputOf<(typeof mediaCommands)['getStill']>
type TapPayload = Omit<PayloadInputOf<(typeof mediaCommands)['openTap']>, 'epoch'>

/** The rooms of this server's visits, on however many media nodes. */
export type Rooms = {
  readonly signals: RoomSignals
  readonly peers: RoomPeers
  readonly speakers: RoomSpeakers
  /** Tests of one person's way to the SFU and back; no room knows of them. */
  readonly loops: Loops
  /** The room's place, found or made. Throws MEDIA_UNAVAILABLE when no node can take it. */
  readonly ensure: (wish: RoomWish) => Promise<Placement>
  readonly placementOf: (visitId: string) => Placement | null
  /** Tells the node the visit's newest facts, in the background and never out of order. */
  readonly setVisitFacts: (visitId: string, facts: VisitFacts) => void
  /** Resolves when the node has closed what is no longer allowed. */
  readonly setObservers: (visitId: string, observers: readonly ObserverFact[]) => Promise<void>
  readonly setRecordingGrant: (visitId: string, hasGrant: boolean) => Promise<void>
  readonly openTap: (tap: TapPayload) => Promise<DataOf<(typeof mediaCommands)['openTap']>>
  readonly closeTap: (visitId: string) => Promise<void>
  /** The latest still of a seat; throws the node's refusal, or MEDIA_UNAVAILABLE. */
  readonly still: (asked: StillPayload) => Promise<DataOf<(typeof mediaCommands)['getStill']>>
  /** Closes the room; answers its epoch's both-way milliseconds, or null when its node is out of reach. */
  readonly closeRoom: (visitId: string) => Promise<ClosedRoom | null>
  /** Every media node with its canary (OV-8). */
  readonly canaries: () => readonly Canary[]
  readonly health: () => readonly { url: string; isReady: boolean }[]
  /** Lets go of the links; rooms and calls stand. */
  readonly close: () => void
}

/** A node that is out of reach this long has its rooms placed elsewhere, if there is an elsewhere. */
const NODE_GRACE_MS = 3_000

/** Connects to the media nodes and looks after the rooms that `ledger` knows. */
export function createRooms(options: {
  nodeUrls: readonly string[]
  secret: string
  ledger: RoomLedger
  log: Logger
}): Rooms {
  const { nodeUrls, secret, ledger, log } = options
  const signals = createRoomSignals()
  let isClosed = false
  const context: RoomsContext = {
    desks: new Map(),
    nodes: () => nodes,
    ledger,
    signals,
    log,
    isClosed: () => isClosed,
  }
  const nodes: MediaNodes = connectMediaNodes({
    urls: nodeUrls,
    secret,
    log,
    hooks: hooksOf(context),
  })
  nodes.all.forEach((node) => listenToNode(context, node))
  return {
    signals,
    peers: createRoomPeers(context),
    speakers: createRoomSpeakers(context),
    loops: createLoops(context),
    ensure: (wish) => ensurePlaced(context, wish),
    placementOf: (visitId) => placementOn(context.desks.get(visitId)),
    ...createFactsWriter(context),
    ...createTaps(context),
    still: (asked) => stillOf(context, asked),
    closeRoom: (visitId) => closeRoom(context, visitId),
    ...lookAt(nodes),
    close: () => {
      isClosed = true
      nodes.close()
    },
  }
}

function hooksOf(context: RoomsContext): NodeHooks {
  const { signals } = context
  return {
    reconcile: (node, description) => reconcileNode(context, node, description),
    ready: () => replaceAllLost(context),
    lost: (node) => moveAwayLater(context, node),
    routerAdded: (_node, router) => {
      signals.routerAdded.emit(router)
      replaceAllLost(context)
    },
    routerRemoved: (_node, routerId) => signals.routerRemoved.emit({ routerId }),
  }
}

function createFactsWriter(context: RoomsContext) {
  const change = async (visitId: string, part: Partial<RoomFacts>): Promise<void> => {
    const desk = context.desks.get(visitId)
    if (!desk) return
    desk.facts = { ...desk.facts, ...part }
    await desk.sender.flush()
  }
  return {
    setVisitFacts(visitId: string, facts: VisitFacts): void {
      if (context.desks.has(visitId)) flushQuietly(context, deskOf(context, { visitId, facts }))
    },
    setObservers: (visitId: string, observers: readonly ObserverFact[]) =>
      change(visitId, { observers }),
    setRecordingGrant: (visitId: string, hasRecordingGrant: boolean) =>
      change(visitId, { hasRecordingGrant }),
  }
}

function createTaps({ desks }: RoomsContext) {
  return {
    async openTap(tap: TapPayload) {
      const placement = placementOn(desks.get(tap.visitId))
      if (!placement) throw new Refusal('MEDIA_UNAVAILABLE')
      const { node, epoch } = placement
      return callNode(node.link.call('openTap', { ...tap, epoch }))
    },
    async closeTap(visitId: string): Promise<void> {
      const placement = placementOn(desks.get(visitId))
      if (placement?.node.link.isConnected())
        await placement.node.link.call('closeTap', { visitId })
    },
  }
}

function lookAt(nodes: MediaNodes): Pick<Rooms, 'canaries' | 'health'> {
  return {
    canaries: () => nodes.all.map((node) => canaryOf(node, nodes)),
    health: () => nodes.all.map((node) => ({ url: node.url, isReady: node.isReady() })),
  }
}

/** The rehearsed attack of one media node. */
export type Canary = {
  readonly url: string
  /** Waits until the node can be used, at most so long; tells whether it can. */
  readonly whenReady: (withinMs: number) => Promise<boolean>
  readonly run: () => Promise<readonly CanaryCheck[]>
}

function canaryOf({ url, link }: MediaNode, nodes: MediaNodes): Canary {
  return {
    url,
    whenReady: (withinMs) => nodes.whenReady(url, withinMs),
    run: async () => (await link.call('runCanary', {})).checks,
  }
}

function stillOf({ desks }: RoomsContext, asked: StillPayload) {
  const placement = placementOn(desks.get(asked.visitId))
  if (!placement) throw new Refusal('MEDIA_UNAVAILABLE')
  return callNode(placement.node.link.call('getStill', asked))
}

/** What the media of a room that was closed did in its epoch. */
type ClosedRoom = {
  readonly epoch: number
  readonly bothWayMs: number
  readonly flow: readonly FlowStretch[]
}

async function closeRoom(
  { desks, log }: RoomsContext,
  visitId: string,
): Promise<ClosedRoom | null> {
  const placement = placementOn(desks.get(visitId))
  desks.delete(visitId)
  if (!placement?.node.link.isConnected()) return null
  try {
    const { bothWayMs, flow } = await placement.node.link.call('closeRoom', { visitId })
    log.info({ visitId, bothWayMs }, 'room closed')
    return { epoch: placement.epoch, bothWayMs, flow }
  } catch (error) {
    // Its own node forgot it or is going away; the next reconciliation closes what is left.
    log.warn({ visitId, err: error }, 'room was not closed')
    return null
  }
}

function moveAwayLater(context: RoomsContext, node: MediaNode): void {
  if (context.isClosed()) return
  context.log.warn({ url: node.url }, 'media node is out of reach')
  const moveAway = (): void => {
    const hasOther = context.nodes().all.some((other) => other !== node && other.isReady())
    if (node.link.isConnected() || !hasOther) return
    for (const desk of context.desks.values()) {
      const placement = placementOn(desk)
      if (placement?.node === node) replaceLost(context, desk, placement.epoch)
    }
  }
  setTimeout(moveAway, NODE_GRACE_MS).unref()
}
