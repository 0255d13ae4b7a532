import { randomBytes } from 'node:crypto'
import { panic } from '@visavis/contract/errors'

/** Makes a new id; injected wherever a test wants to know the next one. */
export type NewId = () => string

const TIMESTAMP_BYTES = 6
const RANDOM_BYTES = 10
const VERSION_7 = 0x70
const RFC_VARIANT = 0x80

/**
 * A UUID of version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then `random` (10 bytes, of which
 * 74 bits are used). Rows made in order lie in order in their index, which random UUIDs do not.
 */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  if (random.length !== RANDOM_BYTES) panic(`uuidv7 wants ${RANDOM_BYTES} random bytes`)
  const bytes = Buffer.alloc(TIMESTAMP_BYTES + RANDOM_BYTES)
  bytes.writeUIntBE(nowMs, 0, TIMESTAMP_BYTES)
  bytes.set(random, TIMESTAMP_BYTES)
  bytes[6] = VERSION_7 | (bytes.readUInt8(6) & 0x0f)
  bytes[8] = RFC_VARIANT | (bytes.readUInt8(8) & 0x3f)
  return formatUuid(bytes)
}

/** A fresh id for a row. */
export const newId: NewId = () => uuidv7(Date.now(), randomBytes(RANDOM_BYTES))

/** The usual text form of a UUID's 16 bytes. */
export function formatUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
}
