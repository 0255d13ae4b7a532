/** A room that the database says is on this node. */
export type ExpectedRoom = { readonly visitId: string; readonly epoch: number }

/** A room that the node says it has. */
export type FoundRoom = { readonly visitId: string; readonly epoch: number }

/** What to do about one room after a node was asked what it holds. */
export type ReconcileAction =
  /** It stands as expected: take it back, media untouched. */
  | { readonly kind: 'keep'; readonly visitId: string }
  /** Nobody expects it here. */
  | { readonly kind: 'close'; readonly visitId: string }
  /** It is expected and not there, or of another epoch: place it again with the next epoch. */
  | { readonly kind: 'replace'; readonly visitId: string }

/**
 * Compares what should be on a node with what is. Exactly one action for each visit of either list;
 * closing comes first, so that what is void frees its place before anything new is made.
 */
export function reconcilePlan(
  expected: readonly ExpectedRoom[],
  found: readonly FoundRoom[],
): ReconcileAction[] {
  const wanted = new Set(expected.map(({ visitId }) => visitId))
  const foundEpoch = new Map(found.map(({ visitId, epoch }) => [visitId, epoch]))
  const closing = [...foundEpoch.keys()].filter((visitId) => !wanted.has(visitId))
  return [
    ...closing.map((visitId) => ({ kind: 'close' as const, visitId })),
    ...expected.map(({ visitId, epoch }) => ({
      kind: foundEpoch.get(visitId) === epoch ? ('keep' as const) : ('replace' as const),
      visitId,
    })),
  ]
}
