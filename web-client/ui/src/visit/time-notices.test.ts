import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NOTICE_AT_MS, noticeAt } from './time-notices.ts'

const HALF_HOUR_MS = 1_800_000

it('[LV-5] tells at five minutes, one minute and ten seconds', () => {
  for (const atMs of NOTICE_AT_MS) {
    expect(noticeAt(atMs + 1, HALF_HOUR_MS)).toBeNull()
    expect(noticeAt(atMs, HALF_HOUR_MS)).toBe(atMs)
  }
})

it('does not begin a short visit with a notice', () => {
  expect(noticeAt(60_000, 60_000)).toBeNull()
})

it('shows a notice for ten seconds of the clock and no longer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: HALF_HOUR_MS }), (remainingMs) => {
      const mark = noticeAt(remainingMs, HALF_HOUR_MS)
      if (mark !== null) expect(mark - remainingMs).toBeLessThan(10_000)
    }),
  )
})
