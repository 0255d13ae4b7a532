import { TERMINAL_KEY, TERMINAL_SIGNATURE, statementText } from '@visavis/contract/terminal-proof'
import type { TerminalStatement } from '@visavis/contract/terminal-proof'
import type { TerminalProof } from '@visavis/contract/terminal-proof-shapes'

const SECRET_BYTES = 32

/** A key that this browser makes for itself; its private half can never be exported. */
export async function makeKey(): Promise<{ privateKey: CryptoKey; publicKey: string }> {
  const pair = await crypto.subtle.generateKey(TERMINAL_KEY, false, ['sign'])
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey)
  return { privateKey: pair.privateKey, publicKey: base64Url(spki) }
}

/** Signs a statement under the server's nonce and this page's origin. */
export async function prove(
  privateKey: CryptoKey,
  nonce: string,
  statement: TerminalStatement,
): Promise<TerminalProof> {
  const { origin } = window.location
  const text = new TextEncoder().encode(statementText({ nonce, origin }, statement))
  const signature = await crypto.subtle.sign(TERMINAL_SIGNATURE, privateKey, text)
  return { nonce, origin, signature: base64Url(signature) }
}

/** A secret of this page, and its SHA-256 in hex. It is nowhere but in the page's memory. */
export async function makePageSecret(): Promise<{ secret: string; pageHash: string }> {
  const secret = base64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).buffer)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'))
  return { secret, pageHash: hex.join('') }
}

function base64Url(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
