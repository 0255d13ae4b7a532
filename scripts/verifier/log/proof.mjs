// That one entry stands in a log: a C2SP tlog-proof with the entry in it.
import { fromBase64, headOf, parse, readNote, rootOf, sha256 } from '../recording/proofs.mjs'
import { isNoteOf } from './notes.mjs'

/**
 * @typedef {{isGood: boolean, code: string | null, entry: any, size: number, origin: string}} ProofVerdict
 */

/**
 * Checks a proof against verifier keys of the log.
 * @param {string} text the file's @param {import('./notes.mjs').VerifierKey[]} keys @returns {ProofVerdict}
 */
export const verifyProof = (text, keys) => {
  const proof = readProof(text)
  if (!proof) return { isGood: false, code: 'PROOF_UNREADABLE', entry: null, size: 0, origin: '' }
  const { head, note, bytes } = proof
  const entry = parse(bytes.toString('utf8'))
  const isSigned = keys.some((key) => isNoteOf(note, key))
  const isProved = isInTree(proof) && isPlaced(entry, proof)
  const code = isSigned ? (isProved ? null : 'NOT_IN_LOG') : 'OTHER_KEY'
  return { isGood: code === null, code, entry, size: head.size, origin: head.origin }
}

/** @param {string} text */
const readProof = (text) => {
  const gap = Math.max(0, text.indexOf('\n\n'))
  const [header, extra = '', index = '', ...hashes] = text.slice(0, gap).split('\n')
  const note = text.slice(gap + 2)
  const head = headOf(readNote(note)?.text ?? '')
  const bytes = fromBase64(extra.replace(/^extra /, ''))
  const place = placeOf(index)
  const isWhole = header === 'c2sp.org/tlog-proof@v1' && !Number.isNaN(place)
  return isWhole && head && bytes ? { head, note, bytes, place, hashes } : null
}

/** NaN: none. @param {string} line */
const placeOf = (line) => Number(/^index (0|[1-9]\d{0,14})$/.exec(line)?.[1] ?? Number.NaN)

/** @typedef {NonNullable<ReturnType<typeof readProof>>} Proof */

/** @param {Proof} proof */
const isInTree = ({ head, bytes, place: index, hashes }) => {
  const beside = hashes.map((hash) => fromBase64(hash)?.toString('hex') ?? '')
  const leaf = sha256(Buffer.of(0), bytes)
  return rootOf(leaf, { index, size: head.size, path: beside })?.equals(head.root) ?? false
}

/** @param {any} entry @param {Proof} proof */
const isPlaced = (entry, { head, place }) =>
  entry?.seq === place + 1 && head.origin.endsWith(`/audit/${entry.log}`)
