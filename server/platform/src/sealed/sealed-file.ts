import { Readable, Transform } from 'node:stream'
import {
  CHUNK_BYTES,
  HEAD_BYTES,
  SEALED_CHUNK_BYTES,
  beginMessage,
  checkLength,
  resumeMessage,
} from './cobblestone.ts'
import type { ChunkCipher, SealingKey } from './cobblestone.ts'

/** A sealed file in clear, wherever one looks. */
export type SealedFile = {
  readonly plainBytes: number
  /** The plain bytes from `start` to `end`, both included; fewer only at the end. Throws `DamagedBytes`. */
  readonly read: (start: number, end: number) => Promise<Buffer>
  /** The same as a stream; it breaks with `DamagedBytes` before the first byte that is not as it was sealed. */
  readonly stream: (start: number, end: number) => Readable
}

/** What a sealed file needs of the place where it lies. */
export type SealedSource = SealingKey & {
  /** The sealed bytes from `start` to `end`, both included; fewer only at the end. */
  readonly readAt: (start: number, end: number) => Promise<Buffer>
  readonly sealedBytes: number
}

/** A stream opens so many chunks at once: 256 KiB, few requests to a far store and little memory. */
const CHUNKS_AT_ONCE = 16

/**
 * Opens a sealed file for reading at any place. Key, context and length are checked first, each chunk before
 * a byte of it is given. Throws `DamagedBytes`.
 */
export async function openSealedFile(source: SealedSource): Promise<SealedFile> {
  const { readAt, sealedBytes } = source
  const plainBytes = checkLength(sealedBytes)
  const lastChunk = Math.floor(plainBytes / CHUNK_BYTES)
  const lastAt = HEAD_BYTES + lastChunk * SEALED_CHUNK_BYTES
  const [head, last] = await Promise.all([
    readAt(0, HEAD_BYTES - 1),
    readAt(lastAt, sealedBytes - 1),
  ])
  const cipher = resumeMessage(source, head)
  // Only a genuine last chunk opens under its number: the length is proved with it.
  cipher.openChunk(lastChunk, last)
  const read = (start: number, end: number): Promise<Buffer> =>
    readPlain({ cipher, readAt, sealedBytes }, start, Math.min(end, plainBytes - 1))
  return {
    plainBytes,
    read,
    stream: (start, end) =>
      Readable.from(readInSteps(read, start, Math.min(end, plainBytes - 1)), { objectMode: false }),
  }
}

type Reading = Pick<SealedSource, 'readAt' | 'sealedBytes'> & { readonly cipher: ChunkCipher }

async function readPlain(reading: Reading, start: number, end: number): Promise<Buffer> {
  if (end < start) return Buffer.alloc(0)
  const firstChunk = Math.floor(start / CHUNK_BYTES)
  const chunks = Math.floor(end / CHUNK_BYTES) - firstChunk + 1
  const from = HEAD_BYTES + firstChunk * SEALED_CHUNK_BYTES
  const to = Math.min(from + chunks * SEALED_CHUNK_BYTES, reading.sealedBytes)
  const sealed = await reading.readAt(from, to - 1)
  const plain: Buffer[] = []
  for (let at = 0; plain.length < chunks; at += SEALED_CHUNK_BYTES) {
    const chunk = sealed.subarray(at, at + SEALED_CHUNK_BYTES)
    plain.push(reading.cipher.openChunk(firstChunk + plain.length, chunk))
  }
  const skipped = firstChunk * CHUNK_BYTES
  return Buffer.concat(plain).subarray(start - skipped, end - skipped + 1)
}

async function* readInSteps(
  read: SealedFile['read'],
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  let at = start
  while (at <= end) {
    const nextChunk = Math.floor(at / CHUNK_BYTES) + CHUNKS_AT_ONCE
    const bytes = await read(at, Math.min(end, nextChunk * CHUNK_BYTES - 1))
    yield bytes
    at += bytes.length
  }
}

/** Seals a message bit by bit; each call gives what is sealed for good by then. */
export type Sealer = {
  readonly add: (plain: Uint8Array) => Buffer
  /** The rest, which makes the message whole. */
  readonly end: () => Buffer
}

/** Begins a message of unknown length, in 16 KiB of memory. */
export function createSealer(keys: SealingKey): Sealer {
  const cipher = beginMessage(keys)
  const held = Buffer.alloc(CHUNK_BYTES)
  let heldBytes = 0
  let number = 0
  let ready: Buffer[] = [cipher.head]
  const seal = (plain: Uint8Array): void => {
    ready.push(cipher.sealChunk(number, plain))
    number += 1
  }
  const take = (): Buffer => {
    const taken = Buffer.concat(ready)
    ready = []
    return taken
  }
  return {
    add(plain) {
      let at = 0
      while (at < plain.length) {
        const part = plain.subarray(at, at + CHUNK_BYTES - heldBytes)
        held.set(part, heldBytes)
        heldBytes += part.length
        at += part.length
        if (heldBytes < CHUNK_BYTES) break
        seal(held)
        heldBytes = 0
      }
      return take()
    },
    end() {
      seal(held.subarray(0, heldBytes))
      return take()
    },
  }
}

/** Seals what flows through; the sealed message is whole when the stream has ended. */
export function createSealing(keys: SealingKey): Transform {
  const sealer = createSealer(keys)
  return new Transform({
    transform(plain: Buffer, _encoding, done) {
      done(null, sealer.add(plain))
    },
    flush(done) {
      done(null, sealer.end())
    },
  })
}
