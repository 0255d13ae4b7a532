import { createHash, createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { statementText } from '@visavis/contract/terminal-proof'
import type { ProofGround, TerminalStatement } from '@visavis/contract/terminal-proof'

/** OpenSSL's name of P-256. */
const CURVE = 'prime256v1'

/** A terminal's public key in the one form in which it is stored, and its SHA-256 in hex. */
export type PublicTerminalKey = {
  readonly publicKey: Buffer<ArrayBuffer>
  readonly thumbprint: string
}

/** Reads a SubjectPublicKeyInfo (base64url); null: no key on P-256. */
export function readTerminalKey(text: string): PublicTerminalKey | null {
  const key = keyOf(Buffer.from(text, 'base64url'))
  if (key === null) return null
  // Written anew: one key has one form, however it came.
  const publicKey = Buffer.from(key.export({ format: 'der', type: 'spki' }))
  return { publicKey, thumbprint: createHash('sha256').update(publicKey).digest('hex') }
}

/** Whether `signature` (base64url of r and s) is the key's under the statement. */
export function isSignedBy(
  publicKey: Uint8Array,
  signed: { ground: ProofGround; statement: TerminalStatement; signature: string },
): boolean {
  const key = keyOf(Buffer.from(publicKey))
  if (key === null) return false
  const text = Buffer.from(statementText(signed.ground, signed.statement))
  const signature = Buffer.from(signed.signature, 'base64url')
  return verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

function keyOf(der: Buffer): KeyObject | null {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    const isOurs = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === CURVE
    return isOurs ? key : null
  } catch {
    return null
  }
}
