import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOTHING_WATCHED, REBUILD_PAUSE_MS, watchFreezes } from './freeze-rules.ts'
import type { FreezeAction, FreezeState } from './freeze-rules.ts'

type Second = {
  readonly frames: number
  readonly packets: number
  readonly consumerId?: string
  readonly isExpected?: boolean
  readonly seconds?: number
}

/** Plays seconds one after the other; gives the actions with the second they came at. */
function play(seconds: readonly (Second | null)[]): (FreezeAction & { at: number })[] {
  let state: FreezeState = NOTHING_WATCHED
  let at = 0
  return seconds.flatMap((second) => {
    at += second?.seconds ?? 1
    const { frames = 0, packets = 0, consumerId = 'c1' } = second ?? {}
    const result = watchFreezes(state, {
      atMs: at * 1_000,
      pictures: second ? [{ seatId: 's', consumerId, frames, packets }] : [],
      isExpected: () => second?.isExpected ?? true,
    })
    state = result.state
    return result.actions.map((action) => ({ ...action, at }))
  })
}

const still = (count: number, second: (index: number) => Second): Second[] =>
  Array.from({ length: count }, (_, index) => second(index))
const stuckDecoder = (index: number): Second => ({ frames: 50, packets: 100 + index })
const cures = (actions: readonly (FreezeAction & { at: number })[]) =>
  actions.map(({ cure, at }) => [cure, at])

test('[LV-8] a still picture gets a key frame at 2 s, a new consumer at 5 s, new transports at 8 s', () => {
  expect(cures(play(still(20, stuckDecoder)))).toEqual([
    ['keyFrame', 3],
    ['renew', 6],
    ['rebuild', 9],
  ])
})

test('[LV-8] where nothing arrives at all, new transports are not made', () => {
  const silence = still(60, () => ({ frames: 50, packets: 100 }))
  expect(cures(play(silence))).toEqual([
    ['keyFrame', 3],
    ['renew', 6],
  ])
})

test('[LV-8] a consumer made anew carries the standstill on, and its first frame ends it', () => {
  const renewed = (frames: number) => (index: number) => ({
    ...{ frames: frames * index, packets: 5 + index },
    consumerId: 'c2',
  })
  const begun = still(6, stuckDecoder)
  expect(cures(play([...begun, null, ...still(4, renewed(0))])).at(-1)).toEqual(['rebuild', 9])
  expect(cures(play([...begun, null, ...still(9, renewed(1))]))).toHaveLength(2)
})

test('[LV-8] neither a paused visit, a camera that is off nor a page that slept is a freeze', () => {
  const off = still(30, (index) => ({ ...stuckDecoder(index), isExpected: false }))
  expect(play(off)).toEqual([])
  const slept = still(30, (index) => ({ ...stuckDecoder(index), seconds: 10 }))
  expect(play(slept)).toEqual([])
  // It counts from the moment the picture is expected again.
  expect(cures(play([...off, ...still(3, stuckDecoder)]))).toEqual([['keyFrame', 33]])
})

test('[LV-8] new transports are made at most every half minute, whatever the pictures do', () => {
  const second = fc.record({
    frames: fc.nat(3),
    packets: fc.nat(500),
    consumerId: fc.constantFrom('c1', 'c2'),
  })
  fc.assert(
    fc.property(fc.array(second, { maxLength: 120 }), (seconds) => {
      const actions = play(seconds)
      const rebuilds = actions.filter(({ cure }) => cure === 'rebuild').map(({ at }) => at)
      for (const [index, at] of rebuilds.entries()) {
        const before = rebuilds[index - 1]
        if (before !== undefined) {
          expect((at - before) * 1_000).toBeGreaterThanOrEqual(REBUILD_PAUSE_MS)
        }
      }
      // A key frame at most every second: the worker holds back what is quicker.
      expect(new Set(actions.map(({ at }) => at)).size).toBe(actions.length)
    }),
  )
})
