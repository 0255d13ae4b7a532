import type { FlowStretch } from '@visavis/contract/receipt'

/** Looks are half a second apart and two clocks never agree to the millisecond: shorter holes say nothing. */
const SHORT_HOLE_MS = 1_000
/** What the SFU saw last is told once a second. */
const SHORT_TAIL_MS = 2_000

/**
 * The flow without the holes that come from looking now and then: each is counted with what was seen
 * before it, the one after the start with what came next. Longer holes stay.
 */
export function bridged(
  flow: readonly FlowStretch[],
  { startedMs, endedMs }: { readonly startedMs: number; readonly endedMs: number },
): FlowStretch[] {
  const inOrder = flow.toSorted((a, b) => a.fromMs - b.fromMs)
  return inOrder.map((stretch, index) => {
    const next = inOrder[index + 1]
    const untilMs = next ? next.fromMs : endedMs
    const longest = next ? SHORT_HOLE_MS : SHORT_TAIL_MS
    return stretched(index === 0 ? begunAt(stretch, startedMs) : stretch, { untilMs, longest })
  })
}

function begunAt(stretch: FlowStretch, startedMs: number): FlowStretch {
  const hole = stretch.fromMs - startedMs
  if (hole <= 0 || hole > SHORT_HOLE_MS) return stretch
  return { ...stretch, fromMs: startedMs, ms: stretch.ms + hole }
}

function stretched(
  stretch: FlowStretch,
  { untilMs, longest }: { readonly untilMs: number; readonly longest: number },
): FlowStretch {
  const hole = untilMs - stretch.fromMs - stretch.ms
  return hole > 0 && hole <= longest ? { ...stretch, ms: stretch.ms + hole } : stretch
}
