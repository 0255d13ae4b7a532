import type { FileHandle } from 'node:fs/promises'
import { panic } from '@visavis/contract/errors'
import { CHUNK_BYTES, HEAD_BYTES, SEALED_CHUNK_BYTES, beginMessage } from './cobblestone.ts'
import type { SealingKey } from './cobblestone.ts'

/**
 * Seals into a file what a muxer writes out of order: it goes back to its header at the end, and to the size
 * of a cluster when the cluster is whole. Each chunk is sealed once, with what it has then.
 */
export type SealingTarget = {
  /**
   * Puts plain bytes at `position`: at the end or over what is still held. Panics at a write that leaves a hole
   * or comes too late. Await each before the next.
   */
  readonly write: (position: number, bytes: Uint8Array) => Promise<void>
  /** Seals what is held; the file is then a whole message, which the caller syncs and closes. Idempotent. */
  readonly close: () => Promise<void>
}

/** A muxer's header, which it completes at the end. */
const HELD_START_CHUNKS = 4
/** More than half a minute of the best picture, the longest that a cluster can be. */
const WINDOW_BYTES = 16 * 1024 * 1024
/** Sealed and written at once. */
const STEP_CHUNKS = 64

/** Seals into `file`, which is new and empty. `windowBytes` is how far back from the end a write may go. */
export async function createSealingTarget(
  options: SealingKey & { readonly file: FileHandle; readonly windowBytes?: number },
): Promise<SealingTarget> {
  const { file, windowBytes = WINDOW_BYTES } = options
  const cipher = beginMessage(options)
  await writeAt(file, 0, cipher.head)
  const held = createHeldChunks()
  let nextChunk = HELD_START_CHUNKS

  const sealRange = async (from: number, to: number): Promise<void> => {
    const sealed: Buffer[] = []
    for (let number = from; number < to; number += 1)
      sealed.push(cipher.sealChunk(number, held.take(number)))
    await writeAt(file, HEAD_BYTES + from * SEALED_CHUNK_BYTES, Buffer.concat(sealed))
  }
  const sealUpTo = async (chunk: number): Promise<void> => {
    for (; nextChunk < chunk; nextChunk = Math.min(chunk, nextChunk + STEP_CHUNKS)) {
      await sealRange(nextChunk, Math.min(chunk, nextChunk + STEP_CHUNKS))
    }
  }
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    const lastChunk = Math.floor(held.bytes() / CHUNK_BYTES)
    await sealUpTo(lastChunk + 1)
    await sealRange(0, Math.min(HELD_START_CHUNKS, lastChunk + 1))
  }
  return {
    async write(position, bytes) {
      if (closed) panic('a muxer wrote after the close')
      const from = Math.max(position, HELD_START_CHUNKS * CHUNK_BYTES)
      const isLate = from < nextChunk * CHUNK_BYTES && from < position + bytes.length
      if (isLate) panic('a muxer wrote behind what is sealed')
      held.put(position, bytes)
      const behindWindow = Math.floor((held.bytes() - windowBytes) / CHUNK_BYTES)
      if (behindWindow >= nextChunk + STEP_CHUNKS) await sealUpTo(behindWindow)
    },
    close: () => (closed ??= close()),
  }
}

/** Plain chunks that may still change, by their number. */
function createHeldChunks() {
  const chunks = new Map<number, Buffer>()
  let bytes = 0
  return {
    bytes: () => bytes,
    put(position: number, data: Uint8Array) {
      if (position > bytes) panic('a muxer left a hole')
      let at = 0
      while (at < data.length) {
        const number = Math.floor((position + at) / CHUNK_BYTES)
        const from = (position + at) % CHUNK_BYTES
        const part = data.subarray(at, at + CHUNK_BYTES - from)
        const chunk = chunks.get(number) ?? Buffer.alloc(CHUNK_BYTES)
        chunk.set(part, from)
        chunks.set(number, chunk)
        at += part.length
      }
      bytes = Math.max(bytes, position + data.length)
    },
    /** The chunk's bytes, shorter for the last, and forgets them: it is sealed now. */
    take(number: number): Buffer {
      const chunk = chunks.get(number) ?? Buffer.alloc(0)
      chunks.delete(number)
      return chunk.subarray(0, Math.max(0, bytes - number * CHUNK_BYTES))
    },
  }
}

async function writeAt(file: FileHandle, position: number, bytes: Buffer): Promise<void> {
  let done = 0
  // A nearly full disk takes a part first and refuses the next write.
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
