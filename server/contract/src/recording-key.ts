import { z } from 'zod'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { Refusal } from './errors.ts'

/**
 * A recording's key on the private link between server and recorder: sealed for that one recording with
 * AES-256-GCM under a key made of the secret both share, so that no log, dump or listener holds it plainly.
 */

/** `<base64url of nonce, ciphertext and tag>`. */
export const SealedKey = z
  .string()
  .max(256)
  .regex(/^[\w-]+$/)

/** AES-256: the length of every recording's and derivative's key, in bytes. */
export const RECORDING_KEY_BYTES = 32
const NONCE_BYTES = 12
const LABEL = 'visavis recording key v1'

type Binding = {
  /** The GRANT_SECRET that server and recorder share. */
  readonly secret: string
  /** What the key is of: a recording or a derivative. */
  readonly objectId: string
}

/** Seals a key for the way to the recorder. */
export async function sealKey(
  key: Uint8Array<ArrayBuffer>,
  { secret, objectId }: Binding,
): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const sealed = await crypto.subtle.encrypt(bound(nonce, objectId), await wrapKey(secret), key)
  return toBase64Url(new Uint8Array([...nonce, ...new Uint8Array(sealed)]))
}

/** The key inside; refuses with GRANT_REFUSED what was sealed for another recording or by somebody else. */
export async function openKey(
  sealed: string,
  { secret, objectId }: Binding,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = fromBase64Url(sealed)
  const nonce = bytes.slice(0, NONCE_BYTES)
  const opened = await crypto.subtle
    .decrypt(bound(nonce, objectId), await wrapKey(secret), bytes.slice(NONCE_BYTES))
    .catch(() => null)
  if (opened?.byteLength !== RECORDING_KEY_BYTES) throw new Refusal('GRANT_REFUSED', { why: 'key' })
  return new Uint8Array(opened)
}

function bound(iv: Uint8Array<ArrayBuffer>, objectId: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${LABEL} ${objectId}`) }
}

async function wrapKey(secret: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(`${LABEL} ${secret}`)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
