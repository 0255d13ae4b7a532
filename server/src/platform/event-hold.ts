/** Keeps back what would overtake an answer that is still on its way to the same client. */
export type EventHold = {
  /** From here on what passes for `key` is kept; the returned release lets it go, in order. */
  readonly hold: (key: string) => () => void
  /** Sends at once, or when the last hold on `key` is released. */
  readonly pass: (key: string, send: () => void) => void
}

/** Nothing held. */
export function createEventHold(): EventHold {
  const held = new Map<string, { holds: number; kept: (() => void)[] }>()
  return {
    hold(key) {
      const entry = held.get(key) ?? { holds: 0, kept: [] }
      held.set(key, entry)
      entry.holds += 1
      return () => {
        entry.holds -= 1
        if (entry.holds > 0) return
        held.delete(key)
        entry.kept.forEach((send) => send())
      }
    },
    pass(key, send) {
      const entry = held.get(key)
      if (entry) entry.kept.push(send)
      else send()
    },
  }
}

/**
 * Runs `work` with what passes for `key` kept back until its answer has been written: the acknowledgement
 * leaves in a microtask after `work`, so the next turn of the event loop is late enough.
 */
export async function holdUntilAnswered<T>(
  { hold }: EventHold,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const release = hold(key)
  try {
    return await work()
  } finally {
    setImmediate(release)
  }
}
