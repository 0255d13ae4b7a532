import { createHash, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** Ed25519 in a signed note. */
const ED25519 = Buffer.of(1)
const KEY_ID_BYTES = 4

/** Who signs a note: a name without spaces and plus signs, and an Ed25519 key. */
export type NoteSigner = {
  readonly name: string
  readonly privateKey: KeyObject
  /** Raw, base64. */
  readonly publicKey: string
}

/** A log's size and root, as it is to be signed. */
export type TreeHead = {
  /** The log's own name. */
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

/** A checkpoint (C2SP tlog-checkpoint) as a signed note (C2SP signed-note): the text of the whole file. */
export function signedCheckpoint({ origin, size, root }: TreeHead, signer: NoteSigner): string {
  return signedNote(`${origin}\n${size}\n${root.toString('base64')}\n`, signer)
}

/** `text`, which ends in a newline, as a note with one signature. */
export function signedNote(text: string, { name, privateKey, publicKey }: NoteSigner): string {
  const signature = sign(null, Buffer.from(text), privateKey)
  const signed = Buffer.concat([keyIdOf(name, Buffer.from(publicKey, 'base64')), signature])
  return `${text}\n— ${name} ${signed.toString('base64')}\n`
}

/** The first bytes of SHA-256 over name, newline, kind of signature and key. */
export function keyIdOf(name: string, publicKey: Buffer): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(ED25519).update(publicKey)
  return hash.digest().subarray(0, KEY_ID_BYTES)
}

/** A log's name for strangers: the service's host, then the log as it is called inside. */
export function originOf(issuer: string, log: string): string {
  return `${new URL(issuer).host}/audit/${log}`
}
