/** A tile that is scrolled away is often scrolled back: its pictures are kept for so long, then closed. */
const LINGER_MS = 30_000

/** Which tiles are seen, and which were a moment ago. */
export type Seen = {
  readonly onScreen: ReadonlySet<string>
  /** Just scrolled away, the latest first. */
  readonly lingering: readonly string[]
}

export const NOTHING_SEEN: Seen = { onScreen: new Set(), lingering: [] }

export type SeenTiles = {
  readonly look: (visitId: string, isOnScreen: boolean) => void
  readonly close: () => void
}

/** Keeps account of what is seen; `onChange` is told after each change. */
export function createSeenTiles(onChange: (seen: Seen) => void): SeenTiles {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let seen = NOTHING_SEEN
  const tell = (next: Seen): void => {
    seen = next
    onChange(seen)
  }
  const without = (visitId: string): string[] => seen.lingering.filter((each) => each !== visitId)
  const forget = (visitId: string): void => {
    timers.delete(visitId)
    tell({ ...seen, lingering: without(visitId) })
  }
  return {
    look(visitId, isOnScreen) {
      if (seen.onScreen.has(visitId) === isOnScreen) return
      clearTimeout(timers.get(visitId))
      const onScreen = new Set(seen.onScreen)
      if (isOnScreen) {
        timers.delete(visitId)
        tell({ onScreen: onScreen.add(visitId), lingering: without(visitId) })
        return
      }
      onScreen.delete(visitId)
      timers.set(
        visitId,
        setTimeout(() => forget(visitId), LINGER_MS),
      )
      tell({ onScreen, lingering: [visitId, ...without(visitId)] })
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
