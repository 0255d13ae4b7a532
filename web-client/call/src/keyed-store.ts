/**
 * Values by key, each watched by itself: a page with many tiles draws only the one that changed, and what
 * changes many times a second passes by the page's own state.
 */
export type KeyedStore<Value> = {
  readonly get: (key: string) => Value | undefined
  /** Calls `listener` after each change of that key; gives back the way to stop. */
  readonly subscribe: (key: string, listener: () => void) => () => void
}

/** A keyed store with its setter, for the module that owns the values. */
export type OwnedKeyedStore<Value> = KeyedStore<Value> & {
  /** Undefined takes the value away. Setting the same one again tells nobody. */
  readonly set: (key: string, value: Value | undefined) => void
  readonly keys: () => readonly string[]
}

/** Makes an empty store. */
export function createKeyedStore<Value>(): OwnedKeyedStore<Value> {
  const values = new Map<string, Value>()
  const listeners = new Map<string, Set<() => void>>()
  return {
    get: (key) => values.get(key),
    keys: () => [...values.keys()],
    subscribe(key, listener) {
      const ofKey = listeners.get(key) ?? new Set()
      listeners.set(key, ofKey.add(listener))
      return () => {
        ofKey.delete(listener)
        if (ofKey.size === 0 && listeners.get(key) === ofKey) listeners.delete(key)
      }
    },
    set(key, value) {
      if (values.get(key) === value) return
      if (value === undefined) values.delete(key)
      else values.set(key, value)
      for (const listener of [...(listeners.get(key) ?? [])]) listener()
    },
  }
}
