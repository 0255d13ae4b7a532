import type { Clock } from '@visavis/platform/clock'

/** Long enough to answer a stampede with one look, short enough that nobody sees it. */
const KEPT_MS = 100

type Kept<Value> = { readonly value: Promise<Value>; readonly at: number; readonly atReal: number }

/** Answers that many ask for at the same moment, read once for all of them; only ever a hint. */
export type Shared<Value> = {
  readonly get: (key: string, read: () => Promise<Value>) => Promise<Value>
  readonly clear: () => void
}

/** `realNow` is a clock that goes on while an injected one stands. */
export function createShared<Value>(
  clock: Clock,
  realNow: () => number = () => performance.now(),
): Shared<Value> {
  const kept = new Map<string, Kept<Value>>()
  const isFresh = ({ at, atReal }: Kept<Value>): boolean =>
    realNow() - atReal < KEPT_MS && clock.now().getTime() - at < KEPT_MS
  return {
    get: (key, read) => {
      const known = kept.get(key)
      if (known && isFresh(known)) return known.value
      for (const [old, entry] of kept) if (!isFresh(entry)) kept.delete(old)
      const value = read()
      const entry = { value, at: clock.now().getTime(), atReal: realNow() }
      kept.set(key, entry)
      value.catch(() => kept.delete(key))
      return value
    },
    clear: () => kept.clear(),
  }
}
