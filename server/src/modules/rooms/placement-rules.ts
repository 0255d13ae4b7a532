/** A media node as placement sees it. */
export type NodeLoad = {
  readonly url: string
  readonly isReady: boolean
  readonly rooms: number
}

/** The ready node with the fewest rooms, the earlier of two alike; null when none is ready. */
export function placementOf(nodes: readonly NodeLoad[]): string | null {
  const ready = nodes.filter((node) => node.isReady)
  return ready.toSorted((a, b) => a.rooms - b.rooms)[0]?.url ?? null
}
