import { expect, it } from 'vitest'
import { deafToFarLoss } from './codecs.ts'

it('[OV-3] has the worker keep from a sender how well others receive', () => {
  const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }
  const parameters = { useinbandfec: 1, stereo: 0 }
  const sent = { mid: '0', codecs: [{ ...opus, parameters }], encodings: [{ ssrc: 1 }] }
  expect(deafToFarLoss(sent)).toEqual({
    ...sent,
    codecs: [{ ...opus, parameters: { useinbandfec: 0, stereo: 0 } }],
  })
})
