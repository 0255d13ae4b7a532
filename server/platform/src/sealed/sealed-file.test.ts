import { createHash } from 'node:crypto'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveSealedFile } from '../proof/file-proof.ts'
import {
  CHUNK_BYTES,
  SEALED_CHUNK_BYTES,
  fileContext,
  openMessage,
  sealMessage,
} from './cobblestone.ts'
import { DamagedBytes } from './damaged-bytes.ts'
import { createSealing, openSealedFile } from './sealed-file.ts'
import type { SealedSource } from './sealed-file.ts'
import { createSealingTarget } from './sealing-target.ts'

const keys = { key: createHash('sha256').update('a key').digest(), context: fileContext('a', 'b') }
const plain = createHash('shake256', { outputLength: 40 * CHUNK_BYTES + 123 })
  .update('p')
  .digest()
const sealed = sealMessage(plain, keys)

/** Disks and machines that have much to do. */
const SLOW = { timeout: 60_000 }

const sourceOf = (bytes: Buffer): SealedSource => ({
  ...keys,
  sealedBytes: bytes.length,
  readAt: async (start, end) => bytes.subarray(start, end + 1),
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-sealed-'))
})
afterAll(() => rm(folder, { recursive: true }))

const place = fc.oneof(
  fc.nat(plain.length - 1),
  fc
    .tuple(fc.nat(40), fc.integer({ min: -1, max: 1 }))
    .map(([chunks, beside]) => Math.max(0, chunks * CHUNK_BYTES + beside)),
)

describe('[RC-5] a sealed file', SLOW, () => {
  it('reads the same as its plain bytes, wherever one looks', async () => {
    const file = await openSealedFile(sourceOf(sealed))
    expect(file.plainBytes).toBe(plain.length)
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [start, end] = one < other ? [one, other] : [other, one]
        const expected = plain.subarray(start, end + 1)
        expect(expected.equals(await file.read(start, end))).toBe(true)
        expect(expected.equals(await buffer(file.stream(start, end)))).toBe(true)
      }),
    )
    expect(await file.read(plain.length - 2, plain.length + 50)).toHaveLength(2)
    expect(await file.read(plain.length, plain.length + 50)).toHaveLength(0)
  })

  it('opens an empty file', async () => {
    const file = await openSealedFile(sourceOf(sealMessage(Buffer.alloc(0), keys)))
    expect(file.plainBytes).toBe(0)
    expect(await buffer(file.stream(0, 0))).toHaveLength(0)
  })

  it('streams what stands before the damage, and then breaks', async () => {
    const damaged = Buffer.from(sealed)
    const at = 56 + 20 * SEALED_CHUNK_BYTES + 7
    damaged[at] = (damaged[at] ?? 0) ^ 1
    const file = await openSealedFile(sourceOf(damaged))
    const given: Buffer[] = []
    const stream = file.stream(0, plain.length - 1).on('data', (part: Buffer) => given.push(part))
    await expect(finished(stream)).rejects.toBeInstanceOf(DamagedBytes)
    expect(given.length).toBeGreaterThan(0)
    expect(plain.indexOf(Buffer.concat(given))).toBe(0)
    await expect(file.read(at, at)).rejects.toMatchObject({
      fromByte: 56 + 20 * SEALED_CHUNK_BYTES,
      toByte: 56 + 21 * SEALED_CHUNK_BYTES - 1,
    })
  })

  it('is not opened at another length, nor when its store gives less than it said', async () => {
    const shorter = sealed.subarray(0, 56 + 5 * SEALED_CHUNK_BYTES + 200)
    await expect(openSealedFile(sourceOf(shorter))).rejects.toBeInstanceOf(DamagedBytes)
    const stingy = { ...sourceOf(sealed), readAt: async () => Buffer.alloc(3) }
    await expect(openSealedFile(stingy)).rejects.toBeInstanceOf(DamagedBytes)
  })
})

describe('sealing a stream', SLOW, () => {
  it('makes the same message however the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20_000), { maxLength: 8 }), async (parts) => {
        let at = 0
        const pieces = parts.map((bytes) => plain.subarray(at, (at += bytes)))
        const out = await buffer(
          Readable.from(pieces, { objectMode: false }).pipe(createSealing(keys)),
        )
        expect(openMessage(out, keys).equals(plain.subarray(0, at))).toBe(true)
      }),
    )
  })
})

describe('[RC-2] a target for muxers', SLOW, () => {
  const HELD = 64 * 1024
  const WINDOW = 3 * CHUNK_BYTES
  const makeTarget = async (name: string) => {
    const file = await open(join(folder, name), 'w')
    return { file, target: await createSealingTarget({ ...keys, file, windowBytes: WINDOW }) }
  }
  /** Appends, and goes back into the window or to the start. */
  const writes = fc.array(
    fc.record({
      back: fc.nat(WINDOW),
      bytes: fc.integer({ min: 1, max: 90_000 }),
      isStart: fc.boolean(),
    }),
    { maxLength: 60 },
  )

  it('seals what the muxer has written at last', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(writes, async (all) => {
        const { file, target } = await makeTarget(`target-${(run += 1)}`)
        let model = Buffer.alloc(0)
        for (const [number, { back, bytes, isStart }] of all.entries()) {
          const goesBack = back % 3 === 0
          const from = goesBack ? Math.max(0, model.length - back) : model.length
          const position = isStart && goesBack ? back % HELD : from
          if (position > model.length) continue
          const length = isStart && goesBack ? Math.min(bytes, HELD - position) : bytes
          const data = Buffer.alloc(length, number + 1)
          const whole = Buffer.alloc(Math.max(model.length, position + length))
          whole.set(model)
          whole.set(data, position)
          model = whole
          await target.write(position, data)
        }
        await target.close()
        await target.close()
        await file.close()
        const written = await readFile(join(folder, `target-${run}`))
        expect(openMessage(written, keys).equals(model)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('never seals a chunk twice: it panics at a write that comes too late or leaves a hole', async () => {
    const { file, target } = await makeTarget('late')
    await target.write(0, plain.subarray(0, 1))
    await expect(target.write(5, plain)).rejects.toThrow('hole')
    for (let at = 1; at < 5_000_000; at += 100_000) await target.write(at, Buffer.alloc(100_000, 1))
    await expect(target.write(HELD + 5, Buffer.alloc(1))).rejects.toThrow('behind')
    await expect(target.write(HELD - 1, Buffer.alloc(2))).rejects.toThrow('behind')
    await target.write(HELD - 1, Buffer.alloc(1))
    await target.close()
    await expect(target.write(0, Buffer.alloc(1))).rejects.toThrow('close')
    await file.close()
  })
})

describe('[RC-4] the proof of a sealed file', SLOW, () => {
  it('has the hashes of both its forms, whole and by blocks, and finds damage', async () => {
    const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
    const blocksOf = (bytes: Buffer): string[] =>
      Array.from({ length: Math.ceil(bytes.length / 2 ** 20) }, (_, at) =>
        sha256(bytes.subarray(at * 2 ** 20, (at + 1) * 2 ** 20)),
      )
    const long = Buffer.concat([plain, plain, plain])
    const longSealed = sealMessage(long, keys)
    expect(await proveSealedFile(sourceOf(longSealed), 'b')).toEqual({
      file: 'b',
      bytes: longSealed.length,
      sha256: sha256(longSealed),
      blocks: blocksOf(longSealed),
      plainBytes: long.length,
      plainSha256: sha256(long),
      plainBlocks: blocksOf(long),
    })
    longSealed[90_000] = (longSealed[90_000] ?? 0) ^ 1
    await expect(proveSealedFile(sourceOf(longSealed), 'b')).rejects.toBeInstanceOf(DamagedBytes)
  })
})
