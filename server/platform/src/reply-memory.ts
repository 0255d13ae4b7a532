import { Refusal } from '@visavis/contract/errors'
import type { ReplyMemory } from '@visavis/contract/answer'

/** A client that repeats a request does so within its own time-outs; a minute outlasts them. */
const KEPT_MS = 60_000
/** Bounds what one connection can make us keep. */
const MAX_KEPT = 256

type Kept = { fingerprint: string; reply: Promise<unknown>; at: number }

/** Remembers one caller's answers for a minute, so that a repeated request is carried out once. */
export function createReplyMemory(nowMs: () => number = Date.now): ReplyMemory {
  const kept = new Map<string, Kept>()
  const forgetOld = (): void => {
    for (const [requestId, { at }] of kept) {
      if (kept.size <= MAX_KEPT && nowMs() - at < KEPT_MS) return
      kept.delete(requestId)
    }
  }
  return {
    once<Reply>(key: { requestId: string; fingerprint: string }, work: () => Promise<Reply>) {
      forgetOld()
      const known = kept.get(key.requestId)
      if (known && known.fingerprint !== key.fingerprint) throw new Refusal('REQUEST_ID_REUSED')
      if (known) return known.reply as Promise<Reply>
      const reply = work()
      kept.set(key.requestId, { fingerprint: key.fingerprint, reply, at: nowMs() })
      return reply
    },
  }
}
