import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventLedger } from './event-ledger.ts'

const KEY = { sessionId: '0198c0de-0000-7000-8000-000000000001', resumeSecret: 's'.repeat(43) }

test('[LV-8] each number is taken once however often it is replayed, and the claim names the newest', () => {
  const replays = fc.array(fc.record({ from: fc.nat(20), count: fc.nat(20) }), { maxLength: 10 })
  fc.assert(
    fc.property(replays, (rounds) => {
      const ledger = createEventLedger()
      ledger.joined(KEY, 0)
      const taken: number[] = []
      for (const { from, count } of rounds) {
        // A server replays from what the claim said or earlier, without gaps.
        const last = ledger.claim()?.lastEventSeq ?? 0
        const first = Math.max(1, last + 1 - from)
        for (let seq = first; seq < first + count; seq += 1) if (ledger.take(seq)) taken.push(seq)
      }
      expect(taken).toEqual(taken.map((_, index) => index + 1))
      expect(ledger.claim()).toEqual({ ...KEY, lastEventSeq: taken.length })
    }),
  )
})

test('a void session leaves nothing to claim, and another server may count from the start', () => {
  const ledger = createEventLedger()
  expect(ledger.claim()).toBeNull()
  ledger.joined(KEY, 40)
  expect(ledger.take(40)).toBe(false)
  expect(ledger.take(0)).toBe(true)
  ledger.forget()
  expect(ledger.claim()).toBeNull()
  expect(ledger.take(1)).toBe(true)
  ledger.joined(KEY, 3)
  ledger.resumed(5)
  expect(ledger.claim()).toMatchObject({ lastEventSeq: 5 })
})
