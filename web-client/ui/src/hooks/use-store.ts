import { useSyncExternalStore } from 'react'

type Watchable<State> = {
  getState(): State
  subscribe(listener: () => void): () => void
}

/** Renders with a store's state, and again whenever it changes. */
export function useStore<State>(store: Watchable<State>): State {
  return useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => store.getState(),
  )
}
