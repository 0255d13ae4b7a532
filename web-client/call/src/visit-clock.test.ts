import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VisitClock } from '@visavis/contract/visit'
import { SHOWN_LATE_MS, hearClock, leftNow } from './visit-clock.ts'
import type { HeardClock } from './visit-clock.ts'

const START = Date.parse('2026-11-22T12:00:00.000Z')
const SECOND = 1_000
const BOOKED_MS = 1_800_000

function word(second: number, leftMs: number): VisitClock {
  const at = new Date(START + second * SECOND).toISOString()
  return { deliveredMs: BOOKED_MS - leftMs, bookedMs: BOOKED_MS, leftMs, isRunning: true, at }
}

/** One word a second; whether the clock ran in the second before it. */
function wordsOf(runs: readonly boolean[]): readonly VisitClock[] {
  let leftMs = BOOKED_MS
  return runs.map((isRunning, second) => {
    if (second > 0 && isRunning) leftMs -= SECOND
    return word(second, leftMs)
  })
}

type Client = {
  /** Local clock minus the server's: anything, it was never set. */
  readonly skewMs: number
  /** How late each word comes; the first is prompt. */
  readonly delays: readonly number[]
}

/** What a client shows at a server instant, in ms after the start. */
function shownAt(words: readonly VisitClock[], { skewMs, delays }: Client, atMs: number): number {
  let latestMs = 0
  const heard = words.reduce<HeardClock | null>((before, clock, second) => {
    // A socket keeps its order: what follows a late word is not heard before it.
    latestMs = Math.max(latestMs, second * SECOND + (delays[second] ?? 0))
    return latestMs <= atMs ? hearClock(before, clock, START + latestMs + skewMs) : before
  }, null)
  return heard === null ? BOOKED_MS : leftNow(heard, START + atMs + skewMs)
}

const SECONDS = 12
const PROMPT_MS = 50
const clientLateBy = (longestMs: number) =>
  fc
    .record({
      skewMs: fc.integer({ min: -10_000_000, max: 10_000_000 }),
      late: fc.array(fc.integer({ min: 0, max: longestMs }), {
        minLength: SECONDS,
        maxLength: SECONDS,
      }),
      prompt: fc.integer({ min: 0, max: PROMPT_MS }),
    })
    .map(({ skewMs, late, prompt }): Client => ({ skewMs, delays: [prompt, ...late.slice(1)] }))
const anyRuns = fc.array(fc.boolean(), { minLength: SECONDS, maxLength: SECONDS })
const anyInstant = fc.integer({ min: PROMPT_MS, max: SECONDS * SECOND })

describe('[LV-5] the countdown', () => {
  it('shows what was so a second ago, between the words around it', () => {
    const heard = hearClock(hearClock(null, word(0, 6_000), 20), word(1, 5_000), 1_020)
    const since = (ms: number) => leftNow(heard, 20 + SHOWN_LATE_MS + ms)
    expect([-500, 0, 250, 999, 1_000, 9_000].map(since)).toEqual([
      6_000, 6_000, 5_750, 5_001, 5_000, 5_000,
    ])
  })

  it('takes a word told again, or dated back, in place of what it contradicts', () => {
    const told = hearClock(hearClock(null, word(3, 9_000), 3_000), word(2, 4_000), 3_100)
    expect(leftNow(hearClock(told, word(2, 4_000), 3_200), 60_000)).toBe(4_000)
  })

  it('differs by a second at most between the two sides, however clocks are set and words come late', () => {
    const client = clientLateBy(SHOWN_LATE_MS - PROMPT_MS)
    fc.assert(
      fc.property(anyRuns, fc.tuple(client, client), anyInstant, (runs, [one, other], atMs) => {
        const words = wordsOf(runs)
        const differMs = Math.abs(shownAt(words, one, atMs) - shownAt(words, other, atMs))
        expect(differMs).toBeLessThanOrEqual(SECOND)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never runs backwards and never faster than time', () => {
    const client = clientLateBy(SHOWN_LATE_MS - PROMPT_MS)
    fc.assert(
      fc.property(anyRuns, client, anyInstant, (runs, one, atMs) => {
        const words = wordsOf(runs)
        const shown = shownAt(words, one, atMs)
        expect(shownAt(words, one, atMs + 100)).toBeLessThanOrEqual(shown)
        expect(BOOKED_MS - shown).toBeLessThanOrEqual(atMs)
      }),
      { numRuns: 1_000 },
    )
  })
})
