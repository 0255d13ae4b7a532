// Keys, cosignatures and trees of the audit log, stated without the service's own code.
import { fromBase64, isLineOf, isSigned, readNote, sha256 } from '../recording/proofs.mjs'

const LOG_KIND = 1
const WITNESS_KIND = 4
const KINDS = new Set([LOG_KIND, WITNESS_KIND])

/** @typedef {{name: string, kind: number, key: Buffer, text: string}} VerifierKey */

/**
 * A verifier key (C2SP vkey): name, id and key, which is 1 (a log's) or 4 (a witness's) and 32 bytes.
 * @param {string} text @returns {VerifierKey | null}
 */
export const readVerifierKey = (text) => {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text)
  const [name = '', id = '', material = ''] = parts?.slice(1) ?? []
  const bytes = fromBase64(material)
  if (bytes?.length !== 33 || !KINDS.has(bytes.readUInt8(0))) return null
  const own = sha256(`${name}\n`, bytes).subarray(0, 4)
  return own.toString('hex') === id
    ? { name, kind: bytes.readUInt8(0), key: bytes.subarray(1), text }
    : null
}

/** Whether a log's key signed the note. @param {string} note @param {VerifierKey} by */
export const isNoteOf = (note, { kind, key, name }) => {
  const read = readNote(note)
  const isOwn = (/** @type {string} */ line) =>
    line.startsWith(`— ${name} `) && isLineOf(line, { key, note: read?.text ?? '' })
  return kind === LOG_KIND && (read?.lines.some(isOwn) ?? false)
}

/**
 * What a witness's line under a note comes to: when it was signed (seconds since 1970), 'WRONG', or null without one.
 * @param {string} note @param {VerifierKey} by @returns {number | 'WRONG' | null}
 */
export const cosignedAt = (note, { kind, key, name }) => {
  const read = readNote(note)
  const line = read?.lines.find((one) => one.startsWith(`— ${name} `))
  if (!read || !line || kind !== WITNESS_KIND) return null
  const bytes = fromBase64(line.slice(`— ${name} `.length))
  const id = sha256(`${name}\n`, Buffer.of(kind), key).subarray(0, 4)
  if (bytes?.length !== 76 || !bytes.subarray(0, 4).equals(id)) return 'WRONG'
  const seconds = Number(bytes.readBigUInt64BE(4))
  const message = Buffer.from(cosignedText(read.text, seconds))
  return isSigned(message, { key, signature: bytes.subarray(12) }) ? seconds : 'WRONG'
}

/** What a witness signs. @param {string} text the checkpoint's @param {number} seconds */
export const cosignedText = (text, seconds) => `cosignature/v1\ntime ${seconds}\n${text}`

/** Whether `note` is the old key's word for the next one. @param {string} note @param {VerifierKey} old @param {VerifierKey} next */
export const isHandOver = (note, old, next) =>
  readNote(note)?.text === `visavis audit key\n${old.text}\n${next.text}\n` &&
  isNoteOf(note, old) &&
  isNoteOf(note, next)

/** The growing tree of RFC 6962: the roots of its complete subtrees, the largest first. */
export const newTree = () => {
  /** @type {Buffer[]} */
  const peaks = []
  let size = 0
  return {
    /** @param {Buffer} leaf */
    add: (leaf) => {
      peaks.push(leaf)
      size += 1
      for (let pairs = size; pairs % 2 === 0; pairs /= 2) {
        const right = peaks.pop() ?? leaf
        const left = peaks.pop() ?? leaf
        peaks.push(inner(left, right))
      }
    },
    root: () => rootOver(peaks),
    /** The root if one more leaf stood at the end. @param {Buffer} leaf */
    rootWith: (leaf) => {
      const own = [...peaks, leaf]
      for (let pairs = size + 1; pairs % 2 === 0; pairs /= 2) {
        const right = own.pop() ?? leaf
        own.push(inner(own.pop() ?? leaf, right))
      }
      return rootOver(own)
    },
  }
}

/** @param {Buffer[]} peaks */
const rootOver = (peaks) =>
  peaks.length === 0 ? sha256() : peaks.reduceRight((right, left) => inner(left, right))

/** @param {Buffer} left @param {Buffer} right */
const inner = (left, right) => sha256(NODE_MARK, left, right)
const NODE_MARK = Buffer.of(1)

/**
 * Whether a log of one size begins with the log of a smaller one (RFC 9162, 2.1.4.2).
 * @param {{size: number, root: Buffer}} from @param {{size: number, root: Buffer}} to @param {Buffer[]} proof
 */
export const isGrown = (from, to, proof) => {
  if (from.size < 1) return false
  if (from.size >= to.size)
    return proof.length === 0 && from.size === to.size && from.root.equals(to.root)
  const places = withoutWhole(from.size - 1, to.size - 1)
  const [seed, ...path] = places[0] === 0 ? [from.root, ...proof] : proof
  const ends = seed ? climbed(seed, path, places) : null
  return ends !== null && ends.old.equals(from.root) && ends.grown.equals(to.root)
}

/** @param {Buffer} seed @param {Buffer[]} path @param {[number, number]} places */
const climbed = (seed, path, [from, to]) => {
  let [place, last] = [from, to]
  let [old, grown] = [seed, seed]
  for (const hash of path) {
    if (last === 0) return null
    if (place % 2 === 1 || place === last) {
      ;[old, grown] = [inner(hash, old), inner(hash, grown)]
      ;[place, last] = pastAlone(place, last)
    } else grown = inner(grown, hash)
    ;[place, last] = below(place, last)
  }
  return last === 0 ? { old, grown } : null
}

/** @type {(place: number, last: number) => [number, number]} */
const below = (place, last) => [Math.floor(place / 2), Math.floor(last / 2)]

/** @type {(place: number, last: number) => [number, number]} */
const pastAlone = (place, last) =>
  place !== 0 && place % 2 === 0 ? pastAlone(...below(place, last)) : [place, last]

/** Without the levels at which the smaller tree is whole. @type {(place: number, last: number) => [number, number]} */
const withoutWhole = (place, last) =>
  place % 2 === 1 ? withoutWhole(...below(place, last)) : [place, last]
