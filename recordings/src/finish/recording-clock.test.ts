import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TapTrack } from '@visavis/contract/media-control'
import { createTrackClock, ntpOffsetMs } from './recording-clock.ts'
import type { TrackStream } from './track-stream.ts'

const track = TapTrack.parse({
  trackId: 'f0a1a2b8-2d1f-4a1b-8c33-5b0a51c2ab01',
  seatId: 'f0a1a2b8-2d1f-4a1b-8c33-5b0a51c2ab02',
  kind: 'video',
  ssrc: 1,
  payloadType: 96,
  mimeType: 'video/VP8',
  clockRate: 90_000,
  tappedAt: '2026-11-21T10:00:00.000Z',
})
const TICKS_PER_MS = 90

/** A stream whose RTP time 0 was captured at `captureMs`, with a report each second. */
function aStream(options: {
  captureMs: number
  ntpAheadMs: number
  jitterMs?: readonly number[]
  delayMs?: number
}): TrackStream {
  const { captureMs, ntpAheadMs, jitterMs = [], delayMs = 1 } = options
  const seconds = Array.from({ length: 30 }, (_, at) => at)
  return {
    track,
    lostPackets: 0,
    packets: seconds.map((second) => ({
      sequence: second,
      timestamp: second * 1000 * TICKS_PER_MS,
      isMarker: true,
      atMs: captureMs + second * 1000 + delayMs,
      payloadAt: 0,
      payloadBytes: 1,
    })),
    reports: seconds.map((second) => ({
      timestamp: second * 1000 * TICKS_PER_MS,
      ntpMs: captureMs + ntpAheadMs + second * 1000 + (jitterMs[second] ?? 0),
      atMs: captureMs + second * 1000 + delayMs,
    })),
  }
}

describe('the clock of a recording', () => {
  it('puts two tracks in step by their reports, whatever their delay and first timestamps', () => {
    const ntpAheadMs = 3_900_000_000_000
    const sound = aStream({ captureMs: 500, ntpAheadMs, delayMs: 3 })
    const picture = aStream({ captureMs: 740, ntpAheadMs, delayMs: 180 })
    const offset = ntpOffsetMs([sound, picture])
    const soundAt = createTrackClock(sound, offset)
    const pictureAt = createTrackClock(picture, offset)
    expect(soundAt(0)).toBeCloseTo(503, 2)
    expect(pictureAt(0) - soundAt(0)).toBeCloseTo(240, 2)
  })

  it('follows arrival where there is no report', () => {
    const stream = { ...aStream({ captureMs: 500, ntpAheadMs: 0, delayMs: 5 }), reports: [] }
    expect(ntpOffsetMs([stream])).toBeNull()
    expect(createTrackClock(stream, null)(9_000)).toBeCloseTo(605, 6)
    expect(createTrackClock(stream, 12)(9_000)).toBeCloseTo(605, 6)
  })

  it('is never further from the truth than the reports are', () => {
    const jitter = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), {
      minLength: 30,
      maxLength: 30,
    })
    fc.assert(
      fc.property(jitter, fc.double({ min: -5, max: 40, noNaN: true }), (jitterMs, second) => {
        const stream = aStream({ captureMs: 100, ntpAheadMs: 7_000, jitterMs })
        const at = createTrackClock(stream, -7_000)(second * 1000 * TICKS_PER_MS)
        expect(Math.abs(at - (100 + second * 1000))).toBeLessThanOrEqual(20.001)
      }),
    )
  })

  it('is not misled by the rough first reports of a stream', () => {
    const stream = aStream({ captureMs: 100, ntpAheadMs: 7_000, jitterMs: [150, 90] })
    expect(createTrackClock(stream, -7_000)(0)).toBeCloseTo(100, 6)
  })

  it('steps where a sender’s own clock stood still, and nowhere else', () => {
    const heldMs = 20_000
    const steady = aStream({ captureMs: 100, ntpAheadMs: 7_000 })
    const later = (atMs: number, at: number) => atMs + (at >= 15 ? heldMs : 0)
    const stream = {
      ...steady,
      packets: steady.packets.map((packet, at) => ({ ...packet, atMs: later(packet.atMs, at) })),
      reports: steady.reports.map((report, at) => ({
        ...report,
        ntpMs: later(report.ntpMs, at),
        atMs: later(report.atMs, at),
      })),
    }
    const clock = createTrackClock(stream, -7_000)
    for (let second = 0; second < 30; second += 1) {
      const expected = later(100 + second * 1000, second)
      expect(clock(second * 1000 * TICKS_PER_MS)).toBeCloseTo(expected, 2)
    }
  })

  it('does not believe one or two reports that are far off', () => {
    const jitterMs = Array.from({ length: 30 }, (_, at) => (at === 10 || at === 11 ? 9_000 : 0))
    const stream = aStream({ captureMs: 100, ntpAheadMs: 7_000, jitterMs })
    const clock = createTrackClock(stream, -7_000)
    for (const second of [9, 10, 11, 12]) {
      expect(clock(second * 1000 * TICKS_PER_MS)).toBeCloseTo(100 + second * 1000, 2)
    }
  })
})
