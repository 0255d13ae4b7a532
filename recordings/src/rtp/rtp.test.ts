import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opusDurationMs, opusHead } from './opus.ts'
import { senderReports } from './rtcp.ts'
import { datagramKind, parseRtp } from './rtp-packet.ts'
import { createUnwrapper } from './unwrap.ts'
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
        senderReports(Buffer.from(bytes))
        if (packet) expect(packet.payloadAt + packet.payloadBytes).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})

describe('sender reports', () => {
  it('are found in a compound packet', () => {
    const report = '80c80006 0000002a 00000002 80000000 00000bb8 00000001 00000002'
    const description = '81ca0002 0000002a 01000000'
    expect(senderReports(hex(`${report} ${description} ${report}`))).toEqual([
      { ssrc: 42, ntpMs: 2500, rtpTimestamp: 3000 },
      { ssrc: 42, ntpMs: 2500, rtpTimestamp: 3000 },
    ])
  })
})

describe('unwrapping', () => {
  it('gives the same numbers in any order of arrival, with repetitions, across a wrap', () => {
    const arrivals = fc.record({
      first: fc.nat(0xffff),
      shifts: fc.array(fc.nat(1_000), { minLength: 2, maxLength: 400 }),
      steps: fc.constantFrom(1, 7, 97, 300),
    })
    fc.assert(
      fc.property(arrivals, ({ first, shifts, steps }) => {
        const sent = shifts.map((_, at) => first + at * steps)
        const arrived = shifts
          .flatMap((shift, at) => [
            { value: sent[at] ?? 0, when: at * steps + shift },
            { value: sent[at] ?? 0, when: at * steps + (shift >> 1) },
          ])
          .sort((one, other) => one.when - other.when)
        const unwrap = createUnwrapper(16)
        const seen = arrived.map(({ value }) => unwrap(value % 2 ** 16))
        const lowest = Math.min(...seen)
        const distinct = [...new Set(seen)].sort((one, other) => one - other)
        expect(distinct.map((value) => value - lowest)).toEqual(sent.map((value) => value - first))
        expect(lowest).toBeGreaterThan(0)
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

describe('Opus', () => {
  it('says in its first bytes how long it plays', () => {
    // RFC 6716 table 2: configuration << 3 | stereo << 2 | frame count code.
    expect(opusDurationMs(Uint8Array.of(1 << 3))).toBe(20)
    expect(opusDurationMs(Uint8Array.of((13 << 3) | 1))).toBe(40)
    expect(opusDurationMs(Uint8Array.of((31 << 3) | 4))).toBe(20)
    expect(opusDurationMs(Uint8Array.of((16 << 3) | 3, 3))).toBe(7.5)
    expect(opusDurationMs(Uint8Array.of())).toBe(0)
  })

  it('has a head of nineteen bytes', () => {
    const head = Buffer.from(opusHead(2))
    expect(head.subarray(0, 10).toString('latin1')).toBe('OpusHead\u0001\u0002')
    expect(head).toHaveLength(19)
    expect(head.readUInt32LE(12)).toBe(48_000)
  })
})
