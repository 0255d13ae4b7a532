import type { ErrorCode } from '@visavis/contract/errors'
import type { SeatQuality } from '@visavis/contract/quality'
import type { WallVisit } from '@visavis/contract/visit'
import type { WallState } from './types.ts'

/** Everything that can happen to a wall. */
export type WallHappening =
  | { readonly what: 'opening' }
  | { readonly what: 'opened'; readonly visits: readonly WallVisit[] }
  | { readonly what: 'visitChanged'; readonly visit: WallVisit }
  | {
      readonly what: 'qualityMeasured'
      readonly visitId: string
      readonly seats: readonly SeatQuality[]
    }
  | { readonly what: 'focused'; readonly visitId: string | null }
  | { readonly what: 'watched'; readonly refused: ReadonlyMap<string, ErrorCode> }
  | { readonly what: 'streamsMoved'; readonly streams: ReadonlyMap<string, MediaStream> }
  | { readonly what: 'linkLost' }
  | { readonly what: 'refused'; readonly code: ErrorCode }
  | { readonly what: 'closed' }

/** Happenings that mean something on an open wall only. */
type OfOpen = Exclude<WallHappening, { readonly what: 'opening' | 'opened' | 'refused' | 'closed' }>
const OF_OPEN: ReadonlySet<WallHappening['what']> = new Set<OfOpen['what']>([
  'visitChanged',
  'qualityMeasured',
  'focused',
  'watched',
  'streamsMoved',
  'linkLost',
])

type Open = Extract<WallState, { readonly phase: 'open' }>

/** The whole machine of a wall; the same object where a happening changes nothing. */
export function nextWallState(state: WallState, happening: WallHappening): WallState {
  if (isOfOpen(happening)) return state.phase === 'open' ? whileOpen(state, happening) : state
  switch (happening.what) {
    case 'opening':
      return { phase: 'connecting' }
    case 'closed':
      return state.phase === 'idle' ? state : { phase: 'idle' }
    case 'refused':
      return state.phase === 'idle' ? state : { phase: 'refused', code: happening.code }
    case 'opened':
      return afterOpening(state, happening.visits)
  }
}

function afterOpening(state: WallState, visits: readonly WallVisit[]): WallState {
  if (state.phase === 'open') return { ...state, visits, link: 'connected' }
  if (state.phase !== 'connecting') return state
  return {
    phase: 'open',
    visits,
    focusVisitId: null,
    streams: new Map(),
    refused: new Map(),
    quality: new Map(),
    link: 'connected',
  }
}

function isOfOpen(happening: WallHappening): happening is OfOpen {
  return OF_OPEN.has(happening.what)
}

function whileOpen(state: Open, happening: OfOpen): WallState {
  switch (happening.what) {
    case 'visitChanged':
      return { ...state, visits: withVisit(state.visits, happening.visit) }
    case 'qualityMeasured':
      // Of one visit at a time: what was chosen before is old.
      return { ...state, quality: new Map([[happening.visitId, happening.seats]]) }
    case 'focused':
      return { ...state, focusVisitId: happening.visitId }
    case 'watched':
      return { ...state, refused: happening.refused }
    case 'streamsMoved':
      return { ...state, streams: happening.streams }
    case 'linkLost':
      return { ...state, link: 'reconnecting' }
  }
}

/** Puts a visit in its place, or at the end; the highest version stays. */
function withVisit(visits: readonly WallVisit[], told: WallVisit): readonly WallVisit[] {
  const known = visits.find((visit) => visit.visitId === told.visitId)
  if (!known) return [...visits, told]
  if (told.version < known.version) return visits
  return visits.map((visit) => (visit === known ? told : visit))
}
