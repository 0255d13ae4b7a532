import { readFileSync } from 'node:fs'
import { ConfigFaults } from '@visavis/platform/config'
import { signingKeyOf, withPublicKey } from '../../platform/signing-key.ts'
import type { SigningKey } from '../../platform/signing-key.ts'
import { isSignedBy, readNote, signatureLine, signedNote, verifierKeyOf, withLine } from './note.ts'
import type { NoteSigner, NoteVerifier } from './note.ts'

/** What a hand-over of keys begins with. */
const HAND_OVER = 'visavis audit key'

/** The key of checkpoints, from its own file; throws {@link ConfigFaults} in words when there is none. */
export function readAuditKey(file: string): SigningKey {
  const key = signingKeyOf(textOf(file) ?? '')
  if (key) return withPublicKey(key)
  throw new ConfigFaults([
    `AUDIT_KEY_FILE: ${file} holds no Ed25519 private key (PEM): \`npm start\` makes one; in production make it with \`openssl genpkey -algorithm ed25519\` and let only the server read it`,
  ])
}

/** The note by which the key before named the one in `file`; null where there is none. */
export function readHandOver(file: string): string | null {
  return textOf(`${file}.handover`)
}

/** A signer's public half. */
export function verifierOf({ name, publicKey }: Omit<NoteSigner, 'privateKey'>): NoteVerifier {
  return { name, kind: 'log', publicKey: Buffer.from(publicKey, 'base64') }
}

/** The old key's word for the new one; both sign, so that nobody is named without holding the key. */
export function handOver(old: NoteSigner, next: NoteSigner): string {
  const text = handOverText(verifierOf(old), verifierOf(next))
  return withLine(signedNote(text, old), signatureLine(text, next))
}

/** Whether `note` is the word of `old` for `next`. */
export function isHandOver(note: string, old: NoteVerifier, next: NoteVerifier): boolean {
  if (readNote(note)?.text !== handOverText(old, next)) return false
  return isSignedBy(note, old) && isSignedBy(note, next)
}

function handOverText(old: NoteVerifier, next: NoteVerifier): string {
  return `${HAND_OVER}\n${verifierKeyOf(old)}\n${verifierKeyOf(next)}\n`
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
