import type { Store } from './types.ts'

/** A store with its setter, for the module that owns the state. */
export type OwnedStore<State> = Store<State> & { setState(next: State): void }

/** Makes a store; setting the same object again tells nobody. */
export function createStore<State>(initial: State): OwnedStore<State> {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    setState(next) {
      if (next === state) return
      state = next
      // A listener may unsubscribe itself or others while it is told.
      for (const listener of [...listeners]) listener()
    },
  }
}

/** Resolves to true once `isReached` holds, or to false after `patienceMs`. */
export function waitForState<State>(
  store: Store<State>,
  isReached: (state: State) => boolean,
  patienceMs: number,
): Promise<boolean> {
  if (isReached(store.getState())) return Promise.resolve(true)
  return new Promise((resolve) => {
    const settle = (result: boolean): void => {
      clearTimeout(timer)
      unsubscribe()
      resolve(result)
    }
    const timer = setTimeout(() => settle(false), patienceMs)
    const unsubscribe = store.subscribe(() => {
      if (isReached(store.getState())) settle(true)
    })
  })
}
