// The rules of recordings' proofs, stated without the service's own code. Nothing but Node's own modules.
import { createHash, createPublicKey, verify } from 'node:crypto'

/** A file's blocks are hashed one by one. */
export const BLOCK_BYTES = 1024 * 1024
const HASH_BYTES = 32

/** @param {...(string | Uint8Array)} parts @returns {Buffer} */
export const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Any JSON value in its one canonical form (RFC 8785 without fractions). @param {any} value @returns {string} */
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  // Without a comparator, sort() orders by UTF-16 code units, as the RFC asks.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
  return `{${members.join(',')}}`
}

/** @param {string} text @returns {any} */
export const parse = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Base64 in its one form, or null. @param {unknown} text @returns {Buffer | null} */
export const fromBase64 = (text) => {
  const bytes = Buffer.from(String(text), 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

/** Ed25519. @param {Buffer} message @param {{key: Buffer | null, signature: Buffer | null}} with_ */
export const isSigned = (message, { key, signature }) => {
  if (key?.length !== 32 || signature?.length !== 64) return false
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') }
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
  } catch {
    return false
  }
}

/**
 * A signed file: `{"<name>": <canonical text>, "publicKey": …, "signature": …}` in canonical form.
 * @param {string} text the file's @param {string} name
 * @returns {{fault: string | null, value: any, key: Buffer | null}}
 */
export const readSigned = (text, name) => {
  const file = parse(text)
  const value = parse(String(file?.[name]))
  if (value === null) return { fault: 'NOT_READABLE', value: null, key: null }
  const key = fromBase64(file.publicKey)
  const signature = fromBase64(file.signature)
  if (!isSigned(Buffer.from(file[name]), { key, signature }))
    return { fault: 'SIGNATURE_WRONG', value, key }
  const isAsSigned = canonical(file) === text && canonical(value) === file[name]
  return { fault: isAsSigned ? null : 'REFORMATTED', value, key }
}

/**
 * The root that a leaf's proof leads to (RFC 9162, 2.1.3.2), or null.
 * @param {Buffer} leaf @param {{index: number, size: number, path: unknown}} place
 */
export const rootOf = (leaf, { index, size, path }) => {
  const hashes = isPlace(index, size) ? pathOf(path) : null
  if (!hashes) return null
  let [place, last, root] = [index, size - 1, leaf]
  for (const beside of hashes) {
    if (last === 0) return null
    const isRight = place % 2 === 1 || place === last
    root = isRight ? sha256(Buffer.of(1), beside, root) : sha256(Buffer.of(1), root, beside)
    // Alone on its level, it has gone up as it is.
    if (isRight) [place, last] = risen(place, last)
    ;[place, last] = halved(place, last)
  }
  return last === 0 ? root : null
}

/** @param {number} index @param {number} size */
const isPlace = (index, size) => Number.isSafeInteger(index) && index >= 0 && index < size

/** @type {(place: number, last: number) => [number, number]} */
const halved = (place, last) => [Math.floor(place / 2), Math.floor(last / 2)]

/** @type {(place: number, last: number) => [number, number]} */
const risen = (place, last) =>
  place !== 0 && place % 2 === 0 ? risen(...halved(place, last)) : [place, last]

/** Hashes in hex, or null where there is anything else. @param {unknown} path */
const pathOf = (path) => {
  if (!Array.isArray(path)) return null
  const isHash = (/** @type {unknown} */ hex) => /^[0-9a-f]{64}$/.test(String(hex))
  return path.every(isHash) ? path.map((hex) => Buffer.from(hex, 'hex')) : null
}

/** The tree's root over leaf hashes (RFC 6962, 2.1). @param {Buffer[]} leaves @returns {Buffer} */
export const treeRoot = (leaves) => {
  if (leaves.length === 0) return sha256()
  let level = leaves
  while (level.length > 1) {
    const above = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      if (left) above.push(right ? sha256(Buffer.of(1), left, right) : left)
    }
    level = above
  }
  return level[0] ?? sha256()
}

/**
 * A signed note (C2SP) with a checkpoint in it; `keys` are raw public keys that count.
 * @param {string} text @param {Buffer[]} keys
 * @returns {{origin: string, size: number, root: Buffer} | null} null: not signed by any of them, or no checkpoint
 */
export const readCheckpoint = (text, keys) => {
  const read = readNote(text)
  const isOurs = read?.lines.some((line) =>
    keys.some((key) => isLineOf(line, { key, note: read.text })),
  )
  return read && isOurs ? headOf(read.text) : null
}

/**
 * A note's text, which ends in a newline, and its lines; null where it is none. Lines of keys that nobody knows are
 * left alone, as C2SP asks.
 * @param {string} note @returns {{text: string, lines: string[]} | null}
 */
export const readNote = (note) => {
  const end = note.lastIndexOf('\n\n')
  const lines = note.slice(end + 2).split('\n')
  const isWhole = end >= 0 && lines.pop() === '' && lines.every((line) => line.startsWith('— '))
  return isWhole && lines.length > 0 ? { text: note.slice(0, end + 1), lines } : null
}

/** What a checkpoint's text says, or null. @param {string} note */
export const headOf = (note) => {
  const [origin = '', size = '', root = '', rest] = note.split('\n')
  const bytes = fromBase64(root)
  const isHead = rest === '' && /^(0|[1-9]\d{0,14})$/.test(size) && bytes?.length === HASH_BYTES
  return isHead ? { origin, size: Number(size), root: bytes } : null
}

/** Whether a line is this key's, by whatever name, and signs the text. @param {string} line @param {{key: Buffer, note: string}} with_ */
export const isLineOf = (line, { key, note }) => {
  const [, name = '', signed = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
  const bytes = fromBase64(signed)
  if (!bytes || bytes.length !== 68) return false
  const id = sha256(`${name}\n`, Buffer.of(1), key).subarray(0, 4)
  return (
    id.equals(bytes.subarray(0, 4)) &&
    isSigned(Buffer.from(note), { key, signature: bytes.subarray(4) })
  )
}
