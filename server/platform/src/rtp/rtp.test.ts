import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datagramKind, parseRtp } from './rtp-packet.ts'
import { parseVp8Descriptor, vp8KeyFrameSize } from './vp8.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('an RTP packet', () => {
  it('is read past sources, extensions and padding', () => {
    const packet = hex('b2e0 0102 03040506 0708090a 11111111 22222222 bede0001 00000000 aabb 0002')
    expect(parseRtp(packet)).toEqual({
      payloadType: 96,
      isMarker: true,
      sequence: 0x0102,
      timestamp: 0x03040506,
      ssrc: 0x0708090a,
      payloadAt: 28,
      payloadBytes: 2,
    })
  })

  it('that only probes has no payload, and one whose lengths do not fit is none', () => {
    expect(parseRtp(hex('a060 0001 00000001 00000001 000003'))?.payloadBytes).toBe(0)
    expect(parseRtp(hex('a060 0001 00000001 00000001 09'))).toBeNull()
    expect(parseRtp(hex('9060 0001 00000001 00000001 bede00ff'))).toBeNull()
    expect(parseRtp(hex('8f60 0001 00000001 00000001'))).toBeNull()
  })

  it('is told from RTCP and from anything else, and nothing makes the reader throw', () => {
    expect(datagramKind(hex('80c8 0006 00000001'))).toBe('rtcp')
    expect(datagramKind(hex('8060 0001 00000001 00000001'))).toBe('rtp')
    expect(datagramKind(hex('0001 0000 2112a442 00000000'))).toBeNull()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const packet = parseRtp(Buffer.from(bytes))
        if (packet) expect(packet.payloadAt + packet.payloadBytes).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})

describe('the VP8 payload descriptor', () => {
  it('is one byte at least', () => {
    expect(parseVp8Descriptor(hex('10 00'))).toMatchObject({ isFrameStart: true, bytes: 1 })
    expect(parseVp8Descriptor(hex('00 00'))).toMatchObject({ isFrameStart: false })
    expect(parseVp8Descriptor(hex('11 00'))).toMatchObject({ isFrameStart: false })
  })

  it('may carry a picture id of 7 or 15 bits, layers and a key index', () => {
    expect(parseVp8Descriptor(hex('90 f0 9234 56 a3 ff'))).toEqual({
      isFrameStart: true,
      bytes: 6,
      pictureId: 0x1234,
      tl0PictureIndex: 0x56,
      temporalLayer: 2,
      keyIndex: 3,
    })
    expect(parseVp8Descriptor(hex('80 80 11 ff'))).toMatchObject({ bytes: 3, pictureId: 0x11 })
    expect(parseVp8Descriptor(hex('80 10 1f'))).toMatchObject({ keyIndex: 31, temporalLayer: null })
  })

  it('that is cut short is none', () => {
    for (const cut of ['', '90', '90 f0', '90 f0 92', '90 f0 9234 56']) {
      expect(parseVp8Descriptor(hex(cut))).toBeNull()
    }
  })

  it('is followed, in a key frame, by the picture size', () => {
    const frame = hex('10 02 00 9d 01 2a 80 42 68 81')
    expect(vp8KeyFrameSize(frame)).toEqual({ width: 640, height: 360 })
    expect(vp8KeyFrameSize(hex('11 02 00 9d 01 2a 80 02 68 01'))).toBeNull()
    expect(vp8KeyFrameSize(frame.subarray(0, 9))).toBeNull()
  })
})
