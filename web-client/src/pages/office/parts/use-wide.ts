import { useSyncExternalStore } from 'react'

/** From here on a table of days or terminals is better read than a list. */
const WIDE = '(min-width: 60rem)'

/** Whether the window has room for a board; follows its size and the zoom. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(WIDE).matches)
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(WIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
