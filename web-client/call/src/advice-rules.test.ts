import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FaceReport } from '@visavis/contract/advice'
import {
  GONE_MS,
  LASTS_MS,
  NOTHING_ADVISED,
  adviceAfterLook,
  findingIn,
  restAfter,
} from './advice-rules.ts'
import type { SeenFace } from './advice-rules.ts'

const FACE: SeenFace = { score: 0.9, left: 0.4, top: 0.3, width: 0.2, height: 0.3 }
const NONE = { finding: 'NONE', confidence: 0.9 } as const
const MORE = { finding: 'MORE', confidence: 0.7 } as const

type Past = { readonly atMs: number; readonly finding: string | null }

/** It was seen within the last three seconds. */
function verifyNotStale(past: readonly Past[], { finding }: FaceReport): void {
  const seenMs = past.findLast((look) => look.finding === finding)?.atMs ?? -Infinity
  expect((past.at(-1)?.atMs ?? 0) - seenMs).toBeLessThan(GONE_MS)
}

/** The last looks, three or more in eight seconds or more, found nothing else. */
function verifyLasted(past: readonly Past[], { finding }: FaceReport): void {
  const run = past.slice(past.findLastIndex((look) => look.finding !== finding) + 1)
  expect(run.length).toBeGreaterThanOrEqual(3)
  expect((run.at(-1)?.atMs ?? 0) - (run[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(LASTS_MS)
}

const share = fc.double({ min: 0, max: 1, noNaN: true })
const place = fc.double({ min: -0.2, max: 1, noNaN: true })
const aFace: fc.Arbitrary<SeenFace> = fc.record({
  ...{ score: share, left: place, top: place },
  ...{ width: share, height: share },
})
const aSight: fc.Arbitrary<FaceReport | null> = fc.option(
  fc.record({ finding: fc.constantFrom('NONE', 'MORE', 'EDGE'), confidence: share }),
  { freq: 3 },
)

describe('findingIn', () => {
  it('[LV-11] says nothing of as many whole faces as were let in, and of what may be one', () => {
    expect(findingIn([FACE], 1)).toBeNull()
    expect(findingIn([FACE, { ...FACE, left: 0.7 }], 2)).toBeNull()
    expect(findingIn([FACE], 2)).toBeNull()
    expect(findingIn([{ ...FACE, score: 0.3 }], 1)).toBeNull()
  })

  it('[LV-11] tells of nobody, of too many, and of a face that is cut off or far away', () => {
    expect(findingIn([], 1)).toEqual({ finding: 'NONE', confidence: 0.95 })
    expect(findingIn([{ ...FACE, score: 0.1 }], 1)).toEqual({ finding: 'NONE', confidence: 0.9 })
    expect(findingIn([FACE, { ...FACE, left: 0.7, score: 0.6 }], 1)).toEqual({
      finding: 'MORE',
      confidence: 0.6,
    })
    for (const cut of [{ left: 0 }, { left: 0.8 }, { top: -0.1 }, { top: 0.7 }, { height: 0.12 }]) {
      expect(findingIn([{ ...FACE, ...cut }], 1)).toEqual({ finding: 'EDGE', confidence: 0.9 })
    }
    // The largest counts: somebody small behind is no reason to move.
    expect(findingIn([FACE, { ...FACE, left: 0.9, width: 0.1, height: 0.1 }], 2)).toBeNull()
  })

  it('[LV-11] is sure to some degree, never wholly, and the same for any order of the faces', () => {
    fc.assert(
      fc.property(
        fc.array(aFace, { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        (faces, people) => {
          const finding = findingIn(faces, people)
          const scores = new Set(faces.map(({ score }) => score))
          if (scores.size === faces.length)
            expect(findingIn(faces.toReversed(), people)).toEqual(finding)
          if (finding === null) return
          expect(finding.confidence).toBeGreaterThanOrEqual(0)
          expect(finding.confidence).toBeLessThan(1)
          if (finding.finding === 'MORE') expect(faces.length).toBeGreaterThan(people)
          if (finding.finding !== 'NONE') expect(faces.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})

describe('adviceAfterLook', () => {
  const after = (looks: readonly (readonly [atMs: number, seen: FaceReport | null])[]) =>
    looks.reduce((state, [atMs, seen]) => adviceAfterLook(state, { atMs, seen }), NOTHING_ADVISED)
      .told

  it('[LV-11] is told of what has lasted eight seconds, with the mean of its confidence', () => {
    expect(
      after([
        [0, NONE],
        [3_000, NONE],
        [6_000, NONE],
      ]),
    ).toBeNull()
    expect(
      after([
        [0, NONE],
        [3_000, { ...NONE, confidence: 0.6 }],
        [8_000, NONE],
      ]),
    ).toEqual({
      finding: 'NONE',
      confidence: 0.8,
    })
    // A slow device has looked too seldom to say anything.
    expect(
      after([
        [0, NONE],
        [11_000, NONE],
      ]),
    ).toBeNull()
    expect(
      after([
        [0, NONE],
        [3_000, null],
        [6_000, NONE],
        [9_000, NONE],
      ]),
    ).toBeNull()
  })

  it('[LV-11] forgets what was not seen for three seconds', () => {
    const told = [
      [0, NONE],
      [3_000, NONE],
      [6_000, NONE],
      [9_000, NONE],
    ] as const
    expect(after([...told, [11_000, null]])).toEqual(NONE)
    expect(after([...told, [12_000, null]])).toBeNull()
    expect(after([...told, [11_000, null], [12_000, NONE]])).toEqual(NONE)
    // Another finding is another reason, and lasts before it is told.
    expect(after([...told, [12_000, MORE], [15_000, MORE], [18_000, MORE]])).toBeNull()
    expect(after([...told, [12_000, MORE], [15_000, MORE], [20_000, MORE]])).toEqual(MORE)
  })

  it('[LV-11] never begins before its time, never outlasts it, and never flickers, whatever is seen', () => {
    const looks = fc.array(
      fc.record({ restMs: fc.integer({ min: 200, max: 12_000 }), seen: aSight }),
      { maxLength: 40 },
    )
    let advised = 0
    fc.assert(
      fc.property(looks, (given) => {
        let state = NOTHING_ADVISED
        let atMs = 0
        const past: Past[] = []
        for (const { restMs, seen } of given) {
          atMs += restMs
          const before = state.told
          state = adviceAfterLook(state, { atMs, seen })
          past.push({ atMs, finding: seen?.finding ?? null })
          if (state.told === null) continue
          verifyNotStale(past, state.told)
          if (before?.finding === state.told.finding) expect(state.told).toBe(before)
          if (state.told === before) continue
          advised += 1
          verifyLasted(past, state.told)
        }
      }),
      { numRuns: 300 },
    )
    expect(advised).toBeGreaterThan(10)
  })
})

it('[LV-11] looks take no more than a twentieth of one core, and come no oftener than each 3 s', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 60_000, noNaN: true }), (costMs) => {
      const restMs = restAfter([costMs])
      expect(restMs).toBeGreaterThanOrEqual(3_000)
      expect(costMs / (costMs + restMs)).toBeLessThanOrEqual(0.05)
      // What was waiting for others is no cost, and what was cheap long ago no measure.
      expect(restAfter([costMs * 10, costMs, costMs * 3])).toBe(restMs)
      expect(restAfter([0, costMs, costMs, costMs])).toBe(restMs)
    }),
  )
})
