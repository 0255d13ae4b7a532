import { createHash, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** Signed notes, checkpoints and cosignatures of C2SP, to the letter: any tool for transparency logs reads them. */

/** Kinds of keys in a note: Ed25519, and Ed25519 with a time, of witnesses. */
export const KEY_KINDS = { log: 1, witness: 4 } as const
/** A key's kind. */
export type KeyKind = keyof typeof KEY_KINDS

const KEY_ID_BYTES = 4
const TIME_BYTES = 8
const KEY_BYTES = 32
const HASH_BYTES = 32

/** Who signs a note: a name without spaces and plus signs, and an Ed25519 key. */
export type NoteSigner = {
  readonly name: string
  readonly privateKey: KeyObject
  /** Raw, base64. */
  readonly publicKey: string
}

/** A key that notes are checked with. */
export type NoteVerifier = {
  readonly name: string
  readonly kind: KeyKind
  /** Raw. */
  readonly publicKey: Buffer
}

/** A log's size and root, as it is to be signed. */
export type TreeHead = {
  /** The log's own name. */
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

/** A note in its parts; `text` ends in a newline, lines have none. */
export type Note = { readonly text: string; readonly lines: readonly string[] }

/** A checkpoint (C2SP tlog-checkpoint) as a signed note (C2SP signed-note): the text of the whole file. */
export function signedCheckpoint({ origin, size, root }: TreeHead, signer: NoteSigner): string {
  return signedNote(`${origin}\n${size}\n${root.toString('base64')}\n`, signer)
}

/** `text`, which ends in a newline, as a note with one signature. */
export function signedNote(text: string, signer: NoteSigner): string {
  return `${text}\n${signatureLine(text, signer)}\n`
}

/** A note with one more line under it. */
export function withLine(note: string, line: string): string {
  return `${note}${line}\n`
}

/** The line that signs a note's text. */
export function signatureLine(
  text: string,
  { name, privateKey, publicKey }: NoteSigner,
  kind: KeyKind = 'log',
): string {
  const id = keyIdOf(name, Buffer.from(publicKey, 'base64'), kind)
  return `— ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64')}`
}

/** The first bytes of SHA-256 over name, newline, kind of signature and key. */
export function keyIdOf(name: string, publicKey: Uint8Array, kind: KeyKind = 'log'): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(KEY_KINDS[kind]))
  return hash.update(publicKey).digest().subarray(0, KEY_ID_BYTES)
}

/** Name, key id and key as people and programs exchange them (C2SP vkey). */
export function verifierKeyOf({ name, kind, publicKey }: NoteVerifier): string {
  const material = Buffer.concat([Buffer.of(KEY_KINDS[kind]), publicKey]).toString('base64')
  return `${name}+${keyIdOf(name, publicKey, kind).toString('hex')}+${material}`
}

/** Reads a verifier key of either kind; null for anything else, and for one whose id is not its own. */
export function readVerifierKey(text: string): NoteVerifier | null {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text)
  const [name = '', id = '', material = ''] = parts?.slice(1) ?? []
  const bytes = fromBase64(material)
  if (bytes?.length !== 1 + KEY_BYTES) return null
  const kind = bytes.readUInt8(0) === KEY_KINDS.log ? 'log' : 'witness'
  const verifier = { name, kind, publicKey: bytes.subarray(1) } as const
  return verifierKeyOf(verifier) === `${name}+${id}+${material}` ? verifier : null
}

/** A note's text and its lines; null where it is none. */
export function readNote(note: string): Note | null {
  const end = note.lastIndexOf('\n\n')
  const lines = note.slice(end + 2).split('\n')
  if (end < 0 || lines.pop() !== '' || lines.length === 0) return null
  return { text: note.slice(0, end + 1), lines }
}

/** What a checkpoint's text says; null where it is none. */
export function readTreeHead(text: string): TreeHead | null {
  const [origin = '', size = '', root = '', rest] = text.split('\n')
  const bytes = fromBase64(root)
  const isHead = rest === '' && /^(0|[1-9]\d{0,14})$/.test(size) && bytes?.length === HASH_BYTES
  return isHead ? { origin, size: Number(size), root: bytes } : null
}

/** Whether one of a note's lines is this key's, and signs its text. */
export function isSignedBy(note: string, verifier: NoteVerifier): boolean {
  const read = readNote(note)
  return read?.lines.some((line) => checkLine(line, read.text, verifier) !== null) ?? false
}

/** When the line was made by this key over this text, the time that it says (a witness's) or the epoch; else null. */
export function checkLine(line: string, text: string, verifier: NoteVerifier): Date | null {
  const { name, kind, publicKey } = verifier
  const [, said = '', signed = ''] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
  const bytes = fromBase64(signed)
  const id = keyIdOf(name, publicKey, kind)
  if (said !== name || !bytes?.subarray(0, KEY_ID_BYTES).equals(id)) return null
  const [time, signature] = kind === 'log' ? [0, bytes.subarray(KEY_ID_BYTES)] : timedOf(bytes)
  const message = kind === 'log' ? text : cosignedText(text, time)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  return verify(null, Buffer.from(message), key, signature) ? new Date(time * 1000) : null
}

/** What a witness signs: that it saw this checkpoint at that time, in seconds since 1970, and nothing against it. */
export function cosignedText(text: string, seconds: number): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`
}

function timedOf(bytes: Buffer): [number, Buffer] {
  if (bytes.length < KEY_ID_BYTES + TIME_BYTES) return [0, Buffer.alloc(0)]
  const seconds = Number(bytes.readBigUInt64BE(KEY_ID_BYTES))
  // What no date can hold was signed by nobody who means it.
  const time = seconds <= 8.64e12 ? seconds : 0
  return [time, bytes.subarray(KEY_ID_BYTES + TIME_BYTES)]
}

/** Base64 in its one form, or null. */
function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

/** A log's name for strangers: the service's host, then the log as it is called inside. */
export function originOf(issuer: string, log: string): string {
  return `${new URL(issuer).host}/audit/${log}`
}
