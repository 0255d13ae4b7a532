// Files against what was promised of them.
import { closeSync, fstatSync, lstatSync, openSync, readSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { BLOCK_BYTES, sha256, treeRoot } from './proofs.mjs'

/**
 * @typedef {{code: string, file: string, fromByte?: number, toByte?: number, detail?: string}} Fault
 *   bytes from the first to the last bad one, both included
 */

/** Every file below a folder, by its path with forward slashes, in order. @param {string} folder @returns {string[]} */
export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(path.join(folder, name)).isDirectory())
    .map((name) => name.split(path.sep).join('/'))
    .sort()

/**
 * Runs `work` on an open file. @template T
 * @param {string} name @param {(file: {bytes: number, read: (at: number, length: number) => Buffer}) => T} work
 */
export const withFile = (name, work) => {
  const descriptor = openSync(name, 'r')
  try {
    const bytes = fstatSync(descriptor).size
    return work({
      bytes,
      read: (at, length) => {
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, bytes - at)))
        const got = readSync(descriptor, buffer, 0, buffer.length, at)
        return buffer.subarray(0, got)
      },
    })
  } finally {
    closeSync(descriptor)
  }
}

/** The hash of a whole file, hex, and its length. @param {string} name */
export const hashOf = (name) =>
  withFile(name, ({ bytes, read }) => {
    const parts = function* () {
      for (let at = 0; at < bytes; at += BLOCK_BYTES) yield read(at, BLOCK_BYTES)
    }
    return { bytes, sha256: sha256(...parts()).toString('hex') }
  })

/**
 * A file against the hashes of its blocks; the first bad stretch, or null.
 * @param {string} name @param {{bytes: number, blocks: string[]}} promised
 * @returns {{fromByte: number, toByte: number} | null}
 */
export const badBlock = (name, promised) =>
  withFile(name, ({ bytes, read }) => {
    for (const [index, hash] of promised.blocks.entries()) {
      const at = index * BLOCK_BYTES
      const length = Math.min(BLOCK_BYTES, promised.bytes - at)
      const block = read(at, length)
      if (block.length !== length || sha256(block).toString('hex') !== hash)
        return { fromByte: at, toByte: at + length - 1 }
    }
    return tooLong(bytes, promised.bytes)
  })

/** @param {number} bytes @param {number} promised */
const tooLong = (bytes, promised) =>
  bytes > promised ? { fromByte: promised, toByte: bytes - 1 } : null

const CHAIN_BYTES = 32

/**
 * A journal against its manifest, without a key: the header line, each frame hung on the chain's value before it,
 * the stretches that were damaged already when the manifest was made, the length, and the tree over the frames.
 * The first bad stretch, or null.
 * @param {string} name
 * @param {{bytes: number, headerSha256: string, root: string, segments: {at: number, bytes: number, chain: string}[], damaged?: {at: number, bytes: number, sha256: string}[]}} journal
 * @returns {{fromByte: number, toByte: number} | null}
 */
export const badFrame = (name, { bytes: promised, headerSha256, root, segments, damaged = [] }) =>
  withFile(name, ({ bytes, read }) => {
    const stretches = [...segments, ...damaged].sort((one, other) => one.at - other.at)
    let end = stretches[0]?.at ?? promised
    const header = sha256(read(0, end))
    if (header.toString('hex') !== headerSha256) return { fromByte: 0, toByte: end - 1 }
    let before = header
    const leaves = []
    for (const stretch of stretches) {
      const found = read(stretch.at, stretch.bytes)
      const isThere = stretch.at === end && found.length === stretch.bytes
      if (!isThere || !isAsPromised(found, { stretch, before }))
        return { fromByte: stretch.at, toByte: stretch.at + stretch.bytes - 1 }
      if ('chain' in stretch) leaves.push(sha256(Buffer.of(0), found))
      before = Buffer.concat([before, found]).subarray(-CHAIN_BYTES)
      end += stretch.bytes
    }
    if (treeRoot(leaves).toString('hex') !== root) return { fromByte: 0, toByte: bytes - 1 }
    return tooLong(bytes, promised)
  })

/**
 * A frame, by its place in the chain; a damaged stretch, by the hash of what lay there.
 * @param {Buffer} found @param {{stretch: {chain: string} | {sha256: string}, before: Buffer}} promised
 */
const isAsPromised = (found, { stretch, before }) => {
  if (!('chain' in stretch)) return sha256(found).toString('hex') === stretch.sha256
  const next = sha256(before, found.subarray(0, -CHAIN_BYTES))
  return next.toString('hex') === stretch.chain && found.subarray(-CHAIN_BYTES).equals(next)
}
