import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CHUNK_BYTES,
  HEAD_BYTES,
  SEALED_CHUNK_BYTES,
  beginMessage,
  fileContext,
  openMessage,
  plainBytesOf,
  sealMessage,
  sealedBytesOf,
} from './cobblestone.ts'
import type { SealingKey } from './cobblestone.ts'
import { openWithNoble, sealWithNoble } from './cobblestone-fixture.ts'
import vectors from './cobblestone-vectors.json' with { type: 'json' }
import { DamagedBytes } from './damaged-bytes.ts'

const key = createHash('sha256').update('a key').digest()
const context = fileContext('6ad4f6f8-08ad-4c2c-a6f4-0f5a4c4a7c11', 'track.webm.sealed')
const fromHex = (hex: string): Buffer => Buffer.from(hex, 'hex')

/** The vectors' rule for the bytes of a message. */
const plainOf = (bytes: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => 31 * at + 7 * Math.floor(at / 256) + 5))

/** Lengths around the borders of chunks, where a construction like this goes wrong. */
const nearBorders = fc
  .tuple(fc.nat(4), fc.integer({ min: -3, max: 3 }))
  .map(([chunks, beside]) => Math.max(0, chunks * CHUNK_BYTES + beside))
const lengths = fc.oneof(nearBorders, fc.nat(3 * CHUNK_BYTES))

function seal(plain: Uint8Array, { salt, ...keys }: SealingKey & { salt: Uint8Array }): Buffer {
  const cipher = beginMessage(keys, salt)
  const chunks = Math.floor(plain.length / CHUNK_BYTES) + 1
  const sealed = Array.from({ length: chunks }, (_, number) =>
    cipher.sealChunk(number, plain.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES)),
  )
  return Buffer.concat([cipher.head, ...sealed])
}

describe(
  '[RC-2] the sealing of recordings (C2SP chunked-encryption, Cobblestone-256)',
  { timeout: 60_000 },
  () => {
    it.each([...vectors.cases, ...vectors.published])(
      'agrees with the vector of $plainBytes bytes',
      (vector) => {
        const keys = { key: fromHex(vector.key), context: fromHex(vector.context) }
        const salt = fromHex(vector.salt)
        const plain = plainOf(vector.plainBytes)
        expect(beginMessage(keys, salt).head.toString('hex')).toBe(vector.salt + vector.commitment)
        const sealed = seal(plain, { ...keys, salt })
        expect(sealed.length).toBe(vector.sealedBytes)
        expect(createHash('sha256').update(sealed).digest('hex')).toBe(vector.sealedSha256)
        if ('sealed' in vector) expect(sealed.toString('hex')).toBe(vector.sealed)
        expect(openMessage(sealed, keys).equals(plain)).toBe(true)
      },
    )

    it('seals the same bytes as a second implementation, which opens them, and the other way round', async () => {
      await fc.assert(
        fc.asyncProperty(
          lengths,
          fc.uint8Array({ minLength: 24, maxLength: 24 }),
          async (bytes, salt) => {
            const plain = plainOf(bytes)
            const sealed = seal(plain, { key, context, salt })
            expect(sealed.equals(await sealWithNoble(plain, { key, context, salt }))).toBe(true)
            expect(plain.equals(await openWithNoble(sealed, { key, context }))).toBe(true)
            expect(openMessage(sealed, { key, context }).equals(plain)).toBe(true)
          },
        ),
        { numRuns: 40 },
      )
    })

    it('never seals twice with one salt, and opens what it sealed', () => {
      fc.assert(
        fc.property(lengths, (bytes) => {
          const plain = plainOf(bytes)
          const sealed = sealMessage(plain, { key, context })
          expect(sealed.length).toBe(sealedBytesOf(bytes))
          expect(sealMessage(plain, { key, context }).equals(sealed)).toBe(false)
          expect(openMessage(sealed, { key, context }).equals(plain)).toBe(true)
        }),
      )
    })

    it('knows the plain length of a sealed one, and which lengths there cannot be', () => {
      fc.assert(
        fc.property(fc.oneof(nearBorders, fc.nat(2 ** 40)), (bytes) => {
          expect(plainBytesOf(sealedBytesOf(bytes))).toBe(bytes)
        }),
      )
      for (const bad of [
        0,
        55,
        56,
        71,
        HEAD_BYTES + SEALED_CHUNK_BYTES,
        HEAD_BYTES + SEALED_CHUNK_BYTES + 15,
      ]) {
        expect(plainBytesOf(bad)).toBeNull()
      }
    })

    it('says where the damage lies, and gives no byte', () => {
      const plain = plainOf(3 * CHUNK_BYTES)
      const sealed = sealMessage(plain, { key, context })
      fc.assert(
        fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
          const damaged = Buffer.from(sealed)
          damaged[at] = (damaged[at] ?? 0) ^ change
          const error = damageOf(() => openMessage(damaged, { key, context }))
          expect(error.fromByte).toBeLessThanOrEqual(at)
          expect(error.toByte).toBeGreaterThanOrEqual(at)
          expect(error.toByte - error.fromByte).toBeLessThan(SEALED_CHUNK_BYTES)
        }),
      )
    })

    it('opens nothing with another key or for another use', () => {
      const sealed = sealMessage(plainOf(10), { key, context })
      const other = createHash('sha256').update('another').digest()
      damageOf(() => openMessage(sealed, { key: other, context }))
      damageOf(() => openMessage(sealed, { key, context: fileContext('x', 'y') }))
      expect(() => sealMessage(plainOf(1), { key: key.subarray(1), context })).toThrow('32 bytes')
    })

    it('finds a message cut at any byte', () => {
      const sealed = sealMessage(plainOf(CHUNK_BYTES + 5), { key, context })
      fc.assert(
        fc.property(fc.nat(sealed.length - 1), (bytes) => {
          damageOf(() => openMessage(sealed.subarray(0, bytes), { key, context }))
        }),
      )
      damageOf(() => openMessage(Buffer.concat([sealed, Buffer.of(0)]), { key, context }))
    })
  },
)

function damageOf(act: () => unknown): DamagedBytes {
  try {
    act()
  } catch (error) {
    if (error instanceof DamagedBytes) return error
    throw error
  }
  return expect.unreachable('damage was not found')
}
