import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTryingAgain } from '@visavis/contract/quality-ladder'
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

const SIGNING = { victim: 'SOUND', availableBps: 1_000_000 } as const
const STARVED = { ...SIGNING, isPicturePassed: false, availableBps: 200_000 } as const
const LEAST = { ...SIGNING, availableBps: 100_000 } as const

test('[LV-9] where somebody signs, a smaller layer is asked for after 3 s, in steps, and the voice stays', () => {
  const pair = freshPair(0, 'SOUND')
  expect(after(pair, 3, STARVED).ask).toBe('WHOLE')
  const lean = after(pair, 4, STARVED)
  expect([lean.ask, lean.isHolding]).toEqual(['LEAN', false])
  expect(after(lean, 4, STARVED).ask).toBe('SPARSE')
  // What finds no room but is not sent in less costs the voice nothing: it is not what takes the room.
  expect(after(lean, 60, STARVED).isHolding).toBe(false)
  // The estimate says by itself what does not fit.
  expect(after(pair, 4, { ...SIGNING, availableBps: 120_000 }).ask).toBe('LEAN')
  expect(after(pair, 4, LEAST).ask).toBe('SPARSE')
})

test('[LV-9] where somebody signs, the sound goes when the least picture costs loss, and not before', () => {
  const sparse = after(freshPair(0, 'SOUND'), 4, LEAST)
  expect(held(after(sparse, 3, { ...LEAST, lossShare: 0.2 }))).toEqual([false, false])
  expect(held(after(sparse, 4, { ...LEAST, lossShare: 0.2 }))).toEqual([true, true])
  expect(held(after(sparse, 60, { ...LEAST, lossShare: 0.02 }))).toEqual([false, false])
  const wide = after(freshPair(0, 'SOUND'), 60, { ...SIGNING, lossShare: 0.2 })
  expect([wide.ask, ...held(wide)]).toEqual(['WHOLE', false, false])
})

test('[LV-9] more is asked for again after 15 s of a line that carries it, one step at a time', () => {
  const sparse = after(freshPair(0, 'SOUND'), 4, LEAST)
  // A line that is clean because so little is sent by it is no better line.
  expect(after(sparse, 120, LEAST).ask).toBe('SPARSE')
  expect(after(sparse, 15, SIGNING).ask).toBe('SPARSE')
  const lean = after(sparse, 16, SIGNING)
  expect(lean.ask).toBe('LEAN')
  expect(after(lean, 120, { ...SIGNING, availableBps: 140_000 }).ask).toBe('LEAN')
  const whole = after(lean, 16, SIGNING)
  expect(whole.ask).toBe('WHOLE')
  // A try that has the picture stand still ends after 3 s, though the estimate is not believed yet.
  expect(after(whole, 4, STARVED).ask).toBe('LEAN')
})

test('[LV-9] who begins to sign gets all first: what goes is another thing now', () => {
  const gone = after(freshPair(0), 4, { isPicturePassed: false })
  const anew = after(gone, 1, SIGNING)
  expect([anew.ask, ...held(anew)]).toEqual(['WHOLE', false, false])
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
        if (each.victim === 'PICTURE') expect(state.ask).toBe('WHOLE')
        else if (state.isHolding) expect(state.ask).toBe('SPARSE')
      }
    }),
  )
})

test('[LV-9] from any past, a poor line ends with the least picture and a good one with the whole', () => {
  const { isPicturePassed, availableBps } = STARVED
  const look = fc.record({
    victim: fc.constantFrom('PICTURE' as const, 'SOUND' as const),
    isPicturePassed: fc.boolean(),
    lossShare: fc.double({ min: 0, max: 1, noNaN: true }),
    availableBps: fc.integer({ min: 100_000, max: 2_000_000 }),
  })
  fc.assert(
    fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
      const state = looks.reduce((now, each) => after(now, 1, each), freshPair(0))
      const poor = after(state, 20, { ...SIGNING, isPicturePassed, availableBps })
      expect(poor.ask).toBe('SPARSE')
      expect(after(poor, 3 * 121, SIGNING)).toMatchObject({ ask: 'WHOLE', isHeld: false })
    }),
    { numRuns: 30 },
  )
})

test('[LV-9] a second try goes against the estimate, and ends by what it does to the voice', () => {
  const paused = { isPictureDue: false, isPicturePassed: false }
  const gone = after(freshPair(0), 4, { isPicturePassed: false })
  const first = after(gone, 16, paused)
  expect([first.isHolding, isTryingAgain(first.ladder)]).toEqual([false, false])
  const vain = after(first, 9, { isPicturePassed: false })
  expect(vain.isHolding).toBe(true)
  let again = vain
  while (again.isHolding) again = after(again, 1, paused)
  expect(isTryingAgain(again.ladder)).toBe(true)
  expect(after(again, 60, {}).isHolding).toBe(false)
  expect(after(again, 4, { lossShare: 0.3 }).isHolding).toBe(true)
})
