import type { ATTENTION_REASONS, WallVisit } from '@visavis/contract/visit'
import type { MAX_WATCHED_VISITS } from '@visavis/contract/wall-socket'
import type { SessionState } from '@visavis/contract/session-lifecycle'

type Attention = (typeof ATTENTION_REASONS)[number]

/** Most urgent first (OV-4); typed so that a new reason must be given its place. */
const URGENCY: Readonly<Record<Attention, number>> = {
  HELP_CALLED: 0,
  ID_PENDING: 1,
  CONNECTION_TROUBLE: 2,
  PAUSED: 3,
  STARTING: 4,
}
const NOT_URGENT = 5

const NOTHING_TO_SEE: readonly SessionState[] = ['SCHEDULED', 'ENDED']
/** The contract's limit; its type keeps the two equal without importing its schemas. */
const MAX_WATCHED: typeof MAX_WATCHED_VISITS = 25

export type WallGroups = {
  /** Has a tile. */
  readonly tiles: readonly WallVisit[]
  readonly later: readonly WallVisit[]
  readonly finished: readonly WallVisit[]
}

/** Tiles by need of attention, then by start; what has not begun and what is over stand apart. Pure. */
export function arrangeWall(visits: readonly WallVisit[]): WallGroups {
  const ordered = visits.toSorted(
    (a, b) =>
      urgencyOf(a) - urgencyOf(b) ||
      a.startsAt.localeCompare(b.startsAt) ||
      a.visitId.localeCompare(b.visitId),
  )
  return {
    tiles: ordered.filter(({ state }) => !NOTHING_TO_SEE.includes(state)),
    later: ordered.filter(({ state }) => state === 'SCHEDULED'),
    finished: ordered.filter(({ state }) => state === 'ENDED'),
  }
}

/** What to ask the server to watch: on screen, permitted and running; the focused one before all. */
export function visitsToWatch(
  tiles: readonly WallVisit[],
  onScreen: ReadonlySet<string>,
  focusVisitId: string | null,
): string[] {
  return tiles
    .filter(({ visitId }) => onScreen.has(visitId) || visitId === focusVisitId)
    .filter(({ policy, state }) => policy.monitor !== 'NONE' && !NOTHING_TO_SEE.includes(state))
    .toSorted((a, b) => Number(b.visitId === focusVisitId) - Number(a.visitId === focusVisitId))
    .slice(0, MAX_WATCHED)
    .map(({ visitId }) => visitId)
}

function urgencyOf({ attention }: WallVisit): number {
  return attention === null ? NOT_URGENT : URGENCY[attention]
}
