/** A stretch of time, in milliseconds; the end is not part of it. */
export type Span = { readonly fromMs: number; readonly toMs: number }

/** The same time in as few stretches as can be, in order; empty ones are left out. */
export function unitedSpans(spans: readonly Span[]): Span[] {
  const united: Span[] = []
  const inOrder = spans
    .filter(({ fromMs, toMs }) => toMs > fromMs)
    .toSorted((one, other) => one.fromMs - other.fromMs)
  for (const span of inOrder) {
    const last = united.at(-1)
    if (!last || span.fromMs > last.toMs) united.push(span)
    else united[united.length - 1] = { ...last, toMs: Math.max(last.toMs, span.toMs) }
  }
  return united
}

/** What of `within` none of the spans covers. */
export function uncoveredSpans(within: Span, spans: readonly Span[]): Span[] {
  const uncovered: Span[] = []
  let atMs = within.fromMs
  for (const { fromMs, toMs } of unitedSpans(spans)) {
    if (fromMs > atMs) uncovered.push({ fromMs: atMs, toMs: Math.min(fromMs, within.toMs) })
    atMs = Math.max(atMs, toMs)
    if (atMs >= within.toMs) break
  }
  if (atMs < within.toMs) uncovered.push({ fromMs: atMs, toMs: within.toMs })
  return uncovered.filter(({ fromMs, toMs }) => toMs > fromMs)
}
