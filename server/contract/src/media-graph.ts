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
  /** Seats whose sound an officer has switched off (OV-5). Absent: none. */
  readonly mutedSeatIds?: readonly string[] | undefined
  /** Names the speech of an officer that both parties hear and see (OV-5). Absent or null: none. */
  readonly speakerId?: string | null | undefined
}

/** One track of one seat. */
export type SeatSource = {
  readonly producerId: string
  readonly seatId: string
  readonly kind: MediaKind
}
/** One track of an officer who speaks to both parties. */
export type SpeakerSource = {
  readonly producerId: string
  readonly speakerId: string
  readonly kind: MediaKind
}
/** A source of media in the room. */
export type Source = SeatSource | SpeakerSource

/** Whether a source is a seat's, and not a speaking officer's. */
export function isOfSeat(source: Source): source is SeatSource {
  return 'seatId' in source
}

/** Whose a source is: the seat's id, or the id of the officer's speech. */
export function sourceOwnerOf(source: Source): string {
  return isOfSeat(source) ? source.seatId : source.speakerId
}

/** The sink that stands for the recorder; every other sink is a seat's or observer's id. */
export const RECORDER_SINK = 'recorder'

/** The sink that stands for the still pictures that officers see of a visit (OV-4). */
export const STILLS_SINK = 'stills'

/** One permitted pair: this producer may be consumed by this sink. */
export type Flow = { readonly producerId: string; readonly sink: string }

/** States in which the parties hear and see each other. RECONNECTING keeps what still works flowing;
 * in MISSING_MONITOR nothing changes for them (OV-3). */
const TALKING: readonly SessionState[] = ['LIVE', 'RECONNECTING', 'MISSING_MONITOR']
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
  if (!isOfSeat(source)) return listenersOf(source, facts)
  const seat = facts.seats.find((candidate) => candidate.seatId === source.seatId)
  if (!seat) return []
  return [
    ...partySinks(seat, facts),
    ...observerSinks(source.kind, seat, facts),
    ...stillsSink(source.kind, seat, facts),
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

function isObservable(kind: MediaKind, seat: SeatFact, facts: RoomFacts): boolean {
  const { monitor } = effectivePolicy(facts)
  if (monitor === 'NONE' || !OBSERVABLE.includes(facts.state)) return false
  if (!OBSERVABLE_SEATS.includes(seat.state)) return false
  return kind === 'video' || monitor === 'AV'
}

function observerSinks(kind: MediaKind, seat: SeatFact, facts: RoomFacts): string[] {
  if (!isObservable(kind, seat, facts)) return []
  return facts.observers
    .filter((observer) => kind === 'video' || observer.hasFocus)
    .map((observer) => observer.observerId)
}

/**
 * Stills are taken whether or not an officer looks (OV-3). Of a privileged visit there are none, even where
 * it may be seen: its worker makes no transport that leads anywhere but to a browser.
 */
function stillsSink(kind: MediaKind, seat: SeatFact, facts: RoomFacts): string[] {
  const isTaken = kind === 'video' && facts.visitClass !== 'privileged'
  return isTaken && isObservable(kind, seat, facts) ? [STILLS_SINK] : []
}

/** Whose loudness officers may be shown (OV-4): the sound that an observer could hear (OV-2). */
export function meteredSources(facts: RoomFacts, sources: readonly Source[]): string[] {
  return sources.filter((source) => isMetered(source, facts)).map(({ producerId }) => producerId)
}

function isMetered(source: Source, facts: RoomFacts): boolean {
  // A level is taken by the library itself, as stills are: not of a privileged visit.
  if (source.kind !== 'audio' || !isOfSeat(source) || facts.visitClass === 'privileged')
    return false
  const seat = facts.seats.find(({ seatId }) => seatId === source.seatId)
  return seat !== undefined && isObservable('audio', seat, facts)
}

function recorderSink(seat: SeatFact, facts: RoomFacts): string[] {
  const isPermitted = facts.hasRecordingGrant && effectivePolicy(facts).isRecorded
  return isPermitted && TALKING.includes(facts.state) && seat.state === 'IN' ? [RECORDER_SINK] : []
}

/** States in which an officer may speak to the people of a visit (OV-5): a pause stops the parties only. */
const SPEAKABLE: readonly SessionState[] = ['LIVE', 'PAUSED', 'RECONNECTING', 'MISSING_MONITOR']

/** Whether this speech is the one that the facts name, in a visit that may be watched (OV-5). */
export function maySpeak(facts: RoomFacts, speakerId: string): boolean {
  return facts.speakerId === speakerId && effectivePolicy(facts).monitor !== 'NONE'
}

/** Who hears and sees a speaking officer: everybody who is in, and neither observer nor recorder (OV-5). */
function listenersOf({ speakerId }: SpeakerSource, facts: RoomFacts): string[] {
  if (!maySpeak(facts, speakerId) || !SPEAKABLE.includes(facts.state)) return []
  return facts.seats.filter(({ state }) => state === 'IN').map(({ seatId }) => seatId)
}

/**
 * The sources that pass nothing on, to nobody: the sound of seats that an officer has muted (OV-5). Where
 * nobody may watch, nobody mutes.
 */
export function mutedSources(facts: RoomFacts, sources: readonly Source[]): string[] {
  if (effectivePolicy(facts).monitor === 'NONE') return []
  return sources
    .filter((source) => isOfSeat(source) && source.kind === 'audio')
    .filter((source) => facts.mutedSeatIds?.includes(sourceOwnerOf(source)) ?? false)
    .map(({ producerId }) => producerId)
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
