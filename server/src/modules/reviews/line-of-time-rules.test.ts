import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOf, lineOfTime, momentOf } from './line-of-time-rules.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const at = (ms: number): Date => new Date(NOON + ms)
const recording = (recordingId: string, originMs: number | null, tracks: [number, number][]) => ({
  recordingId,
  originAt: originMs === null ? null : at(originMs),
  tracks: tracks.map(([startMs, durationMs]) => ({ startMs, durationMs })),
})

describe('[RC-5] the line of time of a visit', () => {
  it('begins with the first frame of the first recording that has tracks', () => {
    const line = lineOfTime([
      recording('second', 60_000, [[0, 30_000]]),
      recording('first', 0, [
        [0, 50_000],
        [40, 52_000],
      ]),
      recording('empty', -5_000, []),
      recording('unknown', null, [[0, 1]]),
    ])
    expect(line).toEqual({
      zeroAt: at(0),
      durationMs: 90_000,
      offsets: new Map([
        ['second', 60_000],
        ['first', 0],
      ]),
    })
  })

  it('is none where nothing was recorded', () => {
    expect(lineOfTime([])).toBeNull()
    expect(lineOfTime([recording('empty', 0, [])])).toBeNull()
  })

  it('takes no place before its beginning, and holds every track', () => {
    const tracks = fc.array(fc.tuple(fc.nat(5_000), fc.nat(5_000)), { maxLength: 3 })
    const some = fc.array(fc.tuple(fc.integer({ min: -9_000, max: 9_000 }), tracks))
    fc.assert(
      fc.property(some, (given) => {
        const recordings = given.map(([ms, of], index) => recording(`${index}`, ms, of))
        const line = lineOfTime(recordings)
        if (!line) return
        for (const { recordingId, tracks: known } of recordings) {
          const offset = line.offsets.get(recordingId)
          if (offset === undefined) continue
          expect(offset).toBeGreaterThanOrEqual(0)
          for (const { startMs, durationMs } of known) {
            expect(offset + startMs + durationMs).toBeLessThanOrEqual(line.durationMs)
          }
        }
      }),
    )
  })

  it('keeps moments to go to inside, and says truly what lies outside', () => {
    const line = lineOfTime([recording('first', 0, [[0, 10_000]])])
    if (!line) throw new Error('there is a line')
    expect([at(-300), at(4_000), at(20_000)].map((moment) => momentOf(line, moment))).toEqual([
      0, 4_000, 10_000,
    ])
    expect(atOf(line, at(-300))).toBe(-300)
  })
})
