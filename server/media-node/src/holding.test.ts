import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshPair, nextPair } from './holding.ts'
import type { PairLook, PairState } from './holding.ts'

const FLOWING: PairLook = {
  ...{ atMs: 0, victim: 'PICTURE', isPictureDue: true, isPicturePassed: true, hasSound: true },
  ...{ lossShare: 0, availableBps: 60_000 },
}
const BEAT_MS = 1_000

function after(state: PairState, beats: number, changes: Partial<PairLook>): PairState {
  let now = state
  for (let beat = 0; beat < beats; beat += 1) {
    const atMs = now.ladder.atMs + BEAT_MS
    now = nextPair(now, { ...FLOWING, ...changes, atMs })
  }
  return now
}
const held = ({ isHolding, isHeld }: PairState) => [isHolding, isHeld]

test('[LV-9] a picture of which no layer is passed on for 3 s is held back, so that the voice stays', () => {
  expect(held(after(freshPair(0), 3, { isPicturePassed: false }))).toEqual([false, false])
  expect(held(after(freshPair(0), 4, { isPicturePassed: false }))).toEqual([true, true])
})

test('[LV-9] a picture alone, or one that is not sent, is never held back', () => {
  for (const changes of [{ hasSound: false }, { isPictureDue: false }]) {
    expect(held(after(freshPair(0), 60, { isPicturePassed: false, ...changes }))).toEqual([
      false,
      false,
    ])
  }
})

test('[LV-9] on a line that carries it, a picture that is not passed on waits for a key frame', () => {
  for (const availableBps of [400_000, null]) {
    const state = after(freshPair(0), 60, { isPicturePassed: false, availableBps })
    expect(held(state)).toEqual([false, false])
  }
})

test('[LV-9] after 15 s it is tried again; a vain try is told to nobody and waits longer the next time', () => {
  const gone = after(freshPair(0), 4, { isPicturePassed: false })
  const paused = { isPictureDue: false, isPicturePassed: false }
  expect(held(after(gone, 15, paused))).toEqual([true, true])
  const tried = after(gone, 16, paused)
  expect(tried.isHolding).toBe(false)
  const vain = after(tried, 1, { isPicturePassed: false })
  expect(held(vain)).toEqual([false, true])
  const again = after(vain, 8, { isPicturePassed: false })
  expect(held(again)).toEqual([true, true])
  expect(held(after(again, 30, paused))).toEqual([true, true])
  expect(held(after(vain, 1, {}))).toEqual([false, false])
})

test('[LV-9] loss keeps a picture from being tried', () => {
  const gone = after(freshPair(0), 4, { isPicturePassed: false })
  const lossy = { isPictureDue: false, isPicturePassed: false, lossShare: 0.08 }
  expect(held(after(gone, 200, lossy))).toEqual([true, true])
})

test('[LV-9] where somebody signs, the sound goes when the smallest picture costs loss, and not before', () => {
  const signing = { victim: 'SOUND', availableBps: 100_000 } as const
  expect(held(after(freshPair(0), 4, { ...signing, lossShare: 0.2 }))).toEqual([true, true])
  expect(held(after(freshPair(0), 60, { ...signing, lossShare: 0.02 }))).toEqual([false, false])
  const wide = { ...signing, availableBps: 400_000, lossShare: 0.2 }
  expect(held(after(freshPair(0), 60, wide))).toEqual([false, false])
})

test('[LV-9] whatever comes, what is held is told, and nothing is held of a pair without sound', () => {
  const look = fc.record({
    victim: fc.constantFrom('PICTURE' as const, 'SOUND' as const),
    isPictureDue: fc.boolean(),
    isPicturePassed: fc.boolean(),
    hasSound: fc.boolean(),
    lossShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    availableBps: fc.option(fc.nat(2_000_000)),
  })
  fc.assert(
    fc.property(fc.array(look, { maxLength: 100 }), (looks) => {
      let state = freshPair(0)
      for (const each of looks) {
        state = nextPair(state, { ...each, atMs: state.ladder.atMs + BEAT_MS })
        if (state.isHolding) expect(state.isHeld).toBe(true)
        if (!each.hasSound) expect(state.isHolding).toBe(false)
      }
    }),
  )
})
