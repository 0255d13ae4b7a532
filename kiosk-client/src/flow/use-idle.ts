import { useEffect, useEffectEvent, useState } from 'react'
import { secondsLeft } from './idle.ts'
import type { IdleLimit } from './idle.ts'

/** Fine enough for a count of seconds that nobody sees stumble. */
const LOOK_EVERY_MS = 250
/** A click too: assistive technology presses without a pointer. */
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'click'] as const

/** Counts the time without a touch: seconds left while to be warned, otherwise null. Calls `onOver` at the end. */
export function useIdle(limit: IdleLimit | null, onOver: () => void): number | null {
  const [left, setLeft] = useState<number | null>(null)
  const over = useEffectEvent(onOver)
  useEffect(() => {
    if (limit === null) return undefined
    let touchedAtMs = performance.now()
    const touch = () => {
      touchedAtMs = performance.now()
      setLeft(secondsLeft(0, limit))
    }
    const look = () => {
      const now = secondsLeft(performance.now() - touchedAtMs, limit)
      setLeft(now)
      if (now !== 0) return
      touch()
      over()
    }
    touch()
    const timer = setInterval(look, LOOK_EVERY_MS)
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, touch, { capture: true })
    return () => {
      clearInterval(timer)
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, touch, { capture: true })
      setLeft(null)
    }
  }, [limit])
  return left
}
