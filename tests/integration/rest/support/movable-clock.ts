import type { Clock } from '@visavis/platform/clock'

/** A clock that stands until a test moves it. */
export type MovableClock = Clock & { readonly advance: (ms: number) => void }

export function movableClock(start: Date): MovableClock {
  let nowMs = start.getTime()
  return {
    now: () => new Date(nowMs),
    advance: (ms) => {
      nowMs += ms
    },
  }
}
