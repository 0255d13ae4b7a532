import { generateKeyPairSync, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import {
  cosignedText,
  keyIdOf,
  readNote,
  verifierKeyOf,
} from '../../server/src/modules/audit-log/note.ts'
import { aSigningKey } from './signing-key.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
const WITNESS = { name: 'witness.example.org/test', kind: 'witness', publicKey: raw } as const

/** Checkpoints are sent nowhere and not stamped; one witness is known. */
export const AUDIT_PLACES = {
  ship: null,
  witnesses: [verifierKeyOf(WITNESS)],
  tsaUrl: null,
} as const

/** The line of the known witness under a checkpoint, as of some second. */
export function cosignatureLine(note: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const message = Buffer.from(cosignedText(readNote(note)?.text ?? '', seconds))
  const id = keyIdOf(WITNESS.name, raw, WITNESS.kind)
  const signed = Buffer.concat([id, time, sign(null, message, privateKey)])
  return `— ${WITNESS.name} ${signed.toString('base64')}`
}

/** A new key of checkpoints in a file beside the recordings of a test. */
export function anAuditKey(recordingsDir: string): string {
  const file = `${recordingsDir}-audit-key.pem`
  writeFileSync(file, aSigningKey(), { mode: 0o400 })
  return file
}

/** Removes it, with what its signer remembers. */
export async function removeAuditKey(recordingsDir: string): Promise<void> {
  const file = `${recordingsDir}-audit-key.pem`
  await rm(file, { force: true })
  await rm(`${file}.signed`, { recursive: true, force: true })
}
