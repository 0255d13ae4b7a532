import { deliveredNow, hearClock } from '@visavis/call'
import type { HeardClock } from '@visavis/call'
import type { VisitClock } from '@visavis/contract/visit'
import { useEffect, useRef, useState } from 'react'

/** Often enough that a second's change is seen when it happens. */
const LOOK_EVERY_MS = 250
const SECOND_MS = 1_000

/** The visit's clock as it is by now: it goes on between two words of the server (LV-5). */
export function useRunningClock(clock: VisitClock): VisitClock {
  const heard = useRef<HeardClock | null>(null)
  const [deliveredMs, setDeliveredMs] = useState(clock.deliveredMs)
  useEffect(() => {
    const known = hearClock(heard.current, clock, performance.now())
    heard.current = known
    const look = () => setDeliveredMs(wholeSeconds(deliveredNow(known, performance.now()), clock))
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [clock])
  return { ...clock, deliveredMs }
}

/** What is left changes by whole seconds, so that nothing is drawn anew that looks the same. */
function wholeSeconds(deliveredMs: number, { bookedMs }: VisitClock): number {
  return bookedMs - Math.ceil((bookedMs - deliveredMs) / SECOND_MS) * SECOND_MS
}
