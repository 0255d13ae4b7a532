import { expect, it } from 'vitest'
import {
  bySeat,
  endOfPlay,
  eventsOf,
  neighbourOf,
  nextSpeechMs,
  pictureGapAt,
  snapped,
  stillAt,
  stillFor,
  stillsOf,
  wholeGapAt,
} from './line-rules.ts'
import type { Gap, Timeline, Track } from './line-rules.ts'
import { COLUMNS, columnsOf, pathOf, shareOf } from './waveform.ts'

const AT = '2026-11-22T10:00:00.000Z'

function aTrack(over: Partial<Track>): Track {
  return {
    trackId: 'a',
    recordingId: 'recording',
    seatId: 'seat',
    party: 'VISITOR',
    kind: 'video',
    mimeType: 'video/webm',
    startMs: 0,
    durationMs: 10_000,
    bytes: 1,
    thumbnailsMs: [],
    ...over,
  }
}

function aGap(over: Partial<Gap>): Gap {
  return { from: AT, to: AT, fromMs: 0, toMs: 0, cause: 'RECORDER_LOST', ...over }
}

const EMPTY: Timeline = { gaps: [], flags: [], course: [], speech: [], notes: [] }

it('[RC-5] tracks of several epochs belong to their person', () => {
  const seats = bySeat([
    aTrack({ trackId: 'late', startMs: 9_000 }),
    aTrack({ trackId: 'inmate', seatId: 'other', party: 'INMATE' }),
    aTrack({ trackId: 'early' }),
  ])
  expect(seats.map(({ party, number, tracks }) => [party, number, tracks.length])).toEqual([
    ['INMATE', null, 1],
    ['VISITOR', null, 2],
  ])
})

it('two visitors are told apart by number', () => {
  const seats = bySeat([aTrack({}), aTrack({ trackId: 'b', seatId: 'second' })])
  expect(seats.map(({ number }) => number)).toEqual([1, 2])
})

it('has everything in its order once, and notes about the whole apart', () => {
  const note = { noteId: 'n', text: 'x', by: 'y', writtenAt: AT }
  const events = eventsOf({
    ...EMPTY,
    gaps: [aGap({ fromMs: 3_000, toMs: 4_000 })],
    course: [
      { at: AT, atMs: 2_000, kind: 'WARNED', who: null, detail: {} },
      { at: AT, atMs: 3_000, kind: 'GAP', who: null, detail: { ms: 1_000 } },
    ],
    notes: [
      { ...note, atMs: 1_000 },
      { ...note, noteId: 'whole', atMs: null },
    ],
  })
  expect(events.map(({ kind, atMs }) => [kind, atMs])).toEqual([
    ['NOTE', 1_000],
    ['ACT', 2_000],
    ['GAP', 3_000],
  ])
  expect(neighbourOf(events, 1_000, 'next')?.atMs).toBe(2_000)
  expect(neighbourOf(events, 2_500, 'previous')?.atMs).toBe(1_000)
  expect(neighbourOf(events, 9_000, 'next')).toBeNull()
})

it('[RC-3] knows whose picture is missing and why', () => {
  const gaps = [
    aGap({ fromMs: 1_000, toMs: 2_000 }),
    aGap({ fromMs: 3_000, toMs: 4_000, seatId: 'seat', kind: 'video', cause: 'SWITCHED_OFF' }),
    aGap({ fromMs: 5_000, toMs: 6_000, seatId: 'seat', kind: 'audio', cause: 'MUTED' }),
  ]
  expect(wholeGapAt(gaps, 1_500)?.cause).toBe('RECORDER_LOST')
  expect(wholeGapAt(gaps, 3_500)).toBeNull()
  expect(pictureGapAt(gaps, 'seat', 1_500)?.cause).toBe('RECORDER_LOST')
  expect(pictureGapAt(gaps, 'seat', 3_500)?.cause).toBe('SWITCHED_OFF')
  expect(pictureGapAt(gaps, 'other', 3_500)).toBeNull()
  expect(pictureGapAt(gaps, 'seat', 5_500)).toBeNull()
})

it('goes over a silence of all to who speaks next', () => {
  const speech = [
    { fromMs: 0, toMs: 4_000 },
    // Another person, who begins within a breath of the first.
    { fromMs: 5_000, toMs: 9_000 },
    { fromMs: 30_000, toMs: 31_000 },
  ]
  expect(nextSpeechMs(speech, 1_000)).toBe(30_000)
  expect(nextSpeechMs(speech, 12_000)).toBe(30_000)
  expect(nextSpeechMs(speech, -1)).toBe(0)
  expect(nextSpeechMs(speech, 30_000)).toBeNull()
  expect(nextSpeechMs([], 0)).toBeNull()
})

it('a press beside a mark means the mark', () => {
  expect(snapped(1_040, [1_000, 5_000], 50)).toBe(1_000)
  expect(snapped(1_060, [1_000, 5_000], 50)).toBe(1_060)
  expect(snapped(7, [], 50)).toBe(7)
})

it('shows the nearest thumbnail, of whichever epoch, or none', () => {
  const [seat] = bySeat([
    aTrack({ thumbnailsMs: [0, 10_000] }),
    aTrack({ trackId: 'b', startMs: 100_000, thumbnailsMs: [100_000] }),
  ])
  if (!seat) throw new TypeError('a seat was expected')
  expect(stillAt(stillsOf(seat), 8_000)).toEqual({ trackId: 'a', index: 1, atMs: 10_000 })
  expect(stillAt(stillsOf(seat), 95_000)).toEqual({ trackId: 'b', index: 0, atMs: 100_000 })
  expect(stillAt(stillsOf(seat), 60_000)).toBeNull()
})

it('[RC-5] a still stands for a place only if it is nearer to it than what is on screen', () => {
  const [seat] = bySeat([aTrack({ durationMs: 60_000, thumbnailsMs: [0, 10_000, 20_000] })])
  if (!seat) throw new TypeError('a seat was expected')
  expect(stillFor(stillsOf(seat), { fromMs: 0, toMs: 22_000 })).toEqual({
    ...{ trackId: 'a', index: 2, atMs: 20_000 },
  })
  expect(stillFor(stillsOf(seat), { fromMs: 0, toMs: 9_000 })?.atMs).toBe(10_000)
  // A step of one frame, or of a few seconds, would only flicker.
  expect(stillFor(stillsOf(seat), { fromMs: 24_000, toMs: 24_034 })).toBeNull()
  expect(stillFor(stillsOf(seat), { fromMs: 22_000, toMs: 24_500 })).toBeNull()
  const [blind] = bySeat([aTrack({})])
  expect(blind && stillFor(stillsOf(blind), { fromMs: 0, toMs: 9_000 })).toBeNull()
})

it('draws sound where it was, and nothing where nothing was recorded', () => {
  const waveform = { trackId: 'a', everyMs: 100, levels: btoa(String.fromCharCode(255, 0)) }
  const columns = columnsOf([{ track: { startMs: 400 }, waveform }], 800)
  expect(columns[COLUMNS / 2]).toBe(1)
  expect(columns[(COLUMNS / 8) * 5]).toBe(0)
  expect(columns.filter((level) => level >= 0)).toHaveLength(COLUMNS / 4)
  expect(pathOf([1, -1, 0])).toBe('M0 0.00h1v2.00h-1zM2 0.98h1v0.04h-1z')
  expect(columnsOf([], 0).every((level) => level === -1)).toBe(true)
})

it('a stretch is cut at the ends of the line', () => {
  expect(shareOf({ fromMs: -500, toMs: 500 }, 1_000)).toEqual({ from: 0, size: 0.5 })
  expect(shareOf({ fromMs: 900, toMs: 5_000 }, 1_000).size).toBeCloseTo(0.1)
})

it('a wrong clock neither closes a play at once nor leaves it open for days', () => {
  const openedMs = Date.parse(AT)
  const inAnHourMs = openedMs + 3_600_000
  expect(endOfPlay('2026-11-22T10:59:00.000Z', openedMs)).toBe(openedMs + 3_540_000)
  expect(endOfPlay('2026-11-22T09:00:00.000Z', openedMs)).toBe(inAnHourMs)
  expect(endOfPlay('2026-11-23T10:00:00.000Z', openedMs)).toBe(inAnHourMs)
})
