import { hearClock, leftNow } from '@visavis/call'
import type { HeardClock } from '@visavis/call'
import type { VisitClock } from '@visavis/contract/visit'
import { useEffect, useRef, useState } from 'react'

/** Often enough that a second's change is seen when it happens. */
const LOOK_EVERY_MS = 250
const SECOND_MS = 1_000

/** The visit's clock as it is by now: it goes on between two words of the server (LV-5). */
export function useRunningClock(clock: VisitClock): VisitClock {
  const heard = useRef<HeardClock | null>(null)
  const [leftMs, setLeftMs] = useState(clock.leftMs)
  useEffect(() => {
    const known = hearClock(heard.current, clock, performance.now())
    heard.current = known
    const look = () => setLeftMs(wholeSeconds(leftNow(known, performance.now())))
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [clock])
  return { ...clock, leftMs }
}

/** What is left changes by whole seconds, so that nothing is drawn anew that looks the same. */
function wholeSeconds(leftMs: number): number {
  return Math.ceil(leftMs / SECOND_MS) * SECOND_MS
}
