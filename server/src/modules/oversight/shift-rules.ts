import type { CoverageFigures, Incident, ShiftFigures, WaitFigures } from '@visavis/contract/http'
import type { VisitClass } from '@visavis/contract/media-policy'
import { UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import type { SessionState } from '@visavis/contract/session-lifecycle'
import type { TimelineKind } from '@visavis/contract/timeline'
import type { Outcome } from '@visavis/contract/visit'

/** A stretch of time in milliseconds since 1970, half open. */
export type Span = { readonly fromMs: number; readonly toMs: number }

/** A note of a visit's timeline, as far as a shift asks. */
export type ShiftNote = {
  readonly atMs: number
  readonly kind: TimelineKind
  readonly seatId: string | null
  readonly code: string | null
}

/** A visit of a shift with all that its figures rest on. */
export type ShiftVisit = {
  readonly visitId: string
  readonly visitClass: VisitClass
  readonly monitor: 'AV' | 'SIGHT_ONLY' | 'NONE'
  readonly startsMs: number
  readonly endsMs: number
  readonly state: SessionState
  readonly outcome: Outcome | null
  readonly endedMs: number | null
  /** Calls for help that stand unanswered. */
  readonly openCalls: number
  readonly terminalName: string
  readonly wing: string
  /** Oldest first. */
  readonly notes: readonly ShiftNote[]
  /** When some wall had it on screen; without an end: it has. */
  readonly watched: readonly { readonly fromMs: number; readonly toMs: number | null }[]
}

/** Outcomes that are nobody's wish. */
const FAILED: readonly Outcome[] = [
  'NO_SHOW_VISITOR',
  'NO_SHOW_INMATE',
  'FAILED_TECH_VISITOR',
  'FAILED_TECH_FACILITY',
  'FAILED_TECH_PLATFORM',
  'FACILITY_CANCELLED',
]

const lengthOf = ({ fromMs, toMs }: Span): number => Math.max(0, toMs - fromMs)
const cut = (a: Span, b: Span): Span => ({
  fromMs: Math.max(a.fromMs, b.fromMs),
  toMs: Math.min(a.toMs, b.toMs),
})

/** How long at least one of the stretches lasts, in milliseconds. Pure. */
export function unionMs(spans: readonly Span[]): number {
  const ordered = spans.filter((span) => lengthOf(span) > 0).toSorted((a, b) => a.fromMs - b.fromMs)
  let [sum, reachedMs] = [0, -Infinity]
  for (const { fromMs, toMs } of ordered) {
    sum += Math.max(0, toMs - Math.max(fromMs, reachedMs))
    reachedMs = Math.max(reachedMs, toMs)
  }
  return sum
}

/** When the visit was under way, as far as that is within a stretch and has come; null: it was not. */
function underWay(visit: ShiftVisit, within: Span, nowMs: number): Span | null {
  const started = visit.notes.find(({ kind }) => kind === 'STARTED')
  if (!started) return null
  const span = cut({ fromMs: started.atMs, toMs: visit.endedMs ?? nowMs }, within)
  return lengthOf(span) > 0 ? span : null
}

function unwatchedSpans({ notes, endedMs }: ShiftVisit, nowMs: number): Span[] {
  const marks = notes.filter(({ kind }) => kind === 'UNWATCHED' || kind === 'WATCHED')
  return marks.flatMap(({ kind, atMs }, index) =>
    kind === 'UNWATCHED'
      ? [{ fromMs: atMs, toMs: marks[index + 1]?.atMs ?? endedMs ?? nowMs }]
      : [],
  )
}

/**
 * OV-7. How much of the visits was watched: of those that somebody must watch by what was noted when nobody
 * did, of all by what walls had on screen. Visits that nobody may watch do not count.
 */
export function coverageOf(
  visits: readonly ShiftVisit[],
  { within, nowMs, isMust }: { within: Span; nowMs: number; isMust: (of: VisitClass) => boolean },
): CoverageFigures {
  const figures = { mustMs: 0, mustWatchedMs: 0, allMs: 0, allWatchedMs: 0 }
  for (const visit of visits.filter(({ monitor }) => monitor !== 'NONE')) {
    const span = underWay(visit, within, nowMs)
    if (!span) continue
    const onScreen = visit.watched.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? nowMs }))
    figures.allMs += lengthOf(span)
    figures.allWatchedMs += unionMs(onScreen.map((one) => cut(one, span)))
    if (!isMust(visit.visitClass)) continue
    const missed = unwatchedSpans(visit, nowMs).map((one) => cut(one, span))
    figures.mustMs += lengthOf(span)
    figures.mustWatchedMs += lengthOf(span) - unionMs(missed)
  }
  return figures
}

/** Middle, ninth tenth and longest of waits, in milliseconds. */
export function waitsOf(waitsMs: readonly number[]): WaitFigures {
  const ordered = waitsMs.toSorted((a, b) => a - b)
  const at = (share: number): number | null =>
    ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] ?? null
  return {
    count: ordered.length,
    medianMs: at(0.5),
    p90Ms: at(0.9),
    longestMs: ordered.at(-1) ?? null,
  }
}

/** From one kind of note to the next of another about the same seat, in milliseconds. */
function between(
  { notes }: ShiftVisit,
  from: TimelineKind,
  isEnd: (note: ShiftNote) => boolean,
): number[] {
  return notes.flatMap((note, index) => {
    if (note.kind !== from) return []
    const later = notes.slice(index + 1)
    const end = later.find((other) => other.seatId === note.seatId && isEnd(other))
    return end ? [end.atMs - note.atMs] : []
  })
}

/** From a call for help to its answer, and from coming to being let in. */
export function waitFigures(visits: readonly ShiftVisit[]): ShiftFigures['waits'] {
  const isAnswer = ({ kind, code }: ShiftNote): boolean =>
    kind === 'HELP_ANSWERED' && code !== 'TAKEN_BACK'
  return {
    help: waitsOf(visits.flatMap((visit) => between(visit, 'HELP_CALLED', isAnswer))),
    admission: waitsOf(
      visits.flatMap((visit) => between(visit, 'ARRIVED', ({ kind }) => kind === 'ADMITTED')),
    ),
  }
}

const INCIDENTS: Readonly<Partial<Record<TimelineKind, Incident['kind']>>> = {
  HELP_CALLED: 'HELP_CALLED',
  WARNED: 'WARNED',
  MUTED: 'MUTED',
  PAUSED: 'PAUSED',
  OFFICER_SPOKE: 'OFFICER_SPOKE',
  FLAGGED: 'FLAGGED',
  UNWATCHED: 'UNWATCHED',
}

/** An incident before the wire's brands. */
export type IncidentInput = Omit<Incident, 'visitId'> & { readonly visitId: string }

/** What happened that whoever takes over should know, oldest first. */
export function incidentsOf(visits: readonly ShiftVisit[], within: Span): IncidentInput[] {
  const isWithin = (ms: number): boolean => ms >= within.fromMs && ms < within.toMs
  const found = visits.flatMap((visit) => {
    const { visitId, terminalName, wing } = visit
    const of = (atMs: number, kind: Incident['kind'], code: string | null) => ({
      ...{ at: new Date(atMs).toISOString(), visitId, terminalName, wing, kind, code },
    })
    const noted = visit.notes.flatMap(({ kind, atMs, code }) => {
      const incident = INCIDENTS[kind]
      return incident && isWithin(atMs) ? [of(atMs, incident, code)] : []
    })
    const end = endingOf(visit)
    return end && isWithin(end.atMs) ? [...noted, of(end.atMs, end.kind, visit.outcome)] : noted
  })
  return found.toSorted((a, b) => a.at.localeCompare(b.at))
}

function endingOf({ outcome, endedMs, endsMs }: ShiftVisit) {
  if (outcome === 'STAFF_TERMINATED')
    return { kind: 'TERMINATED', atMs: endedMs ?? endsMs } as const
  const isFailed = outcome !== null && FAILED.includes(outcome)
  return isFailed ? ({ kind: 'FAILED', atMs: endedMs ?? endsMs } as const) : null
}

const HOUR_MS = 3_600_000

/** Visits by the hour they start in, and how each stands. */
export function hoursOf(
  visits: readonly ShiftVisit[],
  { fromMs, toMs }: Span,
): ShiftFigures['hours'] {
  const first = Math.floor(fromMs / HOUR_MS)
  const count = Math.ceil(toMs / HOUR_MS) - first
  const hours = Array.from({ length: count }, (_, index) => ({
    at: new Date((first + index) * HOUR_MS).toISOString(),
    ...{ planned: 0, running: 0, completed: 0, failed: 0 },
  }))
  for (const visit of visits) {
    const hour = hours[Math.floor(visit.startsMs / HOUR_MS) - first]
    if (hour) hour[groupOf(visit)] += 1
  }
  return hours
}

function groupOf({ state, outcome }: ShiftVisit): 'planned' | 'running' | 'completed' | 'failed' {
  if (state === 'ENDED')
    return outcome !== null && FAILED.includes(outcome) ? 'failed' : 'completed'
  return UNDER_WAY_STATES.includes(state) ? 'running' : 'planned'
}
