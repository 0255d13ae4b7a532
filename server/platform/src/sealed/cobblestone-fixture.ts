import { gcm } from '@noble/ciphers/aes.js'

/**
 * Cobblestone-256 a second time, for tests: written from the specification with another library (AES-GCM in
 * JavaScript, HMAC of the web's API), to find what both our code and our reading of the text would get wrong.
 */

const CHUNK = 16_384
const TAG = 16

type Keys = { readonly key: Uint8Array; readonly context: Uint8Array; readonly salt: Uint8Array }

async function hmacSha512(key: Uint8Array, ...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-512' }
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), algorithm, false, [
    'sign',
  ])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, joined(...parts)))
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** RFC 5869, 2.3, for any length. */
async function hkdfExpand(key: Uint8Array, info: Uint8Array, length: number): Promise<Uint8Array> {
  let block = new Uint8Array()
  let output = new Uint8Array()
  for (let counter = 1; output.length < length; counter += 1) {
    block = joined(await hmacSha512(key, block, info, Uint8Array.of(counter)))
    output = joined(output, block)
  }
  return output.slice(0, length)
}

async function derived({ key, context, salt }: Keys) {
  const text = new TextEncoder()
  const label = 'c2sp.org/chunked-encryption@v1+'
  const info = joined(
    text.encode(label),
    text.encode('AEAD_AES_256_GCM'),
    Uint8Array.of(0),
    salt,
    context,
  )
  const bytes = await hkdfExpand(key, info, 32 + 12 + 32)
  return { key: bytes.slice(0, 32), nonce: bytes.slice(32, 44), commitment: bytes.slice(44) }
}

function nonceOf(base: Uint8Array, chunk: number): Uint8Array {
  const view = new DataView(joined(base).buffer)
  view.setBigUint64(4, view.getBigUint64(4) ^ BigInt(chunk))
  return new Uint8Array(view.buffer)
}

/** Seals a message with a salt of the caller's. */
export async function sealWithNoble(plain: Uint8Array, keys: Keys): Promise<Uint8Array> {
  const { key, nonce, commitment } = await derived(keys)
  const parts = [keys.salt, commitment]
  for (let chunk = 0; chunk * CHUNK <= plain.length; chunk += 1) {
    const part = plain.slice(chunk * CHUNK, (chunk + 1) * CHUNK)
    parts.push(gcm(key, nonceOf(nonce, chunk)).encrypt(part))
  }
  return joined(...parts)
}

/** Opens a message; throws whatever the library throws. */
export async function openWithNoble(
  sealed: Uint8Array,
  { key: inputKey, context }: Omit<Keys, 'salt'>,
): Promise<Uint8Array> {
  const { key, nonce, commitment } = await derived({
    key: inputKey,
    context,
    salt: sealed.slice(0, 24),
  })
  if (commitment.some((byte, at) => byte !== sealed[24 + at])) throw new RangeError('commitment')
  const parts: Uint8Array[] = []
  let at = 56
  for (;;) {
    const part = sealed.slice(at, at + CHUNK + TAG)
    parts.push(gcm(key, nonceOf(nonce, parts.length)).decrypt(part))
    if (part.length < CHUNK + TAG) return joined(...parts)
    at += part.length
  }
}
