import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ACCOUNT_LIMIT,
  BROWSER_LIMIT,
  CODE_LIMIT,
  NETWORK_LIMIT,
  PAIR_LIMIT,
  afterFailure,
  cleanCount,
  countAt,
  waitsUntil,
  withoutFailure,
} from './limit-rules.ts'
import type { Count, Limit } from './limit-rules.ts'

const START = new Date('2026-11-22T12:00:00Z')
const limits = fc.constantFrom(PAIR_LIMIT, ACCOUNT_LIMIT, BROWSER_LIMIT, CODE_LIMIT, NETWORK_LIMIT)
const pauses = fc.array(fc.integer({ min: 0, max: 40 * 60_000 }), { maxLength: 300 })

/** How many guesses are looked at when somebody tries after each of these pauses. */
function lookedAt(limit: Limit, pausesMs: readonly number[]): { looked: number; lastMs: number } {
  let now = START
  let count: Count | null = null
  let looked = 0
  for (const pauseMs of pausesMs) {
    now = new Date(now.getTime() + pauseMs)
    const current = countAt(count, limit, now)
    if (waitsUntil(current, limit, now) !== null) continue
    looked += 1
    count = afterFailure(current, limit, now)
  }
  return { looked, lastMs: now.getTime() - START.getTime() }
}

describe('[TR-3] guesses', () => {
  it('are never looked at more often than the limit allows, whatever their rhythm', () => {
    fc.assert(
      fc.property(limits, pauses, (limit, pausesMs) => {
        const { looked, lastMs } = lookedAt(limit, pausesMs)
        const spans = Math.floor(lastMs / limit.forgottenAfterMs) + 1
        if (limit.most !== undefined) expect(looked).toBeLessThanOrEqual(limit.most * spans)
      }),
    )
  })

  it('at an account: a hundred in thirty days, however patient', () => {
    const everyHour = Array.from({ length: 24 * 29 }, () => 3_600_000)
    expect(lookedAt(ACCOUNT_LIMIT, everyHour).looked).toBe(100)
  })

  it('each double the wait, up to the longest', () => {
    const waits: number[] = []
    let count = cleanCount(START)
    for (let at = 0; at < 20; at += 1) {
      count = afterFailure(count, PAIR_LIMIT, START)
      waits.push((count.waitsUntil?.getTime() ?? START.getTime()) - START.getTime())
    }
    expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 0, 15_000, 30_000, 60_000])
    expect(waits.at(-1)).toBe(PAIR_LIMIT.longestWaitMs)
  })

  it('that turn out to be right are taken back, and never below none', () => {
    const one = afterFailure(cleanCount(START), NETWORK_LIMIT, START)
    expect(withoutFailure(one).failures).toBe(0)
    expect(withoutFailure(withoutFailure(one)).failures).toBe(0)
  })
})
