import type { TimelineKind } from '@visavis/contract/timeline'
import { flagAt } from './flag-rules.ts'
import type { FlagStep } from './flag-rules.ts'
import type { Situation } from './session-rules.ts'
import { isUnderWay } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import type { BarStep, SessionStep, VisitStep } from './visit-step.ts'

/** From now on somebody watches a visit that somebody must, or nobody does (OV-7). */
export type CoverageStep = { readonly kind: 'coverage'; readonly isWatched: boolean }

/**
 * What follows from whether somebody watches (OV-7): the visit misses its monitor, and by the facility's
 * policy waits, goes on with a flag, or goes on while others are asked to take it.
 */
export function coverageStep(situation: Situation): VisitStep | null {
  const { visit } = situation
  if (!isUnderWay(visit.session.state)) return null
  const isMissing = isUnwatched(situation)
  if (isMissing !== (visit.session.unwatchedSince !== null)) {
    return { kind: 'coverage', isWatched: !isMissing }
  }
  return moveStep(visit, isMissing) ?? waitStep(visit, isMissing) ?? flagStep(situation, isMissing)
}

function isUnwatched({ visit, isWatched }: Situation): boolean {
  return visit.coverage.mustBeWatched && isWatched !== true
}

function moveStep({ session: { state } }: VisitRecord, isMissing: boolean): SessionStep | null {
  if (isMissing && state === 'LIVE') return { kind: 'session', action: 'loseMonitor' }
  if (!isMissing && state === 'MISSING_MONITOR') return { kind: 'session', action: 'regainMonitor' }
  return null
}

/** It waits for somebody to watch, and goes on by itself; other reasons to wait come first and stay. */
function waitStep({ session, coverage }: VisitRecord, isMissing: boolean): BarStep | null {
  const isToWait = isMissing && coverage.whenNotWatched === 'PAUSE'
  if (session.pauseReason === 'NO_MONITOR') return isToWait ? null : { kind: 'bar', reason: null }
  const mayWait = session.pauseReason === null && session.state === 'MISSING_MONITOR'
  return isToWait && mayWait ? { kind: 'bar', reason: 'NO_MONITOR' } : null
}

/** Once a visit: when and how often it was not watched is in its timeline. */
function flagStep({ visit, now, freshId }: Situation, isMissing: boolean): FlagStep | null {
  const isToFlag = isMissing && visit.coverage.whenNotWatched === 'FLAG' && freshId !== undefined
  if (!isToFlag || visit.flags.some(({ category }) => category === 'NOT_WATCHED')) return null
  const given = { flagId: freshId, flaggedBy: null, category: 'NOT_WATCHED', reason: null } as const
  return { kind: 'flag', flag: flagAt(visit, now, { ...given, note: '' }) }
}

/** What the timeline calls such a step. */
export const OF_COVERAGE = { true: 'WATCHED', false: 'UNWATCHED' } as const satisfies Record<
  string,
  TimelineKind
>

const UNTOLD: readonly VisitStep['kind'][] = ['coverage', 'flag', 'unflag']
const UNTOLD_MOVES: readonly SessionStep['action'][] = ['loseMonitor', 'regainMonitor']

/** Whether a step concerns staff alone: the parties are told nothing of it, not even that something was (OV-3). */
export function isUntold(step: VisitStep): boolean {
  if (step.kind === 'session') return UNTOLD_MOVES.includes(step.action)
  if (step.kind === 'recorder') return !step.isTold
  return UNTOLD.includes(step.kind)
}

/** The version of a visit as its parties know it: it rises with what they are told, and with nothing else. */
export function toldVersionOf({ session }: VisitRecord): number {
  return session.version - session.untoldSteps
}

/** The state of a visit as its parties know it: whether somebody watches is nothing to them (OV-3). */
export function toldStateOf<State extends string>(state: State): Exclude<State, 'MISSING_MONITOR'> {
  return (state === 'MISSING_MONITOR' ? 'LIVE' : state) as Exclude<State, 'MISSING_MONITOR'>
}
