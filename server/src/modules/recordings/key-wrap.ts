import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** The bytes of every key here: AES-256. */
export const KEY_BYTES = 32
const CIPHER = 'aes-256-gcm'
/** As NIST SP 800-38D wants it for GCM. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** The first byte of a wrapped key: which of our forms it has. */
const FORM = 1
const WRAPPED_BYTES = 1 + NONCE_BYTES + TAG_BYTES + KEY_BYTES

/** Under which key a key is wrapped, and what it is bound to: the same parts in the same order open it. */
type Wrapping = { readonly under: Uint8Array; readonly boundTo: readonly string[] }

/** A new key: 32 random bytes. */
export function newKey(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(KEY_BYTES))
}

/** AES-256-GCM of a 32-byte key: form (1 byte), nonce (12), tag (16), ciphertext (32). */
export function wrapKey(key: Uint8Array, { under, boundTo }: Wrapping): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, under, nonce).setAAD(bindingOf(boundTo))
  const sealed = Buffer.concat([cipher.update(key), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.of(FORM), nonce, cipher.getAuthTag(), sealed]))
}

/** The key inside, or null: another byte, another key or another binding than at the wrapping. */
export function unwrapKey(
  wrapped: Uint8Array,
  { under, boundTo }: Wrapping,
): Uint8Array<ArrayBuffer> | null {
  const bytes = Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.byteLength)
  if (bytes.length !== WRAPPED_BYTES || bytes[0] !== FORM) return null
  const tagAt = 1 + NONCE_BYTES
  const opener = createDecipheriv(CIPHER, under, bytes.subarray(1, tagAt), {
    authTagLength: TAG_BYTES,
  })
  try {
    opener.setAAD(bindingOf(boundTo)).setAuthTag(bytes.subarray(tagAt, tagAt + TAG_BYTES))
    const sealed = bytes.subarray(tagAt + TAG_BYTES)
    return new Uint8Array(Buffer.concat([opener.update(sealed), opener.final()]))
  } catch {
    return null
  }
}

/** No id has a NUL in it, so no two lists of parts give the same bytes. */
function bindingOf(parts: readonly string[]): Buffer {
  return Buffer.from(['visavis key v1', ...parts].join('\0'))
}
