import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyFrameCollector, keyFrameOf } from './key-frame.ts'
import { CHROMIUM_KEY_FRAME, PLAIN, packed } from './vp8-fixture.ts'
import type { Packing } from './vp8-fixture.ts'
import { vp8PacketOf } from './vp8.ts'

const packing = fc.record<Packing>({
  mostBytes: fc.integer({ min: 12, max: 80 }),
  sequence: fc.integer({ min: 0, max: 0xffff }),
  timestamp: fc.integer({ min: 0, max: 0xffff_ffff }),
  padding: fc.integer({ min: 0, max: 20 }),
  extensionWords: fc.integer({ min: 0, max: 3 }),
  sources: fc.integer({ min: 0, max: 3 }),
  pictureIdBits: fc.constantFrom(0, 7, 15),
  isLayered: fc.boolean(),
})

/** A picture that needs the one before it. */
const delta = (of: Packing, after: number) =>
  packed(Buffer.from([0x11, 0, 0, 1, 2, 3]), {
    ...of,
    sequence: (of.sequence + 500 + after) % 0x1_0000,
    timestamp: (of.timestamp + 3_000 * (after + 1)) >>> 0,
  })

describe('a key frame out of packets', () => {
  it('[OV-4] is there with its last packet, in whatever order they come and however they are packed', () => {
    const shuffled = packing.chain((of) => {
      const packets = packed(CHROMIUM_KEY_FRAME, of)
      return fc.shuffledSubarray(packets, { minLength: packets.length, maxLength: packets.length })
    })
    fc.assert(
      fc.property(shuffled, (packets) => {
        const collector = new KeyFrameCollector()
        const results = packets.map((packet) => collector.take(packet))
        expect(results.slice(0, -1).every((frame) => frame === null)).toBe(true)
        expect(results.at(-1)).toMatchObject({ width: 320, height: 180 })
        expect(Buffer.from(results.at(-1)?.bytes ?? []).equals(CHROMIUM_KEY_FRAME)).toBe(true)
      }),
    )
  })

  it('[OV-4] is none while a packet of it is missing, whatever follows', () => {
    const withHole = packing.chain((of) => {
      const packets = packed(CHROMIUM_KEY_FRAME, of)
      return fc.record({ of: fc.constant(of), hole: fc.nat(packets.length - 1) })
    })
    fc.assert(
      fc.property(withHole, ({ of, hole }) => {
        const collector = new KeyFrameCollector()
        const packets = packed(CHROMIUM_KEY_FRAME, of)
        const others = [0, 1, 2].flatMap((after) => delta(of, after))
        for (const packet of [...packets.toSpliced(hole, 1), ...others]) {
          expect(collector.take(packet)).toBeNull()
        }
      }),
    )
  })

  it('[OV-4] is completed by a packet that comes again after pictures that followed it', () => {
    const of = { ...PLAIN, mostBytes: 50 }
    const [first, lost, ...rest] = packed(CHROMIUM_KEY_FRAME, of) as [Buffer, Buffer, ...Buffer[]]
    const collector = new KeyFrameCollector()
    for (const packet of [first, ...rest, ...delta(of, 0), ...delta(of, 1)]) {
      expect(collector.take(packet)).toBeNull()
    }
    expect(collector.take(lost)).toMatchObject({ width: 320, height: 180 })
  })

  it('gives way to the next key frame when it stays broken', () => {
    const of = { ...PLAIN, mostBytes: 50 }
    const broken = new KeyFrameCollector()
    packed(CHROMIUM_KEY_FRAME, of)
      .slice(0, 2)
      .forEach((packet) => broken.take(packet))
    const next = packed(CHROMIUM_KEY_FRAME, { ...of, sequence: 300, timestamp: 180_000 })
    const results = next.map((packet) => broken.take(packet))
    expect(results.at(-1)).toMatchObject({ width: 320, height: 180 })
  })

  it('is no key frame that is cut short, is not to be shown, or is another thing', () => {
    const changed = (at: number, byte: number) => {
      const bytes = Buffer.from(CHROMIUM_KEY_FRAME)
      bytes[at] = byte
      return keyFrameOf(bytes)
    }
    expect(keyFrameOf(CHROMIUM_KEY_FRAME)).not.toBeNull()
    const [tag = 0] = CHROMIUM_KEY_FRAME
    expect(changed(0, tag | 1)).toBeNull()
    expect(changed(0, tag & ~0x10)).toBeNull()
    expect(changed(3, 0)).toBeNull()
    expect(changed(2, 0xff)).toBeNull()
    expect(keyFrameOf(CHROMIUM_KEY_FRAME.subarray(0, 9))).toBeNull()
  })

  it('takes whatever bytes come without a fall', () => {
    const bytes = fc.uint8Array({ maxLength: 60 })
    const likeRtp = bytes.map((rest) => Buffer.concat([Buffer.from([0xb3, 0xe0]), rest]))
    fc.assert(
      fc.property(fc.array(fc.oneof(bytes, likeRtp)), (packets) => {
        const collector = new KeyFrameCollector()
        for (const packet of packets) {
          collector.take(packet)
          const part = vp8PacketOf(packet)
          expect(part === null || part.piece.length > 0).toBe(true)
        }
      }),
    )
  })
})
