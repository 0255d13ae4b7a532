import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { panic } from '@visavis/contract/errors'
import { DamagedBytes } from './damaged-bytes.ts'

/**
 * Cobblestone-256: C2SP chunked-encryption (https://c2sp.org/chunked-encryption) with SHA-512 and AES-256-GCM.
 * Salt, commitment, then chunks of 16 KiB sealed one by one; the last chunk is always shorter.
 */

/** A 32-byte key, uniformly random, and what the bytes are for; both are needed again to open them. */
export type SealingKey = { readonly key: Uint8Array; readonly context: Uint8Array }

export const KEY_BYTES = 32
/** Plain bytes of every chunk but the last. */
export const CHUNK_BYTES = 16 * 1024
const TAG_BYTES = 16
/** Sealed bytes of every chunk but the last. */
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
export const SALT_BYTES = 24
const COMMITMENT_BYTES = 32
/** What stands before the first chunk: salt and commitment. */
export const HEAD_BYTES = SALT_BYTES + COMMITMENT_BYTES
const NONCE_BYTES = 12
const CIPHER = 'aes-256-gcm'
const LABEL = Buffer.from('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0')
/** The construction's own limit is 2^38; JavaScript counts bytes exactly up to half of that, a petabyte. */
const MAX_CHUNKS = 2 ** 38

/** One message's sealing or opening: each chunk by its number, from 0. */
export type ChunkCipher = {
  /** What stands before the first chunk. */
  readonly head: Buffer
  /** A chunk, sealed. Never seal two different contents under one number. */
  readonly sealChunk: (number: number, plain: Uint8Array) => Buffer
  /** The same in pieces, one after another. */
  readonly sealParts: (number: number, plain: Uint8Array) => readonly Buffer[]
  /** A chunk, opened. Throws {@link DamagedBytes}. */
  readonly openChunk: (number: number, sealed: Uint8Array) => Buffer
}

/** Begins a message; `salt` (24 bytes, random) is given by tests alone. */
export function beginMessage(
  keys: SealingKey,
  salt: Uint8Array = randomBytes(SALT_BYTES),
): ChunkCipher {
  const derived = derive(keys, salt)
  return createChunkCipher(derived, Buffer.concat([salt, derived.commitment]))
}

/** Takes up a message by its first {@link HEAD_BYTES}. Throws {@link DamagedBytes} when key, context or head is another. */
export function resumeMessage(keys: SealingKey, head: Uint8Array): ChunkCipher {
  if (head.length < HEAD_BYTES) {
    throw new DamagedBytes('sealed bytes are cut', {
      fromByte: 0,
      toByte: Math.max(0, head.length - 1),
    })
  }
  const own = Buffer.from(head.subarray(0, HEAD_BYTES))
  const derived = derive(keys, own.subarray(0, SALT_BYTES))
  if (!timingSafeEqual(derived.commitment, own.subarray(SALT_BYTES))) {
    throw new DamagedBytes('sealed bytes have another key or use', {
      fromByte: 0,
      toByte: HEAD_BYTES - 1,
    })
  }
  return createChunkCipher(derived, own)
}

/** Seals a whole message in memory. */
export function sealMessage(plain: Uint8Array, keys: SealingKey): Buffer {
  const sealed = Buffer.allocUnsafe(sealedBytesOf(plain.length))
  sealMessageInto(sealed, plain, keys)
  return sealed
}

/** Seals a whole message into bytes of just its sealed length; copies nothing in between. */
export function sealMessageInto(target: Uint8Array, plain: Uint8Array, keys: SealingKey): void {
  if (target.length !== sealedBytesOf(plain.length))
    panic('a message does not fit where it is sealed')
  const cipher = beginMessage(keys)
  target.set(cipher.head, 0)
  let at = HEAD_BYTES
  for (let number = 0; number <= Math.floor(plain.length / CHUNK_BYTES); number += 1) {
    const chunk = plain.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES)
    for (const part of cipher.sealParts(number, chunk)) {
      target.set(part, at)
      at += part.length
    }
  }
}

/** Opens a whole message in memory. Throws {@link DamagedBytes}, and gives no byte, when any of it is not as it was sealed. */
export function openMessage(sealed: Uint8Array, keys: SealingKey): Buffer {
  const cipher = resumeMessage(keys, sealed)
  checkLength(sealed.length)
  const parts: Buffer[] = []
  for (let at = HEAD_BYTES; at < sealed.length; at += SEALED_CHUNK_BYTES) {
    parts.push(cipher.openChunk(parts.length, sealed.subarray(at, at + SEALED_CHUNK_BYTES)))
  }
  return Buffer.concat(parts)
}

/** How many bytes so many plain bytes become. */
export function sealedBytesOf(plainBytes: number): number {
  return HEAD_BYTES + plainBytes + TAG_BYTES * (Math.floor(plainBytes / CHUNK_BYTES) + 1)
}

/** How many plain bytes are in so many sealed ones; null for a length that no sealed message has. */
export function plainBytesOf(sealedBytes: number): number | null {
  const last = (sealedBytes - HEAD_BYTES) % SEALED_CHUNK_BYTES
  if (sealedBytes < HEAD_BYTES || last < TAG_BYTES) return null
  return ((sealedBytes - HEAD_BYTES - last) / SEALED_CHUNK_BYTES) * CHUNK_BYTES + last - TAG_BYTES
}

/** Throws {@link DamagedBytes} for a length that no sealed message has; returns the plain length in bytes. */
export function checkLength(sealedBytes: number): number {
  const plainBytes = plainBytesOf(sealedBytes)
  if (plainBytes !== null) return plainBytes
  const toByte = Math.max(0, sealedBytes - 1)
  throw new DamagedBytes('sealed bytes are cut', {
    fromByte: Math.max(0, toByte - SEALED_CHUNK_BYTES),
    toByte,
  })
}

/** What a sealed file is for: the file of that name, of that recording, derivative or export. */
export function fileContext(objectId: string, file: string): Uint8Array {
  return Buffer.from(`visavis file v1\0${objectId}\0${file}`)
}

type Derived = { readonly key: Buffer; readonly baseNonce: Buffer; readonly commitment: Buffer }

function derive({ key, context }: SealingKey, salt: Uint8Array): Derived {
  if (key.length !== KEY_BYTES) panic('a sealing key has 32 bytes')
  if (salt.length !== SALT_BYTES) panic('a salt has 24 bytes')
  const bytes = expand(key, Buffer.concat([LABEL, salt, context]))
  return {
    key: bytes.subarray(0, KEY_BYTES),
    baseNonce: bytes.subarray(KEY_BYTES, KEY_BYTES + NONCE_BYTES),
    commitment: bytes.subarray(KEY_BYTES + NONCE_BYTES, KEY_BYTES + NONCE_BYTES + COMMITMENT_BYTES),
  }
}

/** HKDF-Expand with SHA-512 (RFC 5869, 2.3) to the 76 bytes needed: two blocks. node:crypto has it only with Extract. */
function expand(key: Uint8Array, info: Uint8Array): Buffer {
  const first = createHmac('sha512', key).update(info).update(Buffer.of(1)).digest()
  const second = createHmac('sha512', key).update(first).update(info).update(Buffer.of(2)).digest()
  return Buffer.concat([first, second])
}

function createChunkCipher(derived: Derived, head: Buffer): ChunkCipher {
  const sealParts: ChunkCipher['sealParts'] = (number, plain) => {
    const cipher = createCipheriv(CIPHER, derived.key, nonceOf(derived.baseNonce, number))
    return [cipher.update(plain), cipher.final(), cipher.getAuthTag()]
  }
  return {
    head,
    sealParts,
    sealChunk: (number, plain) => Buffer.concat(sealParts(number, plain)),
    openChunk(number, sealed) {
      const fromByte = HEAD_BYTES + number * SEALED_CHUNK_BYTES
      const place = { fromByte, toByte: fromByte + Math.max(0, sealed.length - 1) }
      if (sealed.length < TAG_BYTES) throw new DamagedBytes('sealed bytes are cut', place)
      const tagAt = sealed.length - TAG_BYTES
      const decipher = createDecipheriv(CIPHER, derived.key, nonceOf(derived.baseNonce, number))
      decipher.setAuthTag(sealed.subarray(tagAt))
      const plain = decipher.update(sealed.subarray(0, tagAt))
      try {
        decipher.final()
      } catch {
        throw new DamagedBytes('sealed bytes are damaged', place)
      }
      return plain
    },
  }
}

/** The base nonce with the chunk's number, big-endian, laid over its last five bytes. */
function nonceOf(baseNonce: Buffer, number: number): Buffer {
  if (number >= MAX_CHUNKS) panic('a sealed message has too many chunks')
  const nonce = Buffer.from(baseNonce)
  let rest = number
  for (let at = NONCE_BYTES - 1; rest > 0; at -= 1) {
    nonce[at] = (nonce[at] ?? 0) ^ (rest % 256)
    rest = Math.floor(rest / 256)
  }
  return nonce
}
