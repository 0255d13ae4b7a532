import { useEffect, useState } from 'react'

const TICK_MS = 1000

/** The present in ms, renewed each second. Only for words on the page; visits are timed by the server. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
