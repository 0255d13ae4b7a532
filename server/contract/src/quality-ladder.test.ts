import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DOWN_AFTER_MS,
  LONGEST_WAIT_MS,
  PROBE_MS,
  QUALITY_STEPS,
  UP_AFTER_MS,
  heldAt,
  isTrying,
  ladderAt,
  nextLadder,
} from './quality-ladder.ts'
import type { LadderBeat, LadderState } from './quality-ladder.ts'

const LAST = 5
const BEAT_MS = 1_000
const FINE = { lastRung: LAST, fittingRung: 0, harmlessRung: 0, isClean: true }
const onlyFits = (fittingRung: number) => ({ ...FINE, fittingRung })

/** The states after each of so many beats of a second in which the same is seen. */
function after(state: LadderState, beats: number, seen: Omit<LadderBeat, 'atMs'>): LadderState {
  let now = state
  for (let beat = 0; beat < beats; beat += 1) {
    now = nextLadder(now, { ...seen, atMs: now.atMs + BEAT_MS })
  }
  return now
}

const settledAt = (rung: number) => ladderAt(rung, 0, 0)

test('[LV-9] quality falls after 3 s of a line that does not carry it, as far as needed and no further', () => {
  expect(after(settledAt(0), 3, onlyFits(4)).rung).toBe(0)
  expect(after(settledAt(0), 4, onlyFits(4)).rung).toBe(4)
  const dip = after(after(settledAt(0), 3, onlyFits(4)), 1, FINE)
  expect(after(dip, 3, onlyFits(4)).rung).toBe(0)
  // One look at a better line is believed rather than three at a worse one.
  expect(after(after(settledAt(0), 1, onlyFits(2)), 3, onlyFits(4)).rung).toBe(2)
})

test('[LV-9] quality rises by one rung after 15 s of a clean line, and later after a try that failed', () => {
  expect(after(settledAt(3), 15, FINE).rung).toBe(3)
  const tried = after(settledAt(3), 16, FINE)
  expect([tried.rung, isTrying(tried)]).toEqual([2, true])
  // The estimate needs time to grow, so it is not believed at once.
  expect(after(tried, PROBE_MS / BEAT_MS - 1, onlyFits(3)).rung).toBe(2)
  const failed = after(tried, 9, onlyFits(3))
  expect(failed.rung).toBe(3)
  expect(failed.upAfterMs).toBe(2 * UP_AFTER_MS)
  expect(after(failed, 30, FINE).rung).toBe(3)
  expect(after(failed, 31, FINE).rung).toBe(2)
})

test('[LV-9] harm done ends a try at once, whatever the estimate says', () => {
  const tried = after(settledAt(3), 16, FINE)
  expect(after(tried, 4, { ...FINE, harmlessRung: 3 }).rung).toBe(3)
})

test('a try that settled is forgotten, and with it what failed before', () => {
  const tried = after({ ...settledAt(3), upAfterMs: 60_000 }, 61, FINE)
  expect([tried.rung, tried.upAfterMs]).toEqual([2, 60_000])
  const settled = after(tried, 30, { ...FINE, isClean: false })
  expect([settled.upAfterMs, settled.climbedAtMs]).toEqual([UP_AFTER_MS, null])
})

test('a page that slept knows nothing of the time between', () => {
  const bad = after(settledAt(0), 2, onlyFits(4))
  const awake = nextLadder(bad, { ...onlyFits(4), atMs: bad.atMs + 60_000 })
  expect(awake.rung).toBe(0)
})

const beat = fc.record({
  stepMs: fc.integer({ min: 200, max: 6_000 }),
  fittingRung: fc.nat(LAST),
  harmlessRung: fc.nat(LAST),
  isClean: fc.boolean(),
})

test('[LV-9] whatever a line does, the ladder stays on its rungs, never falls within 3 s nor rises within 15 s', () => {
  fc.assert(
    fc.property(fc.array(beat, { maxLength: 120 }), fc.nat(LAST), (beats, begin) => {
      let state = settledAt(begin)
      let movedAtMs = 0
      for (const { stepMs, ...seen } of beats) {
        const next = nextLadder(state, { ...seen, lastRung: LAST, atMs: state.atMs + stepMs })
        const sinceMs = next.atMs - movedAtMs
        if (next.rung > state.rung) expect(sinceMs).toBeGreaterThanOrEqual(DOWN_AFTER_MS)
        if (next.rung < state.rung) expect(sinceMs).toBeGreaterThanOrEqual(UP_AFTER_MS)
        expect(state.rung - next.rung).toBeLessThanOrEqual(1)
        expect(next.rung).toBeGreaterThanOrEqual(0)
        expect(next.rung).toBeLessThanOrEqual(LAST)
        expect(next.upAfterMs).toBeLessThanOrEqual(LONGEST_WAIT_MS)
        if (next.rung !== state.rung) movedAtMs = next.atMs
        state = next
      }
    }),
  )
})

test('[LV-9] from any past, a bad line ends at the last rung and a good one at the first', () => {
  fc.assert(
    fc.property(fc.array(beat, { maxLength: 40 }), (beats) => {
      let state = settledAt(0)
      for (const { stepMs, ...seen } of beats) {
        state = nextLadder(state, { ...seen, lastRung: LAST, atMs: state.atMs + stepMs })
      }
      const beatsToFall = (PROBE_MS + DOWN_AFTER_MS) / BEAT_MS + 1
      expect(after(state, beatsToFall, onlyFits(LAST)).rung).toBe(LAST)
      const beatsToRise = (LAST * LONGEST_WAIT_MS) / BEAT_MS + LAST
      expect(after(state, beatsToRise, FINE).rung).toBe(0)
    }),
    { numRuns: 30 },
  )
})

test('[LV-9] what is not sent is known of every step', () => {
  expect(QUALITY_STEPS.map(heldAt)).toEqual([
    ...[null, null, null, null],
    ...['PICTURE', 'PICTURE', 'SOUND'],
  ])
})
