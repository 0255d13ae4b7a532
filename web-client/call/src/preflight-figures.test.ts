import { describe, expect, it } from 'vitest'
import { hasSounded, loopFiguresOf } from './preflight-figures.ts'
import type { LoopSample } from './preflight-figures.ts'
import type { ReceiveFigures, SendFigures, TransportFigures } from './stats-report.ts'

const WAY: TransportFigures = {
  bytesSent: 0,
  packets: 0,
  bytesReceived: 0,
  availableOutgoingBps: 900_000,
  availableIncomingBps: null,
  roundTripMs: 40,
  protocol: 'udp',
  isRelayed: false,
}
const SENT: SendFigures = {
  kind: 'audio',
  bytes: 0,
  packets: 0,
  frames: 0,
  width: 0,
  height: 0,
  framesPerSecond: 0,
  keyFrameRequests: 0,
  resentPackets: 0,
  limitedBy: null,
  soundEnergy: 1,
  lossShare: null,
  roundTripMs: null,
  jitterMs: null,
}
const CAME: ReceiveFigures = {
  kind: 'audio',
  trackId: 't',
  bytes: 0,
  packets: 0,
  packetsLost: 0,
  jitterMs: 3,
  frames: 0,
  width: 0,
  height: 0,
  framesPerSecond: 0,
  freezes: 0,
  frozenMs: 0,
  concealedSamples: 0,
  samples: 0,
}

/** One sample a second: 100 packets and 50 000 bytes each way, 10 % lost on the way back. */
function second(index: number, more: Partial<SendFigures> = {}): LoopSample {
  const bytes = index * 50_000
  return {
    atMs: 1_000 + index * 1_000,
    send: { transport: { ...WAY, roundTripMs: 40 + index }, tracks: [{ ...SENT, bytes, ...more }] },
    receive: {
      transport: WAY,
      tracks: [{ ...CAME, bytes, packets: index * 90, packetsLost: index * 10 }],
    },
  }
}
const seconds = (count: number) => Array.from({ length: count }, (_, index) => second(index))

describe('loopFiguresOf', () => {
  it('[LV-10] gives loss, delay and rates of what went round', () => {
    const lossy = seconds(11).map((sample, index) =>
      index % 2 === 0 ? sample : second(index, { lossShare: 0.2 }),
    )
    expect(loopFiguresOf(lossy)).toEqual({
      ms: 10_000,
      protocol: 'udp',
      isRelayed: false,
      roundTripMs: 45,
      jitterMs: 3,
      lossUp: 0.2,
      lossDown: 0.1,
      upBps: 400_000,
      downBps: 400_000,
      capacityBps: 900_000,
    })
  })

  it('[LV-10] does not count the first two seconds of rates', () => {
    const slowStart = [second(0), second(0.1), ...seconds(11).slice(2)].map((sample, index) => ({
      ...sample,
      atMs: 1_000 + index * 1_000,
    }))
    expect(loopFiguresOf(slowStart)?.upBps).toBe(400_000)
  })

  it('[LV-10] is nothing where nothing came back', () => {
    const empty = seconds(5).map((sample) => ({
      ...sample,
      receive: { transport: null, tracks: [] },
    }))
    expect(loopFiguresOf(empty)).toBeNull()
    expect(loopFiguresOf([])).toBeNull()
  })
})

describe('hasSounded', () => {
  it('[LV-10] tells a microphone that gives nothing from a browser that does not say', () => {
    expect(hasSounded([second(0), second(1)])).toBe(false)
    expect(hasSounded([second(0), second(1, { soundEnergy: 1.5 })])).toBe(true)
    expect(hasSounded([second(0, { soundEnergy: null })])).toBeNull()
  })
})
