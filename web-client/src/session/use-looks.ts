import { useEffect } from 'react'

/** A sign-in that was ended elsewhere, or that nobody used, leaves a page on show within this time. */
const LOOK_EVERY_MS = 30_000

/** Calls `look` now and then while `isOn` and the page is on show, and at once when it is shown again. */
export function useLooks(isOn: boolean, look: () => void): void {
  useEffect(() => {
    if (!isOn) return undefined
    const lookIfShown = () => {
      if (document.visibilityState === 'visible') look()
    }
    const timer = setInterval(lookIfShown, LOOK_EVERY_MS)
    document.addEventListener('visibilitychange', lookIfShown)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookIfShown)
    }
  }, [isOn, look])
}
