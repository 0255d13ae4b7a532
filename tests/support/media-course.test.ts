import { describe, expect, test } from 'vitest'
import { courseOf, isAsGood, isSteady, isWatched, pictureOf } from './media-course.ts'
import type { Look } from './media-watch.ts'

const EVERY_MS = 100
const STRETCH = { fromMs: 0, toMs: 10_000 }

/** Looks at ten seconds of a good call, changed by whoever knows better. */
function aCall(change: (atMs: number) => Partial<Look> = () => ({})): Look[] {
  return Array.from({ length: 100 }, (_, index) => {
    const atMs = (index + 1) * EVERY_MS
    return {
      ...{ atMs, newFrames: 2, heardMs: EVERY_MS, width: 640, isWarning: false },
      ...change(atMs),
    }
  })
}

const between = (atMs: number, fromMs: number, toMs: number) => atMs > fromMs && atMs <= toMs

describe('the course of media', () => {
  test('of a good call has nothing in it', () => {
    expect(courseOf(aCall(), STRETCH)).toEqual({
      longestStillMs: EVERY_MS,
      longestSilenceMs: EVERY_MS,
      heardShare: 1,
      backAtMs: null,
      warnedUntilMs: null,
    })
  })

  test('tells pictures from sound, and when the later of them was back', () => {
    const call = aCall((atMs) => ({
      ...(between(atMs, 2_000, 4_000) ? { newFrames: 0 } : {}),
      ...(between(atMs, 2_000, 5_000) ? { heardMs: 0 } : {}),
      isWarning: between(atMs, 2_500, 4_500),
    }))
    const course = courseOf(call, STRETCH)
    expect(course).toMatchObject({ longestStillMs: 2_100, longestSilenceMs: 3_100 })
    expect(course).toMatchObject({ backAtMs: 5_100, warnedUntilMs: 4_500 })
    expect(course.heardShare).toBeCloseTo(0.7)
  })

  test('of a page that shows nothing any more has no end', () => {
    const dead = aCall((atMs) => (atMs > 5_000 ? { newFrames: 0, heardMs: 0 } : {}))
    expect(courseOf(dead, STRETCH)).toMatchObject({ longestStillMs: 5_000, backAtMs: 10_000 })
    expect(courseOf([], STRETCH)).toMatchObject({ longestStillMs: 10_000, heardShare: 0 })
  })

  test('a hiccup is no interruption', () => {
    const call = aCall((atMs) => (between(atMs, 2_000, 2_800) ? { newFrames: 0 } : {}))
    expect(courseOf(call, STRETCH)).toMatchObject({ longestStillMs: 900, backAtMs: null })
  })
})

test('media are steady with picture, sound and no word of trouble all the time', () => {
  const last = { fromMs: 7_000, toMs: 10_000 }
  expect(isSteady(aCall(), last)).toBe(true)
  expect(
    isSteady(
      aCall((atMs) => (atMs > 8_500 ? { heardMs: 0 } : {})),
      last,
    ),
  ).toBe(false)
  expect(
    isSteady(
      aCall((atMs) => (atMs > 8_500 ? { newFrames: 0 } : {})),
      last,
    ),
  ).toBe(false)
  expect(
    isSteady(
      aCall((atMs) => ({ isWarning: atMs === 9_000 })),
      last,
    ),
  ).toBe(false)
  expect(
    isSteady(
      aCall((atMs) => ({ isWarning: atMs === 5_000 })),
      last,
    ),
  ).toBe(true)
  expect(isSteady([], last)).toBe(false)
})

test('a picture is the worse of both, and as good as before only in size and speed', () => {
  const good = pictureOf([aCall(), aCall()])
  expect(good.width).toBe(640)
  expect(good.framesPerS).toBeCloseTo(20)
  const small = pictureOf([aCall(), aCall(() => ({ width: 320 }))])
  const slow = pictureOf([aCall(() => ({ newFrames: 1 })), aCall()])
  expect([good, small, slow].map((each) => isAsGood(each, good))).toEqual([true, false, false])
  expect(pictureOf([[], []])).toEqual({ framesPerS: 0, width: 0 })
})

test('a watch that has just begun knows a width and no rate: it does not count yet', () => {
  const stretch = { fromMs: 7_000, toMs: 10_000 }
  const long = aCall().filter(({ atMs }) => atMs >= stretch.fromMs)
  const young = long.slice(-1)
  expect(pictureOf([long, young])).toEqual({ framesPerS: 0, width: 640 })
  expect(isWatched([long, young], stretch)).toBe(false)
  expect(isWatched([long, []], stretch)).toBe(false)
  expect(isWatched([long, long.slice(5)], stretch)).toBe(true)
})
