import type { KeyedStore, WallFeed } from '@visavis/call'
import type { VisitClock, WallVisit } from '@visavis/contract/visit'
import { useCallback, useSyncExternalStore } from 'react'

/** Renders with one value of a keyed store, and again when that one changes. */
export function useKeyed<Value>(store: KeyedStore<Value>, key: string): Value | undefined {
  const subscribe = useCallback(
    (listener: () => void) => store.subscribe(key, listener),
    [store, key],
  )
  return useSyncExternalStore(subscribe, () => store.get(key))
}

/** The newest clock of a visit. */
export function useClock({ clocks }: Pick<WallFeed, 'clocks'>, visit: WallVisit): VisitClock {
  return useKeyed(clocks, visit.visitId) ?? visit.clock
}
