import type { FlowStretch } from '@visavis/contract/receipt'

/** A stretch of one epoch's media. */
export type EpochStretch = { readonly epoch: number; readonly stretch: FlowStretch }

/** What the SFU told of a visit and is not yet stored. */
export type FlowBook = {
  /** Takes what a measure brings; a stretch that has grown replaces what it was. */
  readonly note: (epoch: number, flow: readonly FlowStretch[]) => void
  readonly unstored: () => readonly EpochStretch[]
  /** These were stored as they are here; one that has grown meanwhile stays. */
  readonly stored: (stretches: readonly EpochStretch[]) => void
}

/** An empty book. */
export function createFlowBook(): FlowBook {
  const open = new Map<string, EpochStretch>()
  const keyOf = ({ epoch, stretch }: EpochStretch): string => `${epoch}:${stretch.fromMs}`
  return {
    note(epoch, flow) {
      for (const stretch of flow) open.set(keyOf({ epoch, stretch }), { epoch, stretch })
    },
    unstored: () => [...open.values()],
    stored(stretches) {
      for (const one of stretches) if (open.get(keyOf(one)) === one) open.delete(keyOf(one))
    },
  }
}
