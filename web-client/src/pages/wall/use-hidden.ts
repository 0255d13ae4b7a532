import { useEffect, useState } from 'react'

/** A glance at another tab is no reason to close and open everything, nor to write it in the log. */
const GLANCE_MS = 5_000

/** Whether nobody has seen this page for a while. */
export function useHidden(): boolean {
  const [isHidden, setIsHidden] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') setIsHidden(false)
      else timer = setTimeout(() => setIsHidden(true), GLANCE_MS)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return isHidden
}
