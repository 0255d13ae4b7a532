import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bufferSource } from '../journal/byte-source.ts'
import { opusFrames, vp8Frames } from './frames.ts'
import type { TrackPacket } from './track-stream.ts'

const KEY_HEADER = Buffer.from('1002009d012a80026801', 'hex')
const DELTA_HEADER = Buffer.from('11', 'hex')
const PACKETS_PER_PICTURE = 3

/** Pictures of three packets each; every fifth is a key picture. Byte `n` fills picture `n`. */
function aStream(pictures: number) {
  const payloads: Buffer[] = []
  const packets: TrackPacket[] = []
  let payloadAt = 0
  for (let sequence = 0; sequence < pictures * PACKETS_PER_PICTURE; sequence += 1) {
    const picture = Math.floor(sequence / PACKETS_PER_PICTURE)
    const part = sequence % PACKETS_PER_PICTURE
    const header = picture % 5 === 0 ? KEY_HEADER : DELTA_HEADER
    const body = part === 0 ? header : Buffer.alloc(4, picture)
    const payload = Buffer.concat([Buffer.of(part === 0 ? 0x10 : 0x00), body])
    payloads.push(payload)
    packets.push({
      sequence,
      timestamp: picture * 3000,
      isMarker: part === PACKETS_PER_PICTURE - 1,
      atMs: 0,
      payloadAt,
      payloadBytes: payload.length,
    })
    payloadAt += payload.length
  }
  return { packets, source: bufferSource(Buffer.concat(payloads)) }
}

describe('VP8 pictures', () => {
  it('are put together from their packets', () => {
    const { packets, source } = aStream(6)
    const frames = [...vp8Frames(packets, source)]
    expect(frames.map(({ isKey }) => isKey)).toEqual([true, false, false, false, false, true])
    expect(frames[0]?.size).toEqual({ width: 640, height: 360 })
    expect(Buffer.from(frames[1]?.bytes ?? []).toString('hex')).toBe('110101010101010101')
  })

  it('with any packets lost are exactly those that can be decoded', () => {
    const { packets, source } = aStream(20)
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(packets.length - 1), { maxLength: 6 }), (lost) => {
        const left = packets.filter(({ sequence }) => !lost.includes(sequence))
        const broken = new Set(lost.map((sequence) => Math.floor(sequence / PACKETS_PER_PICTURE)))
        const decodable: number[] = []
        let canDecode = false
        for (let picture = 0; picture < 20; picture += 1) {
          canDecode = !broken.has(picture) && (canDecode || picture % 5 === 0)
          if (canDecode) decodable.push(picture * 3000)
        }
        expect([...vp8Frames(left, source)].map(({ timestamp }) => timestamp)).toEqual(decodable)
      }),
    )
  })

  it('are not disturbed by packets that only probe the network', () => {
    const { packets, source } = aStream(6)
    const withProbe = packets.flatMap((packet) => {
      const sequence = packet.sequence + Math.floor(packet.sequence / PACKETS_PER_PICTURE)
      const moved = { ...packet, sequence }
      const probe = { ...moved, sequence: sequence + 1, payloadBytes: 0, isMarker: false }
      return packet.isMarker ? [moved, probe] : [moved]
    })
    expect([...vp8Frames(withProbe, source)]).toHaveLength(6)
  })
})

describe('Opus', () => {
  it('is a frame a packet', () => {
    const source = bufferSource(Buffer.from('0801ff', 'hex'))
    const packet = { sequence: 1, timestamp: 960, isMarker: false, atMs: 0 }
    const packets = [
      { ...packet, payloadAt: 0, payloadBytes: 3 },
      { ...packet, payloadAt: 0, payloadBytes: 0 },
    ]
    expect([...opusFrames(packets, source)]).toMatchObject([
      { timestamp: 960, isKey: true, durationMs: 20 },
    ])
  })
})
