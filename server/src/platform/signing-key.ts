import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** The Ed25519 private key in a PEM or in the base64 of its PKCS #8; null for anything else. */
export function signingKeyOf(text: string): KeyObject | null {
  try {
    const key = text.includes('-----BEGIN')
      ? createPrivateKey(text.replaceAll('\\n', '\n'))
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

/** The key that signs, with what is published of it. */
export type SigningKey = {
  readonly privateKey: KeyObject
  /** Raw Ed25519 public key, base64. */
  readonly publicKey: string
  /** SHA-256 of the raw key, hex. */
  readonly fingerprint: string
}

/** The key with its public half. */
export function withPublicKey(privateKey: KeyObject): SigningKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const raw = Buffer.from(x, 'base64url')
  const fingerprint = createHash('sha256').update(raw).digest('hex')
  return { privateKey, publicKey: raw.toString('base64'), fingerprint }
}
