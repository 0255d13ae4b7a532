import type { ConsumerInfo } from '@visavis/contract/rtc'

/**
 * A person's voice and picture are told one after the other, within milliseconds. Each negotiation with
 * the browser costs more than that, and both fit into one: so the first waits this long for the second.
 */
const WAIT_MS = 20

/** Consumers that wait to be built together. */
export type ConsumerBatch<Item> = {
  /** Keeps it until the other kind of the same seat is there too, but not for long. */
  readonly add: (item: Item) => void
  /** Nothing more is to be waited for. */
  readonly flush: () => void
  /** Forgets what waits. */
  readonly close: () => void
}

/** Makes an empty batch; `build` gets what is to be built now. */
export function createConsumerBatch<Item extends { readonly info: ConsumerInfo }>(
  build: (items: readonly Item[]) => void,
): ConsumerBatch<Item> {
  let waiting: Item[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const clear = (): Item[] => {
    const cleared = waiting
    clearTimeout(timer)
    timer = undefined
    waiting = []
    return cleared
  }
  const flush = (): void => {
    const items = clear()
    if (items.length > 0) build(items)
  }
  return {
    add(item) {
      const isOther = ({ info: { seatId, kind } }: Item): boolean =>
        seatId === item.info.seatId && kind !== item.info.kind
      const hasOther = waiting.some(isOther)
      waiting.push(item)
      if (hasOther) flush()
      else timer ??= setTimeout(flush, WAIT_MS)
    },
    flush,
    close: () => void clear(),
  }
}
