/* global TextDecoder */
// The lines of a log, one after another, and the first of them that is wrong.
import { closeSync, openSync, readSync } from 'node:fs'
import { parse, sha256 } from '../recording/proofs.mjs'

const READ_BYTES = 4 * 1024 * 1024
const LINE_END = 10
const LEAF_MARK = Buffer.of(0)
const IS_HASH = /^[0-9a-f]{64}$/
/** What the first entry of every log follows. */
const NOTHING_BEFORE = '0'.repeat(64)

/** @typedef {{place: number, leaf: Buffer, said: any, line: Buffer}} Line  `place` counts from 1 */

/** Every line of a file, without its newline; what follows the last one, too. @param {string} file @returns {Generator<Buffer>} */
export const linesOf = function* (file) {
  const descriptor = openSync(file, 'r')
  const chunk = Buffer.allocUnsafe(READ_BYTES)
  let rest = Buffer.alloc(0)
  try {
    for (;;) {
      const read = readSync(descriptor, chunk, 0, READ_BYTES, null)
      if (read === 0) break
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)])
      let at = 0
      for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, at)) {
        yield bytes.subarray(at, end)
        at = end + 1
      }
      rest = bytes.subarray(at)
    }
  } finally {
    closeSync(descriptor)
  }
  if (rest.length > 0) yield rest
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @param {Buffer} line */
const entryIn = (line) => {
  try {
    return parse(UTF8.decode(line))
  } catch {
    return null
  }
}

/** @param {Buffer} line @param {number} place @returns {Line} */
export const lineAt = (line, place) => ({
  place,
  line,
  leaf: sha256(LEAF_MARK, line),
  said: entryIn(line),
})

/**
 * What is wrong with a line behind the one before, or null.
 * @param {Line} line @param {Line | null} before @param {string} log
 */
export const lineFault = ({ place, said }, before, log) => {
  if (!IS_HASH.test(String(said?.prev))) return 'ENTRY_UNREADABLE'
  if (said.seq !== place) return 'ENTRY_MISSING'
  if (said.log !== log) return 'ENTRY_OF_ANOTHER'
  return said.prev === (before?.leaf.toString('hex') ?? NOTHING_BEFORE) ? null : 'ENTRY_CHANGED'
}

/**
 * Which of the lines around a fault is the bad one. A line names the hash of the one before it: where they do not fit,
 * the line behind both, or the signed root, tells which of the two was changed.
 * @param {{code: string, line: Line, before: Line | null, earlier: Line | null, next: Line | null, isSignedWith: (leaf: Buffer, own: Buffer) => boolean}} at
 * @returns {number} its place
 */
export const blamedFor = ({ code, line, before, earlier, next, isSignedWith }) => {
  if (!before) return line.place
  if (code === 'ENTRY_MISSING')
    return isPutInBefore(line, { before, earlier, next }) ? before.place : line.place
  if (code !== 'ENTRY_CHANGED') return line.place
  const mended = withPrev(line, before.leaf)
  const isFollowed = (/** @type {Buffer} */ leaf) => next?.said?.prev === leaf.toString('hex')
  if (isFollowed(mended) || isSignedWith(before.leaf, mended)) return line.place
  return before.place
}

/** The number before stands here once more, and this is the one that the others hang on. @param {Line} line @param {{before: Line, earlier: Line | null, next: Line | null}} around */
const isPutInBefore = ({ said, leaf }, { before, earlier, next }) =>
  said.seq === before.place &&
  !leaf.equals(before.leaf) &&
  said.prev === (earlier?.leaf.toString('hex') ?? NOTHING_BEFORE) &&
  next?.said?.prev === leaf.toString('hex')

/** The line's hash, had it named this one before. @param {Line} line @param {Buffer} leaf */
const withPrev = ({ line, said }, leaf) => {
  const text = UTF8.decode(line).replace(
    `"prev":"${said.prev}"`,
    `"prev":"${leaf.toString('hex')}"`,
  )
  return sha256(LEAF_MARK, Buffer.from(text))
}
