/** So many reads of one kind run at once; the others of that moment go together in the next. */
const AT_ONCE = 2
/** Beyond this a statement takes so long that the first in it wait for the last. */
const MAX_KEYS = 100

type Waiting<Key, Value> = {
  readonly key: Key
  readonly resolve: (value: Value) => void
  readonly reject: (error: unknown) => void
}

/**
 * Turns reads that many requests make at the same moment into one statement. A read is always sent after
 * it was asked for, so nobody is told anything older than without this; alone, it is sent at once. `read`
 * gives a value for each key, in their order.
 */
export function createBatched<Key, Value>(
  read: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  const waiting: Waiting<Key, Value>[] = []
  let running = 0
  const start = (): void => {
    if (running >= AT_ONCE || waiting.length === 0) return
    const batch = waiting.splice(0, MAX_KEYS)
    running += 1
    void answer(batch, read).finally(() => {
      running -= 1
      start()
    })
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      // What else this turn of the event loop asks comes along.
      if (waiting.length === 1) setImmediate(start)
    })
}

async function answer<Key, Value>(
  batch: readonly Waiting<Key, Value>[],
  read: (keys: readonly Key[]) => Promise<readonly Value[]>,
): Promise<void> {
  try {
    const values = await read(batch.map(({ key }) => key))
    batch.forEach(({ resolve }, at) => resolve(values[at] as Value))
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
