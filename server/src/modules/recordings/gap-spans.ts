/** A stretch of time, milliseconds since 1970; `toMs` is no part of it. */
export type Stretch = { readonly fromMs: number; readonly toMs: number }

/** In order, and what touches or overlaps is one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const inOrder = stretches
    .filter(({ fromMs, toMs }) => toMs > fromMs)
    .toSorted((a, b) => a.fromMs - b.fromMs)
  const all: Stretch[] = []
  for (const next of inOrder) {
    const last = all.at(-1)
    if (!last || next.fromMs > last.toMs) all.push(next)
    else all[all.length - 1] = { ...last, toMs: Math.max(last.toMs, next.toMs) }
  }
  return all
}

/** What is in both. */
export function shared(one: readonly Stretch[], other: readonly Stretch[]): Stretch[] {
  const others = joined(other)
  return joined(one).flatMap(({ fromMs, toMs }) =>
    others.flatMap((beside) => {
      const both = { fromMs: Math.max(fromMs, beside.fromMs), toMs: Math.min(toMs, beside.toMs) }
      return both.toMs > both.fromMs ? [both] : []
    }),
  )
}

/** What is in the first and not in the second. */
export function without(one: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  const away = joined(taken)
  return joined(one).flatMap(({ fromMs, toMs }) => {
    const left: Stretch[] = []
    let at = fromMs
    for (const gone of away) {
      if (gone.toMs <= at || gone.fromMs >= toMs) continue
      if (gone.fromMs > at) left.push({ fromMs: at, toMs: gone.fromMs })
      at = Math.max(at, gone.toMs)
    }
    return at < toMs ? [...left, { fromMs: at, toMs }] : left
  })
}

/** The times between a beginning and the next end, by notes in order; what never ends, ends at `endMs`. */
export function between<Note extends { readonly atMs: number }>(
  notes: readonly Note[],
  {
    begins,
    ends,
    endMs,
  }: {
    readonly begins: (note: Note) => boolean
    readonly ends: (note: Note) => boolean
    readonly endMs: number
  },
): Stretch[] {
  const all: Stretch[] = []
  let since: number | null = null
  for (const note of notes) {
    if (since === null && begins(note)) since = note.atMs
    else if (since !== null && ends(note)) {
      all.push({ fromMs: since, toMs: note.atMs })
      since = null
    }
  }
  if (since !== null) all.push({ fromMs: since, toMs: endMs })
  return joined(all)
}
