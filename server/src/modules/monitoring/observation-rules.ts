import type { WatchKind } from '@visavis/contract/media-permits'
import type { MonitorMode } from '@visavis/contract/media-policy'
import type { Watching } from './observer-rules.ts'

/** That a wall perceives a visit in one way, and what may be perceived of it. */
export type Observed = {
  readonly visitId: string
  readonly kind: WatchKind
  readonly monitor: MonitorMode
}

/** How the log calls the beginning of each. */
export const BEGIN_ACTIONS: Readonly<Record<WatchKind, string>> = {
  LIVE: 'visit.watch',
  STILLS: 'visit.watchStills',
  SOUND: 'visit.listen',
}

/** Names what a wall has one of at most. */
export function keyOf({ visitId, kind }: Pick<Observed, 'visitId' | 'kind'>): string {
  return `${kind} ${visitId}`
}

/** All that a screen shows and sounds; `monitorOf` knows every visit on it. */
export function observationsOf(
  { visitIds, stillVisitIds, focusVisitId }: Watching,
  monitorOf: (visitId: string) => MonitorMode,
): Observed[] {
  const observed = (visitId: string, kind: WatchKind): Observed[] => {
    const monitor = monitorOf(visitId)
    const isHeard = kind !== 'SOUND' || monitor === 'AV'
    return monitor !== 'NONE' && isHeard ? [{ visitId, kind, monitor }] : []
  }
  return [
    ...[...visitIds].flatMap((visitId) => observed(visitId, 'LIVE')),
    ...[...stillVisitIds].flatMap((visitId) => observed(visitId, 'STILLS')),
    ...(focusVisitId ? observed(focusVisitId, 'SOUND') : []),
  ]
}

/** What begins and what is over, by the keys of what is open. */
export function observationPlan(
  open: ReadonlyMap<string, string>,
  wished: readonly Observed[],
): { begin: readonly Observed[]; end: readonly string[] } {
  const keys = new Set(wished.map(keyOf))
  return {
    begin: wished.filter((observed) => !open.has(keyOf(observed))),
    end: [...open.keys()].filter((key) => !keys.has(key)),
  }
}
