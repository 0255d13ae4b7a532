import type { RoomFacts } from '@visavis/contract/media-graph'
import type { CensusText } from '@visavis/contract/census-control'
import type { EventPayload } from '@visavis/contract/command'
import type { mediaEvents, RouterInfo } from '@visavis/contract/media-control'
import type { VisitLevels } from '@visavis/contract/pictures-control'
import type { SeatQuality } from '@visavis/contract/quality'
import type { FlowStretch } from '@visavis/contract/receipt'
import type { ConsumerInfo } from '@visavis/contract/rtc'
import type { Logger } from '@visavis/platform/log'
import { createSignal } from '../../platform/signal.ts'
import { createLatestSender } from './latest-sender.ts'
import type { MediaNodes } from './media-nodes.ts'
import { placementOn } from './room-desk.ts'
import type { RoomDesk } from './room-desk.ts'

/** The part of a room's facts that its visit decides. */
export type VisitFacts = Omit<RoomFacts, 'observers' | 'hasRecordingGrant'>
/** One observer of a room. */
export type ObserverFact = RoomFacts['observers'][number]

/** A room that should exist: its last stored placement and its visit's facts. */
export type RoomWish = {
  readonly visitId: string
  /** 0 when it was never placed. */
  readonly epoch: number
  readonly mediaNode: string | null
  readonly facts: VisitFacts
}

/** Where placements are kept; rooms know no database. */
export type RoomLedger = {
  /** The rooms that should be on that node. */
  readonly expectedAt: (nodeUrl: string) => Promise<readonly RoomWish[]>
  /** Stores a placement, or throws: then it is void. */
  readonly recordPlacement: (room: {
    visitId: string
    epoch: number
    mediaNode: string
    routerId: string
  }) => Promise<void>
}

/** What rooms tell. */
export type RoomSignals = ReturnType<typeof createRoomSignals>

/** Some lines of a census, in order, as a media node tells them. */
export type CountedLines = {
  readonly visitId: string
  readonly epoch: number
  readonly lines: readonly CensusText[]
  readonly stored: (seq: number) => Promise<unknown>
}

type TapTrackAdded = EventPayload<typeof mediaEvents, 'tap:trackAdded'>
type Addressed = { visitId: string; routerId: string; peerId: string }

/** The signals of the rooms of one server. */
export function createRoomSignals() {
  return {
    /** A room got its place; `isAnew` when an earlier epoch's media is void. */
    placed: createSignal<{ visitId: string; epoch: number; router: RouterInfo; isAnew: boolean }>(),
    /** A room was found again on its node, media untouched; what the node says of its tap. */
    found: createSignal<{
      visitId: string
      epoch: number
      tapRecordingId: string | null
      flow: readonly FlowStretch[]
    }>(),
    consumerCreated: createSignal<Addressed & { consumer: ConsumerInfo }>(),
    consumerClosed: createSignal<Addressed & { consumerId: string }>(),
    connectionChanged: createSignal<{ visitId: string; seatId: string; isConnected: boolean }>(),
    /** How the seats of a room are connected (LV-9). */
    quality: createSignal<{ visitId: string; seats: readonly SeatQuality[] }>(),
    measured: createSignal<{ visitId: string; epoch: number; flow: readonly FlowStretch[] }>(),
    /** How loud it is in visits that officers may hear (OV-4). */
    levels: createSignal<readonly VisitLevels[]>(),
    /** The media node closed the room because something consumed what it may not (OV-8). */
    violated: createSignal<{ visitId: string; epoch: number; what: string }>(),
    /** Lines of a privileged room's census; `stored` lets its node forget them up to that one. */
    counted: createSignal<CountedLines>(),
    tapTrackAdded: createSignal<TapTrackAdded>(),
    routerAdded: createSignal<RouterInfo>(),
    routerRemoved: createSignal<{ routerId: string }>(),
  }
}

/** What the parts of this module share. */
export type RoomsContext = {
  readonly desks: Map<string, RoomDesk>
  readonly nodes: () => MediaNodes
  readonly ledger: RoomLedger
  readonly signals: RoomSignals
  readonly log: Logger
  readonly isClosed: () => boolean
}

/** The desk of a visit, set up when it is first heard of, with the newest facts of the visit. */
export function deskOf(
  { desks, log }: RoomsContext,
  { visitId, facts }: Pick<RoomWish, 'visitId' | 'facts'>,
): RoomDesk {
  const known = desks.get(visitId)
  if (known) {
    known.facts = { ...known.facts, ...facts }
    return known
  }
  const desk: RoomDesk = {
    visitId,
    facts: { ...facts, observers: [], hasRecordingGrant: false },
    state: { kind: 'UNPLACED' },
    opening: null,
    sender: createLatestSender(() => sendFacts(desk)),
  }
  desks.set(visitId, desk)
  log.debug({ visitId }, 'room is looked after')
  return desk
}

/** Does nothing while the room has no place: opening it sends the facts anyway. */
async function sendFacts(desk: RoomDesk): Promise<void> {
  const placement = placementOn(desk)
  if (!placement) return
  await placement.node.link.call('updateRoom', {
    visitId: desk.visitId,
    epoch: placement.epoch,
    facts: wireFacts(desk.facts),
  })
}

/** The facts as the wire wants them: the contract's lists are readonly, the shapes' are not. */
export function wireFacts(facts: RoomFacts) {
  return {
    ...facts,
    seats: facts.seats.map((seat) => ({ ...seat })),
    observers: facts.observers.map((observer) => ({ ...observer })),
    mutedSeatIds: [...(facts.mutedSeatIds ?? [])],
  }
}

/** Sends the facts in the background; a node that cannot be reached gets them when it is back. */
export function flushQuietly({ log }: RoomsContext, desk: RoomDesk): void {
  desk.sender.flush().catch((error: unknown) => {
    log.warn({ visitId: desk.visitId, err: error }, 'facts did not reach the media node')
  })
}
