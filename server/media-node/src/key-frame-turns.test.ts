import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyFrameTurns } from './key-frame-turns.ts'

/** Within which a browser takes no notice of a second request. */
const DEAF_MS = 300

it('[LV-1] whoever begins just after a beat waits until the sender listens again, and nobody else does', () => {
  const turns = new KeyFrameTurns()
  expect(turns.takeBegin('camera', 0)).toBe(0)
  turns.noteBeat('camera', 1_000)
  expect(turns.takeBegin('camera', 1_100)).toBe(250)
  expect(turns.takeBegin('another', 1_100)).toBe(0)
  expect(turns.takeBegin('camera', 1_400)).toBe(0)
  turns.forget('camera')
  expect(turns.takeBegin('camera', 1_100)).toBe(0)
})

it('[LV-1] a beat waits for who is about to begin, but never long: an end that is never built stops nothing', () => {
  const turns = new KeyFrameTurns()
  expect(turns.beatInMs('camera', 0)).toBe(0)
  turns.expectBegin('camera', 0)
  expect(turns.beatInMs('camera', 100)).toBe(500)
  expect(turns.beatInMs('another', 100)).toBe(0)
  expect(turns.beatInMs('camera', 600)).toBe(0)
})

it('[LV-1] a beat that waits as it is told and a picture that begins are never too close to one another', () => {
  const ticks = fc.array(fc.record({ afterMs: fc.nat(400), isBeat: fc.boolean() }), {
    minLength: 2,
    maxLength: 40,
  })
  fc.assert(
    fc.property(ticks, (events) => {
      let nowMs = 0
      const turns = new KeyFrameTurns()
      const asked: { atMs: number; isBeat: boolean }[] = []
      for (const { afterMs, isBeat } of events) {
        nowMs += afterMs
        if (!isBeat) asked.push({ atMs: nowMs + turns.takeBegin('camera', nowMs), isBeat })
        else if (turns.beatInMs('camera', nowMs) === 0) {
          turns.noteBeat('camera', nowMs)
          asked.push({ atMs: nowMs, isBeat })
        }
      }
      const beats = asked.filter((one) => one.isBeat)
      for (const begun of asked.filter((one) => !one.isBeat)) {
        for (const beat of beats) {
          expect(Math.abs(beat.atMs - begun.atMs)).toBeGreaterThan(DEAF_MS)
        }
      }
    }),
  )
})
