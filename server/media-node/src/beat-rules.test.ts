import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BEAT_EVERY_MS, BeatPlan, observedLayer } from './beat-rules.ts'

const TICK_MS = 50

const CAMERA = 'camera'

/** When one sender was asked, looked at every tick from 0 on. */
function dueTimes(plan: BeatPlan, untilMs: number, begunAtMs: number | null = null): number[] {
  const due: number[] = []
  for (let nowMs = TICK_MS; nowMs <= untilMs; nowMs += TICK_MS) {
    if (nowMs === begunAtMs) plan.begin(CAMERA, nowMs)
    const beat = plan.due(nowMs)
    if (beat.isOfAll || beat.producerIds.has(CAMERA)) due.push(nowMs)
  }
  return due
}

describe('the beat of a room', () => {
  it('[OV-3] comes every four seconds, whatever happens', () => {
    fc.assert(
      fc.property(fc.uuid(), (visitId) => {
        const due = dueTimes(new BeatPlan(visitId, 0), 5 * BEAT_EVERY_MS)
        expect(due.length).toBe(5)
        const pauses = due.slice(1).map((atMs, index) => atMs - (due[index] ?? 0))
        expect(new Set(pauses)).toEqual(new Set([BEAT_EVERY_MS]))
      }),
    )
  })

  it('[OV-3] asks whoever has just become visible thrice more, and is then where it was', () => {
    const visitId = randomUUID()
    const usual = dueTimes(new BeatPlan(visitId, 0), 20_000)
    const begun = dueTimes(new BeatPlan(visitId, 0), 20_000, 6_000)
    expect(begun.filter((atMs) => !usual.includes(atMs))).toEqual(
      [6_600, 7_600, 8_600].filter((atMs) => !usual.includes(atMs)),
    )
    expect(begun.filter((atMs) => usual.includes(atMs))).toEqual(usual)
  })

  it('[LV-1] asks nobody else then: the other pictures have begun long ago, or are just beginning', () => {
    const plan = new BeatPlan(randomUUID(), 0)
    plan.begin(CAMERA, 0)
    for (let nowMs = TICK_MS; nowMs <= BEAT_EVERY_MS; nowMs += TICK_MS) {
      const { producerIds } = plan.due(nowMs)
      expect([...producerIds]).toEqual([600, 1_600, 2_600].includes(nowMs) ? [CAMERA] : [])
    }
  })

  it('asks one sender later where that was wished', () => {
    const plan = new BeatPlan(randomUUID(), 0)
    plan.ask(CAMERA, 500)
    plan.ask(CAMERA, 700)
    expect(plan.due(499).producerIds.size).toBe(0)
    expect([...plan.due(500).producerIds]).toEqual([CAMERA])
    expect([...plan.due(900).producerIds]).toEqual([CAMERA])
    expect(plan.due(901).producerIds.size).toBe(0)
  })

  it('is one after a long silence', () => {
    const plan = new BeatPlan(randomUUID(), 0)
    plan.begin(CAMERA, 0)
    expect(plan.due(60_000)).toEqual({ isOfAll: true, producerIds: new Set([CAMERA]) })
    expect(plan.due(60_000)).toEqual({ isOfAll: false, producerIds: new Set() })
  })

  it('does not ask all rooms at once: a hundred lie in most of forty parts of the four seconds', () => {
    const parts = Array.from({ length: 100 }, () => {
      const [first = 0] = dueTimes(new BeatPlan(randomUUID(), 0), BEAT_EVERY_MS)
      return Math.floor(first / 100)
    })
    expect(new Set(parts).size).toBeGreaterThan(25)
  })
})

describe('the layer that an officer gets', () => {
  const look = { arriving: [0, 1, 2], passed: null, isAskedInAll: true }

  it('[OV-4] is the smallest that comes on a tile', () => {
    expect(observedLayer(look, false)).toBe(0)
    expect(observedLayer({ ...look, arriving: [1, 2], passed: 2 }, false)).toBe(1)
  })

  it('[OV-3] is what the parties get where the visit is chosen, and no other', () => {
    expect(observedLayer({ ...look, passed: 1 }, true)).toBe(1)
    expect(observedLayer({ ...look, passed: 0 }, true)).toBe(0)
  })

  it('[LV-3] is the best that comes of who is checked, whom nobody gets yet', () => {
    expect(observedLayer(look, true)).toBe(2)
  })

  it('[OV-3] is what the parties get where only that is asked for', () => {
    const asked = { ...look, isAskedInAll: false }
    expect(observedLayer({ ...asked, passed: 1 }, false)).toBe(1)
    expect(observedLayer({ ...asked, passed: 1 }, true)).toBe(1)
    expect(observedLayer(asked, true)).toBe(0)
  })

  it('is none while nothing comes', () => {
    expect(observedLayer({ ...look, arriving: [] }, true)).toBeNull()
  })
})
