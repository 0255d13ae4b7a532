import { createUnwrapper } from '../rtp/unwrap.ts'

/** Which packets of one stream have not come, and which of them it is time to ask for (RFC 4585). */
export type LossTracker = {
  /** A packet came, itself or repeated; by its sequence number of 16 bits. */
  readonly arrived: (sequence: number) => void
  /** What to ask for at `nowMs` (any monotonic clock), in order of sending, and how many were given up now. */
  readonly due: (nowMs: number) => { readonly ask: readonly number[]; readonly givenUp: number }
  /** Whether anything has not come that may still come. */
  readonly isLacking: () => boolean
}

/** A sender answers within a few of these on the way from machine to machine. */
export const ASK_EVERY_MS = 40
/** What has not come after so many times is gone. */
export const ASK_TIMES = 10
/** A longer hole is a line that was down, and what was sent meanwhile is nowhere kept. */
export const LONGEST_HOLE = 512

type Missing = { readonly sequence: number; asked: number; askedAtMs: number }

/** Creates a tracker; a stream begins with the first packet that arrives. */
export function createLossTracker(): LossTracker {
  const unwrap = createUnwrapper(16)
  const missing = new Map<number, Missing>()
  let highest: number | null = null
  return {
    arrived(wrapped) {
      const sequence = unwrap(wrapped)
      missing.delete(sequence)
      if (highest !== null) noteHole(missing, highest + 1, sequence)
      highest = Math.max(highest ?? sequence, sequence)
    },
    due(nowMs) {
      let givenUp = 0
      const ask: number[] = []
      for (const packet of missing.values()) {
        if (packet.asked > 0 && nowMs - packet.askedAtMs < ASK_EVERY_MS) continue
        if (packet.asked === ASK_TIMES) {
          missing.delete(packet.sequence)
          givenUp += 1
          continue
        }
        packet.asked += 1
        packet.askedAtMs = nowMs
        ask.push(packet.sequence % 2 ** 16)
      }
      return { ask, givenUp }
    },
    isLacking: () => missing.size > 0,
  }
}

function noteHole(missing: Map<number, Missing>, from: number, to: number): void {
  if (to - from > LONGEST_HOLE) return
  for (let sequence = from; sequence < to; sequence += 1) {
    missing.set(sequence, { sequence, asked: 0, askedAtMs: 0 })
  }
}
