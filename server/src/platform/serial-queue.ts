/** Runs tasks of one key one after another, and tasks of different keys side by side. */
export type SerialQueue = {
  /** Resolves or rejects as the task does; a failed task does not stop those behind it. */
  readonly run: <T>(key: string, task: () => Promise<T>) => Promise<T>
}

/** A queue per key, forgotten when it is empty. */
export function createSerialQueue(): SerialQueue {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run(key, task) {
      const before = tails.get(key) ?? Promise.resolve()
      const result = before.then(task, task)
      const tail = result.catch(() => undefined)
      tails.set(key, tail)
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
      return result
    },
  }
}
