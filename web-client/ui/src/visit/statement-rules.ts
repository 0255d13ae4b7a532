import type { GapCause, VisitReceipt } from '@visavis/contract/receipt'

/** A statement as the wire has it: who reads it knows its visit already. */
export type Statement = Omit<VisitReceipt, 'visitId'>

/** The booked time is this wide on the plot. */
export const PLOT_WIDTH = 1_000

/** A stretch of the booked time as it is drawn, in units of {@link PLOT_WIDTH}; `cause` null: delivered. */
export type PlotBar = {
  readonly x: number
  readonly width: number
  readonly cause: GapCause | null
}

/** Bars that fill the booked time from start to end without a hole; none where nothing was booked. */
export function plotOf(statement: Pick<Statement, 'startsAt' | 'endsAt' | 'gaps'>): PlotBar[] {
  const startMs = Date.parse(statement.startsAt)
  const lengthMs = Date.parse(statement.endsAt) - startMs
  if (lengthMs <= 0) return []
  const bar = (fromMs: number, toMs: number, cause: GapCause | null): PlotBar[] => {
    const x = (fromMs / lengthMs) * PLOT_WIDTH
    const width = ((toMs - fromMs) / lengthMs) * PLOT_WIDTH
    return toMs > fromMs ? [{ x, width, cause }] : []
  }
  let atMs = 0
  const bars = statement.gaps.flatMap(({ at, ms, cause }) => {
    const fromMs = Date.parse(at) - startMs
    const before = bar(atMs, fromMs, null)
    atMs = fromMs + ms
    return [...before, ...bar(fromMs, atMs, cause)]
  })
  return [...bars, ...bar(atMs, lengthMs, null)]
}

/** All that was lost to one cause; milliseconds, and the instant at which it first happened. */
export type Loss = {
  readonly cause: GapCause
  readonly ms: number
  readonly times: number
  readonly firstAt: string
}

/** What was lost to what, the most first; together with the delivered time that is the booked time. */
export function lossesOf(gaps: Statement['gaps']): readonly Loss[] {
  const losses = new Map<GapCause, Loss>()
  for (const { at, ms, cause } of gaps) {
    const known = losses.get(cause) ?? { cause, ms: 0, times: 0, firstAt: at }
    losses.set(cause, { ...known, ms: known.ms + ms, times: known.times + 1 })
  }
  return [...losses.values()].toSorted((a, b) => b.ms - a.ms)
}
