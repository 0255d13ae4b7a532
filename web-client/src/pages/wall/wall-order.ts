import type { ATTENTION_REASONS, WallVisit } from '@visavis/contract/visit'
import { QUIET } from './tile-order.ts'
import type { WantedTile } from './tile-order.ts'

type Attention = (typeof ATTENTION_REASONS)[number]

/** Most urgent first (OV-4); typed so that a new reason must be given its place. */
const URGENCY: Readonly<Record<Attention, number>> = {
  HELP_CALLED: 0,
  VIOLATION: 1,
  RESTRICTION: 2,
  NO_RECORDER: 3,
  NO_MONITOR: 4,
  HANDED_OVER: 5,
  ID_PENDING: 6,
  FLAGGED: 7,
  CONNECTION_TROUBLE: 8,
  PAUSED: 9,
  ADVICE: 10,
  STARTING: 11,
}

export type WallGroups = {
  /** Has a tile. */
  readonly tiles: readonly WallVisit[]
  readonly later: readonly WallVisit[]
  readonly finished: readonly WallVisit[]
}

/**
 * Tiles by need of attention, among equals those first that this officer is wanted for (`mine`), then by
 * start; what has not begun and what is over stand apart. Pure.
 */
export function arrangeWall(
  visits: readonly WallVisit[],
  mine: ReadonlySet<string> = new Set(),
): WallGroups {
  const ordered = visits.toSorted(
    (a, b) =>
      urgencyOf(a) - urgencyOf(b) ||
      Number(mine.has(b.visitId)) - Number(mine.has(a.visitId)) ||
      a.startsAt.localeCompare(b.startsAt) ||
      a.visitId.localeCompare(b.visitId),
  )
  return {
    tiles: ordered.filter(({ state }) => state !== 'SCHEDULED' && state !== 'ENDED'),
    later: ordered.filter(({ state }) => state === 'SCHEDULED'),
    finished: ordered.filter(({ state }) => state === 'ENDED'),
  }
}

/** The tiles as their order takes them. */
export function wantedTiles(tiles: readonly WallVisit[]): WantedTile[] {
  return tiles.map((visit) => ({ visitId: visit.visitId, urgency: urgencyOf(visit) }))
}

/**
 * The tile to go to for what is most urgent: after the one that is chosen now, round and round among equals;
 * null: nothing is urgent. Pure.
 */
export function nextUrgent(tiles: readonly WallVisit[], chosenId: string | null): string | null {
  const urgent = tiles.filter(({ attention }) => attention !== null)
  const ordered = urgent.toSorted((a, b) => urgencyOf(a) - urgencyOf(b))
  const at = ordered.findIndex(({ visitId }) => visitId === chosenId)
  return ordered[(at + 1) % ordered.length]?.visitId ?? null
}

/** How urgent a visit is, 0 the most. */
export function urgencyOf({ attention }: WallVisit): number {
  return attention === null ? QUIET : URGENCY[attention]
}
