import type { ReplyMemory } from '@visavis/contract/answer'
import { createReplyMemory } from '@visavis/platform/reply-memory'

/** Answers remembered per sign-in, so that a repeat after a lost socket is still carried out once. */
export type ReplyMemories = {
  /** The memory of one sign-in; call the release when its socket is gone. */
  readonly borrow: (authSessionId: string) => { memory: ReplyMemory; release: () => void }
}

/** As long as a single answer is kept. */
const KEPT_AFTER_LAST_SOCKET_MS = 60_000

/** No memories yet. */
export function createReplyMemories(): ReplyMemories {
  const memories = new Map<string, { memory: ReplyMemory; sockets: number }>()
  const forgetLater = (authSessionId: string): void => {
    const forget = (): void => {
      if (memories.get(authSessionId)?.sockets === 0) memories.delete(authSessionId)
    }
    setTimeout(forget, KEPT_AFTER_LAST_SOCKET_MS).unref()
  }
  return {
    borrow(authSessionId) {
      const kept = memories.get(authSessionId) ?? { memory: createReplyMemory(), sockets: 0 }
      memories.set(authSessionId, kept)
      kept.sockets += 1
      return {
        memory: kept.memory,
        release: () => {
          kept.sockets -= 1
          forgetLater(authSessionId)
        },
      }
    },
  }
}
