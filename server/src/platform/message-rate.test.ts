import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAllowances, takeOne } from './message-rate.ts'
import type { Allowance } from './message-rate.ts'

const RATE = { burst: 10, perSecond: 5 }

describe('messages of one sender', () => {
  it('are never more than the burst and what time adds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 200 }), (waits) => {
        let allowance: Allowance | null = null
        let nowMs = 0
        let taken = 0
        for (const wait of waits) {
          nowMs += wait
          const { after, waitMs } = takeOne(allowance, RATE, nowMs)
          allowance = after
          if (waitMs === 0) taken += 1
          expect(taken).toBeLessThanOrEqual(RATE.burst + (nowMs / 1_000) * RATE.perSecond)
        }
      }),
    )
  })

  it('that come at the rate are all answered', () => {
    let allowance: Allowance | null = null
    for (let nowMs = 0; nowMs < 60_000; nowMs += 200) {
      const { after, waitMs } = takeOne(allowance, RATE, nowMs)
      allowance = after
      expect(waitMs).toBe(0)
    }
  })

  it('that come too soon may come after the time that was told', () => {
    const { waitMs, after } = takeOne({ left: 0, atMs: 0 }, RATE, 0)
    expect(waitMs).toBe(200)
    expect(takeOne(after, RATE, waitMs).waitMs).toBe(0)
  })

  it('say nothing about another sender, and a clock that is set back gives nobody more', () => {
    let nowMs = 1_000
    const senders = createAllowances(RATE, () => nowMs)
    for (let at = 0; at < 10; at += 1) expect(senders.take('flood')).toBe(0)
    expect(senders.take('flood')).toBeGreaterThan(0)
    expect(senders.take('other')).toBe(0)
    nowMs = 0
    expect(senders.take('flood')).toBeGreaterThan(0)
  })

  it('are forgotten when they may send everything again', () => {
    let nowMs = 0
    const senders = createAllowances(RATE, () => nowMs)
    for (let at = 0; at < 1_000; at += 1) senders.take(`sender ${at}`)
    nowMs = 2_000
    senders.take('one more')
    expect(senders.size()).toBe(1)
  })
})
