import { expect, test } from 'vitest'
import { receiveFiguresOf, sendFiguresOf, transportFiguresOf } from './stats-report.ts'

const layer = (rid: string, figures: object) => ({
  ...{ type: 'outbound-rtp', kind: 'video', rid, qualityLimitationReason: 'none' },
  ...figures,
})

test('simulcast layers add up, and the best of them gives the picture', () => {
  const entries = [
    layer('r0', {
      bytesSent: 100,
      headerBytesSent: 5,
      packetsSent: 3,
      frameWidth: 320,
      pliCount: 1,
    }),
    layer('r1', {
      ...{ bytesSent: 900, headerBytesSent: 5, packetsSent: 9, frameWidth: 640 },
      ...{ framesEncoded: 40, qualityLimitationReason: 'bandwidth' },
    }),
    { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.02, roundTripTime: 0.08 },
    { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.1, roundTripTime: 0.02 },
  ]
  expect(sendFiguresOf(entries)).toEqual([
    expect.objectContaining({
      ...{ kind: 'video', bytes: 1_010, packets: 12, frames: 40, width: 640 },
      ...{ keyFrameRequests: 1, limitedBy: 'bandwidth', soundEnergy: null },
      ...{ lossShare: 0.1, roundTripMs: 80, jitterMs: null },
    }),
  ])
})

test('sound brings its energy along, and what a browser leaves out is null or nothing', () => {
  const entries = [
    { type: 'outbound-rtp', kind: 'audio', bytesSent: 10 },
    { type: 'media-source', kind: 'audio', totalAudioEnergy: 0.5 },
  ]
  expect(sendFiguresOf(entries)[0]).toMatchObject({ soundEnergy: 0.5, limitedBy: null, frames: 0 })
  expect(sendFiguresOf([])).toEqual([])
  expect(receiveFiguresOf([{ type: 'inbound-rtp', kind: 'video', framesDecoded: 7 }])).toEqual([
    expect.objectContaining({ trackId: '', frames: 7, packets: 0, jitterMs: null, frozenMs: 0 }),
  ])
})

test('the way through is the selected pair, by whichever name the browser has for it', () => {
  const pairs = [
    { type: 'candidate-pair', id: 'p1', nominated: true, state: 'succeeded', bytesSent: 1 },
    { type: 'candidate-pair', id: 'p2', localCandidateId: 'l2', currentRoundTripTime: 0.03 },
    { type: 'local-candidate', id: 'l2', protocol: 'tcp', candidateType: 'relay' },
  ]
  const chrome = [...pairs, { type: 'transport', selectedCandidatePairId: 'p2' }]
  const relayed = { protocol: 'tcp', isRelayed: true, roundTripMs: 30, availableOutgoingBps: null }
  expect(transportFiguresOf(chrome)).toMatchObject(relayed)
  expect(transportFiguresOf(pairs)).toMatchObject({ bytesSent: 1, protocol: null })
  expect(transportFiguresOf([])).toBeNull()
})
