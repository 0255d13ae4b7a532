import type { ResumeKey } from '@visavis/contract/visit-socket'

/** What a seat must say to hear what it missed. */
export type ResumeClaim = ResumeKey & { readonly lastEventSeq: number }

/** Which of a seat's numbered events were heard, and the key to hear the rest after a lost socket. */
export type EventLedger = {
  /** Whether an event is to be handled: each number once. One that has no number always is. */
  readonly take: (seq: number) => boolean
  /** The claim for a resume; null: join. */
  readonly claim: () => ResumeClaim | null
  /** A join gave us a session. */
  readonly joined: (key: ResumeKey, lastEventSeq: number) => void
  /** The snapshot of a resume holds everything up to this number. */
  readonly resumed: (lastEventSeq: number) => void
  /** The session is void; another server may count from the start. */
  readonly forget: () => void
}

/** An empty ledger. */
export function createEventLedger(): EventLedger {
  let key: ResumeKey | null = null
  let lastSeq = 0
  const upTo = (seq: number): void => {
    lastSeq = Math.max(lastSeq, seq)
  }
  return {
    take(seq) {
      if (seq === 0) return true
      const isNew = seq > lastSeq
      upTo(seq)
      return isNew
    },
    claim: () => key && { ...key, lastEventSeq: lastSeq },
    joined(next, lastEventSeq) {
      key = next
      upTo(lastEventSeq)
    },
    resumed: upTo,
    forget() {
      key = null
      lastSeq = 0
    },
  }
}
