/**
 * Where the tiles stand. Tiles that jump are not found again and are pressed by mistake: they are put in
 * order anew only when something more urgent comes, and never while the officer's hand is among them.
 */

/** A tile as it should stand: how urgent it is, 0 the most. Lists of them are in the wished order. */
export type WantedTile = { readonly visitId: string; readonly urgency: number }

export type TileOrder = {
  readonly visitIds: readonly string[]
  /** How urgent each was when it was put where it stands; more than that since: it has risen. */
  readonly placedAt: ReadonlyMap<string, number>
  /** What has come forward with the last new order; marked on the wall. */
  readonly moved: ReadonlySet<string>
  /** What wants to come forward and waits for the hand to leave. */
  readonly waiting: ReadonlySet<string>
}

export type Hand = {
  /** Whether the officer is pointing, typing or scrolling among the tiles. */
  readonly isBusy: boolean
  /** The tile that is chosen: it stays where it is. */
  readonly chosenId: string | null
}

/** No tile stands anywhere. */
export const NO_ORDER: TileOrder = {
  visitIds: [],
  placedAt: new Map(),
  moved: new Set(),
  waiting: new Set(),
}

/** The order after something has changed; the same object where it stays as it is. Pure. */
export function nextOrder(order: TileOrder, wanted: readonly WantedTile[], hand: Hand): TileOrder {
  const risen = wanted.filter((tile) => hasRisen(order, tile))
  if (risen.length > 0 && !hand.isBusy) return newFirst(order, wanted, hand.chosenId)
  const waiting = new Set(risen.map(({ visitId }) => visitId))
  const ids = new Set(wanted.map(({ visitId }) => visitId))
  const kept = order.visitIds.filter((visitId) => ids.has(visitId))
  const added = [...ids].filter((visitId) => !order.placedAt.has(visitId))
  const next = {
    visitIds: [...kept, ...added],
    placedAt: new Map(wanted.map((tile) => [tile.visitId, placeOf(order, tile, waiting)])),
    moved: order.moved,
    waiting,
  }
  return isSame(order, next) ? order : next
}

/** Everything in the wished order, but the chosen tile where it was. Pure. */
export function newFirst(
  order: TileOrder,
  wanted: readonly WantedTile[],
  chosenId: string | null,
): TileOrder {
  const risen = wanted.filter((tile) => hasRisen(order, tile)).map(({ visitId }) => visitId)
  const ids = wanted.map(({ visitId }) => visitId)
  const chosenAt = chosenId === null ? -1 : order.visitIds.indexOf(chosenId)
  const visitIds = ids.filter((visitId) => visitId !== chosenId || chosenAt < 0)
  if (chosenId !== null && chosenAt >= 0 && ids.includes(chosenId)) {
    visitIds.splice(chosenAt, 0, chosenId)
  }
  return {
    visitIds,
    placedAt: new Map(wanted.map(({ visitId, urgency }) => [visitId, urgency])),
    // At the first sight of the wall everything is new, and a mark on everything says nothing.
    moved: new Set(order.visitIds.length === 0 ? [] : risen.filter((id) => id !== chosenId)),
    waiting: new Set(),
  }
}

/** Whether a tile is more urgent than its place says; one that is new is so if it is urgent at all. */
function hasRisen({ placedAt, visitIds }: TileOrder, { visitId, urgency }: WantedTile): boolean {
  const placed = placedAt.get(visitId)
  if (placed !== undefined) return urgency < placed
  return visitIds.length === 0 || urgency < QUIET
}

/** The urgency of a tile that wants no attention; every urgent one is below it. */
export const QUIET = 100

/** One that waits is still to come forward; any other stands right where it is, however calm it has become. */
function placeOf(
  { placedAt }: TileOrder,
  { visitId, urgency }: WantedTile,
  waiting: ReadonlySet<string>,
): number {
  return waiting.has(visitId) ? (placedAt.get(visitId) ?? QUIET) : urgency
}

function isSame(order: TileOrder, next: TileOrder): boolean {
  return (
    order.visitIds.length === next.visitIds.length &&
    order.visitIds.every((visitId, at) => next.visitIds[at] === visitId) &&
    order.waiting.size === next.waiting.size &&
    [...next.waiting].every((visitId) => order.waiting.has(visitId)) &&
    [...next.placedAt].every(([visitId, placed]) => order.placedAt.get(visitId) === placed)
  )
}
