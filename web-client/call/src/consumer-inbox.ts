import type { ConsumerInfo } from '@visavis/contract/rtc'
import type { Receiver } from './receiver.ts'

/**
 * Consumer events that come while there is nothing to build them on, or while a rejoin compares
 * lists, wait here. Applied after the list they are right, whichever of the two is newer.
 */
export type ConsumerInbox = {
  readonly created: (info: ConsumerInfo) => void
  readonly closed: (consumerId: string) => void
  /** Keeps what comes from now on. */
  readonly hold: () => void
  /** Forgets what waits: it was about media that are gone. */
  readonly clear: () => void
  /** Hands over what waits, and from now on everything at once. */
  readonly release: (receiver: Pick<Receiver, 'add' | 'remove'>) => void
}

/** Makes an inbox that holds until its first release. */
export function createConsumerInbox(): ConsumerInbox {
  const created = new Map<string, ConsumerInfo>()
  const closed = new Set<string>()
  let receiver: Pick<Receiver, 'add' | 'remove'> | null = null

  return {
    created(info) {
      if (receiver) receiver.add(info)
      else created.set(info.consumerId, info)
    },
    closed(consumerId) {
      if (receiver) {
        receiver.remove(consumerId)
        return
      }
      // One that came and went must not be built at all: its place in the transport may be taken again.
      created.delete(consumerId)
      closed.add(consumerId)
    },
    hold() {
      receiver = null
    },
    clear() {
      created.clear()
      closed.clear()
    },
    release(next) {
      receiver = next
      closed.forEach((consumerId) => next.remove(consumerId))
      created.forEach((info) => next.add(info))
      created.clear()
      closed.clear()
    },
  }
}
