import { createPrivateKey } from 'node:crypto'
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
