import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyFrameTurns } from './key-frame-turns.ts'

it('[RC-2] whoever asks a sender again waits until it listens, and no longer', () => {
  let nowMs = 0
  const turns = new KeyFrameTurns(() => nowMs)
  expect(turns.take('camera')).toBe(0)
  nowMs = 15
  expect(turns.take('camera')).toBe(0)
  nowMs = 100
  expect(turns.take('camera')).toBe(250)
  nowMs = 200
  expect(turns.take('camera')).toBe(150)
  expect(turns.take('another')).toBe(0)
  nowMs = 2_000
  expect(turns.take('camera')).toBe(0)
  turns.note('camera')
  nowMs = 2_100
  expect(turns.take('camera')).toBe(250)
  turns.forget('camera')
  expect(turns.take('camera')).toBe(0)
})

it('[RC-2] two asks are together or far enough apart, whoever comes when', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { minLength: 2, maxLength: 40 }), (steps) => {
      let nowMs = 0
      const turns = new KeyFrameTurns(() => nowMs)
      const asked: number[] = []
      for (const step of steps) {
        nowMs += step
        const inMs = turns.take('camera')
        expect(inMs).toBeLessThanOrEqual(350)
        asked.push(nowMs + inMs)
      }
      asked.sort((one, other) => one - other)
      let first = asked[0] ?? 0
      for (const at of asked) {
        expect(at - first <= 20 || at - first >= 350).toBe(true)
        if (at - first >= 350) first = at
      }
    }),
  )
})
