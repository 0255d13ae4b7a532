import { randomUUID } from 'node:crypto'
import { DerivativeJob } from '@visavis/contract/recorder-control'
import { RecordingResult } from '@visavis/contract/recording-result'
import { describe, expect, it } from 'vitest'
import { copyFilter, inputsOf } from './copy-filter-rules.ts'
import { planCopy } from './copy-plan.ts'
import type { CopiedRecording } from './copy-plan.ts'

const [SEAT, OTHER, NOBODY] = [randomUUID(), randomUUID(), randomUUID()]
const SHA = '0'.repeat(64)
const VISIT = randomUUID()

type Track = {
  readonly seatId: string
  readonly kind: 'video' | 'audio'
  readonly startMs: number
  readonly durationMs: number
  readonly holes?: readonly { fromMs: number; toMs: number }[]
}

function aRecording(offsetMs: number, lastMs: number, tracks: readonly Track[]): CopiedRecording {
  const proof = { file: 'f', bytes: 0, sha256: SHA, blocks: [], plainBytes: 0 }
  const master = { ...proof, plainSha256: SHA, plainBlocks: [] }
  const at = new Date(0).toISOString()
  const result = RecordingResult.parse({
    ...{ v: 1, recordingId: randomUUID(), visitId: VISIT, epoch: 1, grantSha256: SHA },
    ...{ openedAt: at, originAt: at, lastMs, anchors: [], tools: [] },
    journal: {
      ...{ file: 'journal.vvj', bytes: 0, cutBytes: 0, isClosed: true },
      ...{ headerSha256: SHA, segments: [], root: SHA },
    },
    tracks: tracks.map(({ holes = [], ...track }) => ({
      ...{ ...track, holes, trackId: randomUUID(), mimeType: 'x', packets: 0, lostPackets: 0 },
      ...{ master, filledMs: 0, thumbnails: null, waveform: null },
    })),
  })
  return { result, offsetMs }
}

function aJob(fromMs: number, toMs: number, seatIds: readonly string[]) {
  const sealedKey = 'k'.repeat(60)
  return DerivativeJob.parse({
    ...{ derivativeId: randomUUID(), visitId: VISIT, kind: 'CLIP', sealedKey, seatIds },
    from: [{ recordingId: randomUUID(), sealedKey, offsetMs: 0 }],
    ...{ zeroAt: new Date(0).toISOString(), fromMs, toMs, timeZone: 'UTC' },
  })
}

describe('[RC-4] what a copy is put together of', () => {
  const recordings = [
    aRecording(0, 10_000, [
      {
        seatId: SEAT,
        kind: 'video',
        startMs: 1_000,
        durationMs: 9_000,
        holes: [
          { fromMs: 4_000, toMs: 6_000 },
          { fromMs: 7_000, toMs: 7_500 },
        ],
      },
      { seatId: OTHER, kind: 'audio', startMs: 0, durationMs: 10_000 },
      // The page was loaded anew, and the old camera's track still stood.
      { seatId: SEAT, kind: 'video', startMs: 8_000, durationMs: 2_000 },
    ]),
    aRecording(15_000, 5_000, [{ seatId: SEAT, kind: 'video', startMs: 0, durationMs: 5_000 }]),
  ]

  it('is each seat’s tracks of all recordings, one after the other, and black where there is no picture', () => {
    const plan = planCopy(aJob(500, 18_000, [SEAT, OTHER, NOBODY]), recordings)
    const [seat, other, nobody] = plan.cells
    expect(plan.durationMs).toBe(17_500)
    expect(seat?.pictures.map(({ zeroMs, fromMs, toMs }) => [zeroMs, fromMs, toMs])).toEqual([
      [1_000, 1_000, 8_000],
      [8_000, 8_000, 10_000],
      [15_000, 15_000, 18_000],
    ])
    expect(seat?.blank).toEqual([
      { fromMs: 0, toMs: 500 },
      { fromMs: 3_500, toMs: 5_500 },
      { fromMs: 9_500, toMs: 14_500 },
    ])
    expect(other).toMatchObject({ pictures: [], blank: [{ fromMs: 0, toMs: 17_500 }] })
    expect(other?.sounds).toHaveLength(1)
    expect(nobody).toMatchObject({ pictures: [], sounds: [] })
    expect(plan.unrecorded).toEqual([{ fromMs: 9_500, toMs: 14_500 }])
  })

  it('leaves out what lies before and after', () => {
    const plan = planCopy(aJob(16_000, 17_000, [SEAT, OTHER]), recordings)
    expect(plan.cells.map(({ pictures, sounds }) => [pictures.length, sounds.length])).toEqual([
      [1, 0],
      [0, 0],
    ])
    expect([plan.unrecorded, plan.cells[0]?.blank]).toEqual([[], []])
    expect(inputsOf(plan).map(({ kind }) => kind)).toEqual(['video'])
  })

  it('says in its filters nothing that a name could break out of', () => {
    const plan = planCopy(aJob(0, 1_000, [SEAT]), recordings)
    const marks = { visitId: VISIT, kind: 'CLIP' as const, beginsAtMs: 0 }
    const graph = copyFilter(plan, { ...marks, timeZone: 'UTC' })
    expect(graph).toContain("text='%{pts\\:gmtime\\:0.000} UTC+00\\:00 UTC'")
    expect(() => copyFilter(plan, { ...marks, timeZone: "x',exit" })).toThrow(RangeError)
  })
})
