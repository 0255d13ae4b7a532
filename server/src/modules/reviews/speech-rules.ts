/** A stretch of a line of time, in milliseconds. */
export type Span = { readonly fromMs: number; readonly toMs: number }

/** A sound's loudness: a byte for each `everyMs`, 0 silent, 255 full scale. */
export type Loudness = {
  readonly levels: Uint8Array
  readonly everyMs: number
  /** Where its first level lies in the line of time. */
  readonly startMs: number
}

/** Speech begins above this (about 20 dB below full scale) … */
const LOUD = 24
/** … and is over when it stayed below this (about 30 dB below) … */
const QUIET = 8
/** … for this long: shorter pauses belong to a sentence. */
const PAUSE_MS = 700
/** A knock on the table is no speech. */
const SHORTEST_MS = 300

/** Where somebody speaks: two thresholds, so that a voice around one of them is not cut to pieces. */
export function speechOf(loudness: Loudness): Span[] {
  const { everyMs } = loudness
  return joined(loudStretches(loudness)).filter(
    ({ fromMs, toMs }) => toMs - fromMs >= Math.max(SHORTEST_MS, everyMs),
  )
}

/** Spans of several sounds of one person, in order and without overlaps. */
export function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = []
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = whole.at(-1)
    if (last && span.fromMs - last.toMs < PAUSE_MS) {
      whole[whole.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) }
    } else whole.push(span)
  }
  return whole
}

function loudStretches({ levels, everyMs, startMs }: Loudness): Span[] {
  const spans: Span[] = []
  let from: number | null = null
  for (const [index, level] of levels.entries()) {
    if (from === null && level >= LOUD) from = index
    if (from !== null && level < QUIET) {
      spans.push({ fromMs: startMs + from * everyMs, toMs: startMs + index * everyMs })
      from = null
    }
  }
  if (from !== null) {
    spans.push({ fromMs: startMs + from * everyMs, toMs: startMs + levels.length * everyMs })
  }
  return spans
}
