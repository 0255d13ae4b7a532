/** One kind of event between a child and its parent: children emit, parents listen. */
export type Signal<T> = {
  readonly on: (listener: (value: T) => void) => void
  /** Calls the listeners in the order in which they came. */
  readonly emit: (value: T) => void
}

/** A new signal without listeners. */
export function createSignal<T>(): Signal<T> {
  const listeners: ((value: T) => void)[] = []
  return {
    on: (listener) => void listeners.push(listener),
    emit: (value) => listeners.forEach((listener) => listener(value)),
  }
}
