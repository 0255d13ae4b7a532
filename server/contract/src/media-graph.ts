import { mediaPolicyOf } from './media-policy.ts'
import type { MediaPolicy, VisitClass } from './media-policy.ts'
import type { MediaKind } from './rtc.ts'
import type { SeatState } from './seat-lifecycle.ts'
import type { SessionState } from './session-lifecycle.ts'

export type Party = 'VISITOR' | 'INMATE'

/** All that decides who may hear and see whom in a room. Sent by the server, enforced by the media node. */
export type RoomFacts = {
  readonly visitClass: VisitClass
  readonly policy: MediaPolicy
  readonly state: SessionState
  readonly seats: readonly {
    seatId: string
    party: Party
    state: SeatState
    /** Who interprets is heard and seen like the others; time with nobody else does not count (LV-5). */
    isInterpreter?: boolean | undefined
  }[]
  readonly observers: readonly { observerId: string; hasFocus: boolean }[]
  /** True only while a recorder holds a valid grant for this room. */
  readonly hasRecordingGrant: boolean
}

/** A source of media in the room: one track of one seat. */
export type Source = {
  readonly producerId: string
  readonly seatId: string
  readonly kind: MediaKind
}

/** The sink that stands for the recorder; every other sink is a seat's or observer's id. */
export const RECORDER_SINK = 'recorder'

/** One permitted pair: this producer may be consumed by this sink. */
export type Flow = { readonly producerId: string; readonly sink: string }

/** States in which the parties hear and see each other. RECONNECTING keeps what still works flowing. */
const TALKING: readonly SessionState[] = ['LIVE', 'RECONNECTING']
/** Whether time counts: whether the parties may hear and see each other now (LV-5). */
export function isTalking({ state }: Pick<RoomFacts, 'state'>): boolean {
  return TALKING.includes(state)
}

/** States in which a permitted observer sees people whose check has begun (LV-3) or is done. */
const OBSERVABLE: readonly SessionState[] = [
  'ID_CHECK',
  'READY',
  'LIVE',
  'PAUSED',
  'RECONNECTING',
  'MISSING_MONITOR',
]
const OBSERVABLE_SEATS: readonly SeatState[] = ['CHECKING', 'ADMITTED', 'IN']

/**
 * The exact set of (producer, sink) pairs that may exist, ordered (LV-3, OV-1, OV-2, RC-1). Pure and
 * total: whatever is not in the answer is forbidden. The class is applied again here, so that wrong
 * facts can only ever take away.
 */
export function allowedFlows(facts: RoomFacts, sources: readonly Source[]): Flow[] {
  const flows = sources.flatMap((source) =>
    sinksOf(source, facts).map((sink) => ({ producerId: source.producerId, sink })),
  )
  return flows.sort((a, b) => compare(a.producerId, b.producerId) || compare(a.sink, b.sink))
}

function sinksOf(source: Source, facts: RoomFacts): string[] {
  const seat = facts.seats.find((candidate) => candidate.seatId === source.seatId)
  if (!seat) return []
  return [
    ...partySinks(seat, facts),
    ...observerSinks(source.kind, seat, facts),
    ...recorderSink(seat, facts),
  ]
}

type SeatFact = RoomFacts['seats'][number]

function partySinks(seat: SeatFact, { state, seats }: RoomFacts): string[] {
  if (!TALKING.includes(state) || seat.state !== 'IN') return []
  return seats
    .filter((other) => other.seatId !== seat.seatId && other.state === 'IN')
    .map((other) => other.seatId)
}

function observerSinks(kind: MediaKind, seat: SeatFact, facts: RoomFacts): string[] {
  const { monitor } = effectivePolicy(facts)
  if (monitor === 'NONE' || !OBSERVABLE.includes(facts.state)) return []
  if (!OBSERVABLE_SEATS.includes(seat.state)) return []
  if (kind === 'audio' && monitor !== 'AV') return []
  return facts.observers
    .filter((observer) => kind === 'video' || observer.hasFocus)
    .map((observer) => observer.observerId)
}

function recorderSink(seat: SeatFact, facts: RoomFacts): string[] {
  const isPermitted = facts.hasRecordingGrant && effectivePolicy(facts).isRecorded
  return isPermitted && TALKING.includes(facts.state) && seat.state === 'IN' ? [RECORDER_SINK] : []
}

function effectivePolicy({ visitClass, policy }: RoomFacts): MediaPolicy {
  return mediaPolicyOf(visitClass, { social: policy, official: policy, privileged: policy })
}

/** A source of media in somebody's test of the way to us and back (LV-10). */
export type LoopSource = {
  readonly producerId: string
  readonly loopId: string
  readonly kind: MediaKind
}

/**
 * The pairs that may exist in a loop, ordered: what its one client sends comes back to that very client.
 * No visit, observer or recorder is anywhere near it (OV-1).
 */
export function allowedLoopFlows(loopId: string, sources: readonly LoopSource[]): Flow[] {
  return sources
    .filter((source) => source.loopId === loopId)
    .map(({ producerId }) => ({ producerId, sink: loopId }))
    .sort((a, b) => compare(a.producerId, b.producerId))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
