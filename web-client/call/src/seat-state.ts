import type { ErrorCode } from '@visavis/contract/errors'
import type { HeldKind } from '@visavis/contract/quality-ladder'
import type { LinesView, VisitClock, VisitSnapshot } from '@visavis/contract/visit'
import type { SeatReport } from '@visavis/contract/visit-socket'
import type { LinkPhase, MediaPhase, RemoteSeat, SeatCallState } from './types.ts'

/** Everything that can happen to a seat's call. */
export type SeatHappening =
  | { readonly what: 'joining'; readonly visitId: string }
  /** The server took us in, for the first time or again after a loss. */
  | { readonly what: 'entered'; readonly snapshot: VisitSnapshot }
  | { readonly what: 'changed'; readonly snapshot: VisitSnapshot }
  | { readonly what: 'ticked'; readonly visitId: string; readonly clock: VisitClock }
  | { readonly what: 'linesMoved'; readonly visitId: string; readonly lines: LinesView }
  /** What this side does not send for now, so that the other stays (LV-9). */
  | { readonly what: 'ownHeld'; readonly held: HeldKind | null }
  | { readonly what: 'linkLost' }
  | { readonly what: 'mediaMoved'; readonly media: MediaPhase }
  | { readonly what: 'remotesMoved'; readonly remotes: readonly RemoteSeat[] }
  | { readonly what: 'ownMoved'; readonly own: SeatReport }
  | { readonly what: 'replaced' }
  | { readonly what: 'refused'; readonly code: ErrorCode }
  | { readonly what: 'left' }

/** Happenings that mean something in a joined call only. */
type OfJoined = Extract<
  SeatHappening,
  {
    readonly what:
      | 'changed'
      | 'ticked'
      | 'linesMoved'
      | 'ownHeld'
      | 'linkLost'
      | 'mediaMoved'
      | 'remotesMoved'
      | 'ownMoved'
  }
>
const OF_JOINED: ReadonlySet<SeatHappening['what']> = new Set<OfJoined['what']>([
  'changed',
  'ticked',
  'linesMoved',
  'ownHeld',
  'linkLost',
  'mediaMoved',
  'remotesMoved',
  'ownMoved',
])

/** Until the devices were looked at, they are taken to work. */
const NOTHING_AMISS: SeatReport = {
  ...{ isAway: false, camera: 'ON', microphone: 'ON' },
  face: null,
}

type Joined = Extract<SeatCallState, { readonly phase: 'joined' }>

/** Phases after which nothing more comes from the connection that led there. */
export function isOver(state: SeatCallState): boolean {
  return state.phase !== 'connecting' && state.phase !== 'joined'
}

/**
 * The whole machine of a seat's call. Gives back the same object where a happening changes nothing:
 * what comes late, for another visit or after the end is no error.
 */
export function nextSeatState(state: SeatCallState, happening: SeatHappening): SeatCallState {
  if (isOfJoined(happening)) return state.phase === 'joined' ? whileJoined(state, happening) : state
  switch (happening.what) {
    case 'joining':
      return { phase: 'connecting', visitId: happening.visitId }
    case 'left':
      return state.phase === 'idle' ? state : { phase: 'idle' }
    case 'replaced':
      return isOver(state) ? state : { phase: 'replaced' }
    case 'refused':
      return afterRefusal(state, happening.code)
    case 'entered':
      return afterEntry(state, happening.snapshot)
  }
}

function afterRefusal(state: SeatCallState, code: ErrorCode): SeatCallState {
  if (isOver(state)) return state
  if (code === 'SEAT_REPLACED') return { phase: 'replaced' }
  // The visit was ended while we were away: an end like any other.
  if (code === 'VISIT_ENDED' && state.phase === 'joined') {
    return { phase: 'ended', snapshot: { ...state.snapshot, state: 'ENDED' } }
  }
  return { phase: 'refused', code }
}

function afterEntry(state: SeatCallState, snapshot: VisitSnapshot): SeatCallState {
  if (state.phase === 'joined') return withSnapshot(withLink(state, 'connected'), snapshot)
  if (state.phase !== 'connecting' || state.visitId !== snapshot.visitId) return state
  if (snapshot.state === 'ENDED') return { phase: 'ended', snapshot }
  const { clock } = snapshot
  return {
    ...{ phase: 'joined', snapshot, clock, remotes: [] },
    ...{ link: 'connected', media: 'starting', own: NOTHING_AMISS, ownHeld: null },
  }
}

function isOfJoined(happening: SeatHappening): happening is OfJoined {
  return OF_JOINED.has(happening.what)
}

function whileJoined(state: Joined, happening: OfJoined): SeatCallState {
  switch (happening.what) {
    case 'changed':
      return withSnapshot(state, happening.snapshot)
    case 'ticked':
    case 'linesMoved':
      return happening.visitId === state.snapshot.visitId ? withNews(state, happening) : state
    case 'ownHeld':
      return { ...state, ownHeld: happening.held }
    case 'linkLost':
      return withLink(state, 'reconnecting')
    case 'mediaMoved':
      return withMedia(state, happening.media)
    case 'remotesMoved':
      return { ...state, remotes: happening.remotes }
    case 'ownMoved':
      return { ...state, own: happening.own }
  }
}

/** Keeps the highest version; an equal one is the same state told later, with fresher words in it. */
function withSnapshot(state: Joined, snapshot: VisitSnapshot): SeatCallState {
  const isOurs = snapshot.visitId === state.snapshot.visitId
  if (!isOurs || snapshot.version < state.snapshot.version) return state
  if (snapshot.state === 'ENDED') return { phase: 'ended', snapshot }
  return { ...state, snapshot, clock: snapshot.clock }
}

type News = Extract<OfJoined, { readonly what: 'ticked' | 'linesMoved' }>

function withNews(state: Joined, news: News): Joined {
  if (news.what === 'ticked') return { ...state, clock: news.clock }
  return { ...state, snapshot: { ...state.snapshot, lines: news.lines } }
}

function withMedia(state: Joined, media: MediaPhase): Joined {
  return state.media === media ? state : { ...state, media }
}

function withLink(state: Joined, link: LinkPhase): Joined {
  return state.link === link ? state : { ...state, link }
}
