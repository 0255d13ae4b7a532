#!/usr/bin/env node
// Checks recordings of visits, exports of them, and the audit log. Needs Node 20 or newer, and no network.
// Made from scripts/verifier/recording and scripts/verifier/log by scripts/verifier/build.mjs; read it: there is nothing else in it.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { closeSync, existsSync, fstatSync, lstatSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

// The rules of recordings' proofs, stated without the service's own code. Nothing but Node's own modules.

/** A file's blocks are hashed one by one. */
const BLOCK_BYTES = 1024 * 1024
const HASH_BYTES = 32

/** @param {...(string | Uint8Array)} parts @returns {Buffer} */
const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Any JSON value in its one canonical form (RFC 8785 without fractions). @param {any} value @returns {string} */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  // Without a comparator, sort() orders by UTF-16 code units, as the RFC asks.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
  return `{${members.join(',')}}`
}

/** @param {string} text @returns {any} */
const parse = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Base64 in its one form, or null. @param {unknown} text @returns {Buffer | null} */
const fromBase64 = (text) => {
  const bytes = Buffer.from(String(text), 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

/** Ed25519. @param {Buffer} message @param {{key: Buffer | null, signature: Buffer | null}} with_ */
const isSigned = (message, { key, signature }) => {
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
const readSigned = (text, name) => {
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
const rootOf = (leaf, { index, size, path }) => {
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
const treeRoot = (leaves) => {
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
const readCheckpoint = (text, keys) => {
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
const readNote = (note) => {
  const end = note.lastIndexOf('\n\n')
  const lines = note.slice(end + 2).split('\n')
  const isWhole = end >= 0 && lines.pop() === '' && lines.every((line) => line.startsWith('— '))
  return isWhole && lines.length > 0 ? { text: note.slice(0, end + 1), lines } : null
}

/** What a checkpoint's text says, or null. @param {string} note */
const headOf = (note) => {
  const [origin = '', size = '', root = '', rest] = note.split('\n')
  const bytes = fromBase64(root)
  const isHead = rest === '' && /^(0|[1-9]\d{0,14})$/.test(size) && bytes?.length === HASH_BYTES
  return isHead ? { origin, size: Number(size), root: bytes } : null
}

/** Whether a line is this key's, by whatever name, and signs the text. @param {string} line @param {{key: Buffer, note: string}} with_ */
const isLineOf = (line, { key, note }) => {
  const [, name = '', signed = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
  const bytes = fromBase64(signed)
  if (!bytes || bytes.length !== 68) return false
  const id = sha256(`${name}\n`, Buffer.of(1), key).subarray(0, 4)
  return (
    id.equals(bytes.subarray(0, 4)) &&
    isSigned(Buffer.from(note), { key, signature: bytes.subarray(4) })
  )
}

// Files against what was promised of them.

/**
 * @typedef {{code: string, file: string, fromByte?: number, toByte?: number, detail?: string}} Fault
 *   bytes from the first to the last bad one, both included
 */

/** Every file below a folder, by its path with forward slashes, in order. @param {string} folder @returns {string[]} */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(path.join(folder, name)).isDirectory())
    .map((name) => name.split(path.sep).join('/'))
    .sort()

/**
 * Runs `work` on an open file. @template T
 * @param {string} name @param {(file: {bytes: number, read: (at: number, length: number) => Buffer}) => T} work
 */
const withFile = (name, work) => {
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
const hashOf = (name) =>
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
const badBlock = (name, promised) =>
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
const badFrame = (name, { bytes: promised, headerSha256, root, segments, damaged = [] }) =>
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

/* global TextDecoder */
// What a folder with a recording, or an export, comes to.

/**
 * @typedef {import('./files.mjs').Fault} Fault
 * @typedef {{
 *   isGood: boolean, faults: Fault[], notes: Fault[], isEmpty: boolean, isKeyCompared: boolean,
 *   fingerprints: string[], checked: {files: number, entries: number}, manifests: any[], hasLog: boolean,
 * }} Verdict
 * @typedef {{folder: string, files: Set<string>, seen: Set<string>, faults: Fault[], notes: Fault[], keys: Map<string, Buffer>, contents: any}} Look
 */

const CONTENTS = 'contents.json'
const ENTRIES = 'audit/entries.json'
const CHECKPOINT = 'audit/checkpoint.txt'
/** What lies in an export and not beside a recording that is kept. */
const OF_EXPORT = /^(audit|recordings)\//
const MANIFEST = /(^|\/)manifest(-(\d+))?\.json$/

/** @param {Look} look @param {string} file */
const textOf = (look, file) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(path.join(look.folder, file)))

/**
 * Checks all that lies in a folder. `given`: keys to compare with, each a fingerprint or a raw key.
 * @param {string} folder @param {({fingerprint: string} | {key: Uint8Array})[]} given @returns {Verdict}
 */
const verifyFolder = (folder, given = []) => {
  /** @type {Look} */
  const look = {
    ...{ folder, files: new Set(filesIn(folder)), seen: new Set(), faults: [], notes: [] },
    ...{ keys: new Map(), contents: null },
  }
  readContents(look)
  const manifests = newestOf(readManifests(look))
  for (const manifest of manifests) checkFiles(look, manifest)
  const entries = checkLog(look, manifests)
  checkContents(look)
  const fingerprints = [...look.keys.values()].map((key) => sha256(key).toString('hex'))
  const isKeyCompared = compareKeys(look, { given, fingerprints })
  noteOthers(look)
  return {
    ...{
      isGood: look.faults.length === 0,
      faults: look.faults,
      notes: look.notes,
      manifests: manifests.map(({ manifest }) => manifest),
      fingerprints,
    },
    ...{ isEmpty: manifests.length === 0 && look.contents === null && look.faults.length === 0 },
    ...{
      isKeyCompared,
      checked: { files: look.seen.size, entries },
      hasLog: look.files.has(ENTRIES),
    },
  }
}

/** @param {Look} look @param {string} file @param {string} name */
const takeSigned = (look, file, name) => {
  look.seen.add(file)
  const { fault, value, key } = readSigned(textOf(look, file), name)
  if (fault) look.faults.push({ code: fault, file })
  if (fault !== null && fault !== 'REFORMATTED') return null
  if (key) look.keys.set(key.toString('base64'), key)
  return value
}

/** @param {Look} look */
const readContents = (look) => {
  if (!look.files.has(CONTENTS)) {
    // Without its contents nobody could say what else is gone from an export.
    if ([...look.files].some((file) => OF_EXPORT.test(file)))
      look.faults.push({ code: 'MISSING', file: CONTENTS })
    return
  }
  const contents = takeSigned(look, CONTENTS, 'contents')
  const isGood = contents?.type === 'visavis.export' && Array.isArray(contents.files)
  if (isGood) look.contents = contents
  else if (contents) look.faults.push({ code: 'NOT_READABLE', file: CONTENTS })
}

/** @param {Look} look @returns {{file: string, folder: string, manifest: any}[]} */
const readManifests = (look) =>
  [...look.files]
    .filter((file) => MANIFEST.test(file))
    .flatMap((file) => {
      const manifest = takeSigned(look, file, 'manifest')
      const number = Number(MANIFEST.exec(file)?.[3] ?? 1)
      if (!manifest) return []
      const isGood =
        manifest.type === 'visavis.recording' && manifest.v === 1 && manifest.number === number
      const isOfThis = !look.contents || look.contents.visitId === manifest.visitId
      if (!isGood || !isOfThis) {
        look.faults.push({ code: isGood ? 'OF_ANOTHER' : 'NOT_READABLE', file })
        return []
      }
      return [{ file, folder: path.posix.dirname(file), manifest }]
    })

/** Of each recording the manifest with the highest number. @param {{file: string, folder: string, manifest: any}[]} all */
const newestOf = (all) => {
  const newest = new Map()
  for (const one of all) {
    const known = newest.get(one.folder)
    if (!known || known.manifest.number < one.manifest.number) newest.set(one.folder, one)
  }
  return [...newest.values()]
}

/** @param {Look} look @param {{folder: string, manifest: any}} of */
const checkFiles = (look, { folder, manifest }) => {
  const at = (/** @type {string} */ file) => path.posix.join(folder, file)
  const derivedAt = (/** @type {string} */ file) =>
    path.posix.join(folder, '..', 'derived', path.posix.basename(file))
  const { journal, tracks, derived } = manifest
  checkOne(look, at(journal.file), (name) => badFrame(name, journal))
  for (const { at: fromByte, bytes } of journal.damaged ?? [])
    look.notes.push({
      ...{ code: 'DAMAGED', file: at(journal.file), fromByte, toByte: fromByte + bytes - 1 },
    })
  for (const { master, thumbnails } of tracks) {
    checkProof(look, at(master.file), master)
    if (thumbnails) checkProof(look, at(thumbnails.file), thumbnails)
  }
  for (const { file } of derived) checkProof(look, derivedAt(file.file), file)
}

/** A sealed file, its plain form beside or instead of it. @param {Look} look @param {string} file @param {any} proof */
const checkProof = (look, file, proof) => {
  const plain = file.replace(/\.sealed$/, '')
  const isPlainHere = plain !== file && look.files.has(plain)
  if (isPlainHere) {
    const promised = { bytes: proof.plainBytes, blocks: proof.plainBlocks }
    checkOne(look, plain, (name) => badBlock(name, promised))
  }
  if (!isPlainHere || look.files.has(file)) checkOne(look, file, (name) => badBlock(name, proof))
}

/** @param {Look} look @param {string} file @param {(name: string) => {fromByte: number, toByte: number} | null} find */
const checkOne = (look, file, find) => {
  if (!look.files.has(file)) {
    // What an export leaves out, its contents do not list; copies lie beside a recording's own folder.
    if (file.startsWith('../')) look.notes.push({ code: 'NOT_HERE', file })
    else if (!look.contents) look.faults.push({ code: 'MISSING', file })
    return
  }
  look.seen.add(file)
  const bad = find(path.join(look.folder, file))
  if (bad) look.faults.push({ code: 'CHANGED', file, ...bad })
}

/** The audit entries against the checkpoint, and the manifests against the entries. @param {Look} look @param {{file: string, manifest: any}[]} manifests */
const checkLog = (look, manifests) => {
  if (!look.files.has(ENTRIES)) return 0
  look.seen.add(ENTRIES).add(CHECKPOINT)
  const note = look.files.has(CHECKPOINT) ? textOf(look, CHECKPOINT) : ''
  const checkpoint = readCheckpoint(note, [...look.keys.values()])
  if (!checkpoint) {
    look.faults.push({ code: 'CHECKPOINT_WRONG', file: CHECKPOINT })
    return 0
  }
  const text = textOf(look, ENTRIES)
  const log = parse(text)
  if (!Array.isArray(log?.entries) || !checkpoint.origin.endsWith(`/audit/${log.log}`)) {
    look.faults.push({ code: 'NOT_READABLE', file: ENTRIES })
    return 0
  }
  const entries = log.entries.flatMap(
    (/** @type {any} */ entry) => readEntry(look, entry, { log, checkpoint }) ?? [],
  )
  for (const { file, manifest } of manifests) checkLogged(look, { file, manifest, entries })
  return log.entries.length
}

/** @param {Look} look @param {any} entry @param {{log: any, checkpoint: any}} with_ */
const readEntry = (look, entry, { log, checkpoint }) => {
  const { text = '', seq = 0, path: beside = null } = entry ?? {}
  const leaf = sha256(Buffer.of(0), Buffer.from(String(text)))
  const root = rootOf(leaf, { index: Number(seq) - 1, size: checkpoint.size, path: beside })
  const said = parse(String(text))
  const isInLog = root !== null && root.equals(checkpoint.root)
  if (isInLog && isSaid(said, { seq, log: log.log })) return said
  look.faults.push({ code: 'ENTRY_WRONG', file: ENTRIES, detail: String(seq) })
  return null
}

/** @param {any} said @param {{seq: unknown, log: unknown}} place */
const isSaid = (said, { seq, log }) => said?.seq === seq && said?.log === log

/** @param {Look} look @param {{file: string, manifest: any, entries: any[]}} of */
const checkLogged = (look, { file, manifest, entries }) => {
  const { sha256: hash } = hashOf(path.join(look.folder, file))
  const own = entries.filter(({ object }) => object?.objectId === manifest.recordingId)
  const isIn = (/** @type {string} */ action, /** @type {(detail: any) => boolean} */ fits) =>
    own.some((entry) => entry.action === action && fits(entry.detail ?? {}))
  const isSealed = isIn('recording.sealed', ({ root }) => root === manifest.journal.root)
  if (!isSealed || !isIn('recording.manifest', (detail) => detail.sha256 === hash))
    look.faults.push({ code: 'NOT_IN_LOG', file })
}

/** Every listed file that no manifest has spoken for. @param {Look} look */
const checkContents = (look) => {
  for (const { file, bytes, sha256: hash } of look.contents?.files ?? []) {
    if (!look.files.has(file)) {
      look.faults.push({ code: 'MISSING', file })
      continue
    }
    look.seen.add(file)
    if (look.faults.some((fault) => fault.file === file)) continue
    const found = hashOf(path.join(look.folder, file))
    if (found.sha256 !== hash) {
      const toByte = Math.max(found.bytes, Number(bytes)) - 1
      look.faults.push({ code: 'CHANGED', file, fromByte: 0, toByte })
    }
  }
}

/** @param {Look} look @param {{given: any[], fingerprints: string[]}} with_ @returns {boolean} */
const compareKeys = (look, { given, fingerprints }) => {
  if (given.length === 0 || fingerprints.length === 0) return false
  const known = new Set(given.map((one) => one.fingerprint ?? sha256(one.key).toString('hex')))
  const isKnown = fingerprints.every((fingerprint) => known.has(fingerprint))
  if (!isKnown) look.faults.push({ code: 'OTHER_KEY', file: '' })
  return isKnown
}

/** @param {Look} look */
const noteOthers = (look) => {
  for (const file of look.files)
    if (!look.seen.has(file)) look.notes.push({ code: 'NOT_PART', file })
}

// What the verifier of recordings says.

/** @type {Record<'en' | 'ru', Record<string, any>>} */
const RECORDING_WORDS = {
  en: {
    usage: 'node visavis-verify.mjs FOLDER [FINGERPRINT or PUBLIC KEY …] [--ru]',
    noFolder: 'There is no such folder, or it cannot be read.',
    empty:
      'There is nothing to check here: no manifest of a recording and no contents of an export.',
    badKey: 'This is neither a fingerprint (64 hex digits) nor a public key:',
    good: 'OK: genuine and unchanged',
    unsure: 'OK: unchanged, but compare the key',
    unsureText:
      'All of it fits the key inside it. Whoever made a false one could have used a key of their own: compare this fingerprint with the one that the operator has published.',
    bad: 'NOT as it was sealed',
    bytes: 'bytes {from}–{to}',
    entry: 'entry {n}',
    fingerprint: 'Fingerprint of the key',
    checked: 'Checked: {files} files, {entries} audit entries',
    recording: 'Recording {id}, manifest {number} of {at}',
    gaps: 'Missing stretches that the manifest declares: {n}',
    everything: 'everything',
    kinds: { audio: 'sound', video: 'picture' },
    causes: {
      RECORDER_LOST: 'the recorder failed',
      MEDIA_LOST: 'the media server failed',
      SERVER_LOST: 'the server failed',
      DISK_FULL: 'the disk was full',
      DAMAGED: 'damaged on disk',
      NO_RECORDER: 'no recorder was there',
      GONE_ON: 'an officer let the visit go on unrecorded',
      MUTED: 'muted by an officer',
      SWITCHED_OFF: 'switched off by the person',
      LINE_LOST: 'the line was lost',
      DEVICE_LOST: 'the camera or microphone failed',
      NOT_KNOWN: 'cause unknown',
    },
    proves: 'This proves',
    provesNot: 'This does not prove',
    statements: {
      FILES:
        'that every checked file is, byte for byte, what was sealed when the recording was made;',
      ORDER:
        'that nothing was cut from a journal that lies here, and nothing put into it or moved: its pieces hang on each other;',
      SIGNED: 'that the holder of the key signed the manifests, with the gaps that they declare;',
      LOGGED:
        'that the audit entries stand in the facility’s log as its checkpoint has it, and that the log names these manifests.',
      NOT_BEFORE: 'what happened before the microphone and the camera, or outside of the picture;',
      NOT_WHO: 'who the people are, or that the recorder’s clock was right;',
      NOT_SEALED:
        'what is inside files that end in .sealed, and inside a journal: they are closed; it proves that they are the same;',
      NOT_ALL:
        'that there are no other recordings; the log’s keeper can be asked for all entries of the visit;',
      NOT_LOGGED: 'when it was signed: no audit entries lie here. An export has them.',
    },
    faults: {
      NOT_READABLE: 'cannot be read: it is not what its name says.',
      SIGNATURE_WRONG: 'The signature does not fit: it was changed.',
      REFORMATTED: 'is not byte for byte as it was signed: changed, or saved anew by a program.',
      OF_ANOTHER: 'belongs to another visit.',
      MISSING: 'is missing.',
      CHANGED: 'was changed, first at',
      CHECKPOINT_WRONG: 'is missing, or not signed with the same key.',
      ENTRY_WRONG: 'does not stand in the log as it is here:',
      NOT_IN_LOG: 'is not named by the audit entries that lie here.',
      OTHER_KEY: 'Signed with another key than the one you gave.',
      NOT_PART: 'is no part of what was sealed; nothing is said of it.',
      NOT_HERE: 'lies outside of this folder; nothing is said of it.',
      DAMAGED: 'was damaged on disk before it was sealed, as the manifest declares:',
    },
  },
  ru: {
    usage: 'node visavis-verify.mjs ПАПКА [ОТПЕЧАТОК или ОТКРЫТЫЙ КЛЮЧ …] --ru',
    noFolder: 'Такой папки нет, или её нельзя прочесть.',
    empty: 'Проверять здесь нечего: нет ни описи записи, ни состава выгрузки.',
    badKey: 'Это не похоже ни на отпечаток (64 шестнадцатеричные цифры), ни на открытый ключ:',
    good: 'В порядке: подлинное, не изменено',
    unsure: 'В порядке: не изменено, но сравните ключ',
    unsureText:
      'Всё подходит к ключу, который лежит здесь же. Тот, кто изготовил подделку, мог взять собственный ключ: сравните этот отпечаток с тем, который опубликовал оператор.',
    bad: 'НЕ то, что было опечатано',
    bytes: 'байты {from}–{to}',
    entry: 'запись журнала № {n}',
    fingerprint: 'Отпечаток ключа',
    checked: 'Проверено: файлов — {files}, записей журнала событий — {entries}',
    recording: 'Запись {id}, опись № {number} от {at}',
    gaps: 'Пропусков, о которых говорит опись: {n}',
    everything: 'всё',
    kinds: { audio: 'звук', video: 'изображение' },
    causes: {
      RECORDER_LOST: 'сбой записи',
      MEDIA_LOST: 'сбой медиасервера',
      SERVER_LOST: 'сбой сервера',
      DISK_FULL: 'диск был полон',
      DAMAGED: 'повреждение на диске',
      NO_RECORDER: 'записывать было нечем',
      GONE_ON: 'сотрудник разрешил продолжать без записи',
      MUTED: 'звук отключён сотрудником',
      SWITCHED_OFF: 'отключено самим участником',
      LINE_LOST: 'пропала связь',
      DEVICE_LOST: 'отказали камера или микрофон',
      NOT_KNOWN: 'причина неизвестна',
    },
    proves: 'Это доказывает',
    provesNot: 'Это не доказывает',
    statements: {
      FILES: 'что каждый проверенный файл до последнего байта тот же, что был опечатан при записи;',
      ORDER:
        'что из журнала записи, если он здесь лежит, ничего не вырезано, в него ничего не вставлено и не переставлено: его части связаны друг с другом;',
      SIGNED: 'что описи вместе с указанными в них пропусками подписал владелец ключа;',
      LOGGED:
        'что записи о событиях стоят в журнале учреждения так, как в его контрольной точке, и что журнал называет эти описи.',
      NOT_BEFORE: 'что происходило вне кадра и вдали от микрофона;',
      NOT_WHO: 'кто эти люди и что часы записывающего устройства шли верно;',
      NOT_SEALED:
        'что находится внутри файлов .sealed и журнала записи: они закрыты; доказано лишь, что они те же самые;',
      NOT_ALL:
        'что нет других записей; все записи журнала о свидании можно запросить у его хранителя;',
      NOT_LOGGED: 'когда это подписано: журнала событий здесь нет. Он есть в выгрузке.',
    },
    faults: {
      NOT_READABLE: 'не читается: это не то, что сказано в названии.',
      SIGNATURE_WRONG: 'Подпись не подходит: файл изменён.',
      REFORMATTED: 'отличается от подписанного: его изменили или пересохранили другой программой.',
      OF_ANOTHER: 'относится к другому свиданию.',
      MISSING: 'отсутствует.',
      CHANGED: 'изменён, первое место:',
      CHECKPOINT_WRONG: 'отсутствует или подписан другим ключом.',
      ENTRY_WRONG: 'в журнале стоит не так, как здесь:',
      NOT_IN_LOG: 'не упоминается в лежащих здесь записях журнала.',
      OTHER_KEY: 'Подписано другим ключом, не тем, который вы указали.',
      NOT_PART: 'не входит в опечатанное; о нём ничего не сказано.',
      NOT_HERE: 'лежит вне этой папки; о нём ничего не сказано.',
      DAMAGED: 'было повреждено на диске ещё до опечатывания, о чём сказано в описи:',
    },
  },
}

// Keys, cosignatures and trees of the audit log, stated without the service's own code.

const LOG_KIND = 1
const WITNESS_KIND = 4
const KINDS = new Set([LOG_KIND, WITNESS_KIND])

/** @typedef {{name: string, kind: number, key: Buffer, text: string}} VerifierKey */

/**
 * A verifier key (C2SP vkey): name, id and key, which is 1 (a log's) or 4 (a witness's) and 32 bytes.
 * @param {string} text @returns {VerifierKey | null}
 */
const readVerifierKey = (text) => {
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
const isNoteOf = (note, { kind, key, name }) => {
  const read = readNote(note)
  const isOwn = (/** @type {string} */ line) =>
    line.startsWith(`— ${name} `) && isLineOf(line, { key, note: read?.text ?? '' })
  return kind === LOG_KIND && (read?.lines.some(isOwn) ?? false)
}

/**
 * What a witness's line under a note comes to: when it was signed (seconds since 1970), 'WRONG', or null without one.
 * @param {string} note @param {VerifierKey} by @returns {number | 'WRONG' | null}
 */
const cosignedAt = (note, { kind, key, name }) => {
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
const cosignedText = (text, seconds) => `cosignature/v1\ntime ${seconds}\n${text}`

/** Whether `note` is the old key's word for the next one. @param {string} note @param {VerifierKey} old @param {VerifierKey} next */
const isHandOver = (note, old, next) =>
  readNote(note)?.text === `visavis audit key\n${old.text}\n${next.text}\n` &&
  isNoteOf(note, old) &&
  isNoteOf(note, next)

/** The growing tree of RFC 6962: the roots of its complete subtrees, the largest first. */
const newTree = () => {
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
const isGrown = (from, to, proof) => {
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

/* global TextDecoder */
// The lines of a log, one after another, and the first of them that is wrong.

const READ_BYTES = 4 * 1024 * 1024
const LINE_END = 10
const LEAF_MARK = Buffer.of(0)
const IS_HASH = /^[0-9a-f]{64}$/
/** What the first entry of every log follows. */
const NOTHING_BEFORE = '0'.repeat(64)

/** @typedef {{place: number, leaf: Buffer, said: any, line: Buffer}} Line  `place` counts from 1 */

/** Every line of a file, without its newline; what follows the last one, too. @param {string} file @returns {Generator<Buffer>} */
const linesOf = function* (file) {
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
const lineAt = (line, place) => ({
  place,
  line,
  leaf: sha256(LEAF_MARK, line),
  said: entryIn(line),
})

/**
 * What is wrong with a line behind the one before, or null.
 * @param {Line} line @param {Line | null} before @param {string} log
 */
const lineFault = ({ place, said }, before, log) => {
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
const blamedFor = ({ code, line, before, earlier, next, isSignedWith }) => {
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

// What a folder with a whole audit log comes to.

/**
 * @typedef {import('./notes.mjs').VerifierKey} VerifierKey
 * @typedef {{code: string, seq?: number, toSeq?: number, size?: number, detail?: string}} LogFault
 *   `seq`: the first bad entry; where only a stretch is known in which it is, up to `toSeq`
 * @typedef {{size: number, root: Buffer, note: string, isOurs: boolean}} Head
 * @typedef {{
 *   isGood: boolean, faults: LogFault[], size: number, checkpoints: number, keys: string[], isKeyCompared: boolean,
 *   log: string, origin: string, kept: number, witnesses: {name: string, size: number, at: number}[],
 * }} LogVerdict
 */

/**
 * Checks a log. `keys`: verifier keys, of the service and of witnesses, that somebody knows; `kept`: checkpoints that
 * somebody kept, notes as text. Throws nothing at damaged files.
 * @param {string} folder @param {{keys?: VerifierKey[], kept?: string[]}} given @returns {LogVerdict}
 */
const verifyLog = (folder, { keys: given = [], kept = [] } = {}) => {
  const about = parse(textIn(folder, 'log.json')) ?? {}
  /** @type {LogFault[]} */
  const faults = []
  const isAbout = about.type === 'visavis.auditLog' && typeof about.origin === 'string'
  if (!isAbout) faults.push({ code: 'NOT_A_LOG' })
  const { trusted, isKeyCompared } = trustedKeys(folder, { given, faults })
  const own = readHeads(folder, { trusted, origin: about.origin, faults })
  const outside = keptHeads(kept, { trusted, origin: about.origin, faults })
  const heads = [...own, ...outside].sort((one, other) => one.size - other.size)
  const read = readEntries(folder, { log: String(about.log), heads })
  const fault = read.fault ?? endFault(read.size, { own, heads, promised: about.size })
  if (fault) faults.unshift(fault)
  return {
    ...{ isGood: faults.length === 0, faults, size: read.size, checkpoints: own.length },
    ...{ keys: trusted.map(({ text }) => text), isKeyCompared, kept: outside.length },
    ...{
      log: String(about.log),
      origin: String(about.origin),
      witnesses: witnessesOf(own, { given, faults }),
    },
    ...(faults.length > 0 ? { isGood: false } : {}),
  }
}

/** @param {string} folder @param {string} name */
const textIn = (folder, name) => {
  const file = path.join(folder, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/**
 * The keys that count: those that were given and whatever hangs on them by hand-overs; all, where none was given.
 * @param {string} folder @param {{given: VerifierKey[], faults: LogFault[]}} with_
 */
const trustedKeys = (folder, { given, faults }) => {
  /** @type {any[]} */
  const listed = parse(textIn(folder, 'keys.json'))?.keys ?? []
  const chain = listed.map((one) => ({
    key: readVerifierKey(String(one?.verifierKey)),
    word: String(one?.handOver),
  }))
  const known = given.filter(({ kind }) => kind === 1).map(({ text }) => text)
  const isVouched = chain.map(({ key, word }, index) => {
    const before = chain[index - 1]?.key
    return key && before ? isHandOver(word, before, key) : index === 0
  })
  const unvouched = chain.find((_, index) => !isVouched[index])
  if (unvouched && !known.includes(textOfKey(unvouched)))
    faults.push({ code: 'KEY_UNVOUCHED', detail: textOfKey(unvouched) })
  const isKnown = reach(
    chain.map((one) => known.length === 0 || known.includes(textOfKey(one))),
    isVouched,
  )
  const trusted = chain.flatMap(({ key }, index) => (key && isKnown[index] ? [key] : []))
  if (trusted.length === 0) faults.push({ code: 'OTHER_KEY', detail: textOfKey(chain.at(-1)) })
  return { trusted, isKeyCompared: known.length > 0 && trusted.length > 0 }
}

/** @param {{key: VerifierKey | null} | undefined} one */
const textOfKey = (one) => one?.key?.text ?? ''

/** A key that is known makes known what it hangs on and what hangs on it. @param {boolean[]} known @param {boolean[]} links */
const reach = (known, links) => {
  const all = [...known]
  for (let at = 1; at < all.length; at += 1) all[at] ||= Boolean(all[at - 1] && links[at])
  for (let at = all.length - 1; at > 0; at -= 1) all[at - 1] ||= Boolean(all[at] && links[at])
  return all
}

/** @param {string} note @param {{trusted: VerifierKey[], origin: unknown}} with_ @returns {Head | null} */
const headIn = (note, { trusted, origin }) => {
  const head = headOf(readNote(note)?.text ?? '')
  const isOurs = trusted.some((key) => isNoteOf(note, key))
  return head && head.origin === origin ? { size: head.size, root: head.root, note, isOurs } : null
}

/** @param {string} folder @param {{trusted: VerifierKey[], origin: unknown, faults: LogFault[]}} with_ */
const readHeads = (folder, { trusted, origin, faults }) => {
  const lines = textIn(folder, 'checkpoints.jsonl')
    .split('\n')
    .filter((line) => line !== '')
  /** @type {Head[]} */
  const heads = []
  for (const line of lines) {
    const head = headIn(String(parse(line)?.note), { trusted, origin })
    if (!head?.isOurs) {
      faults.push({ code: 'CHECKPOINT_WRONG', ...(head ? { size: head.size } : {}) })
      // One wrong signature tells enough; a million would tell no more.
      return heads
    }
    heads.push(head)
  }
  return heads
}

/** @param {string[]} kept @param {{trusted: VerifierKey[], origin: unknown, faults: LogFault[]}} with_ */
const keptHeads = (kept, { trusted, origin, faults }) =>
  kept.flatMap((note) => {
    const head = headIn(note, { trusted, origin })
    if (head?.isOurs) return [head]
    faults.push({ code: 'KEPT_OF_ANOTHER', ...(head ? { size: head.size } : {}) })
    return []
  })

/**
 * Walks the entries and compares the tree with every head on the way.
 * @param {string} folder @param {{log: string, heads: Head[]}} with_ @returns {{size: number, fault: LogFault | null}}
 */
const readEntries = (folder, { log, heads }) => {
  const file = path.join(folder, 'entries.jsonl')
  if (!existsSync(file)) return { size: 0, fault: { code: 'NOT_A_LOG' } }
  const tree = newTree()
  const lines = linesOf(file)
  /** @type {[import('./entries.mjs').Line | null, import('./entries.mjs').Line | null]} */
  let [earlier, before] = [null, null]
  let [size, sound, at] = [0, 0, 0]
  for (const bytes of lines) {
    const line = lineAt(bytes, size + 1)
    const code = lineFault(line, before, log)
    if (code !== null) {
      const next = lines.next().value
      const around = { before, earlier, next: next ? lineAt(next, size + 2) : null }
      const seq = blamedFor({ code, line, ...around, isSignedWith: signedWith(tree, heads, size) })
      return { size, fault: { code, seq } }
    }
    if (heads[at]?.size === size + 1) {
      const all = headsOf(heads, at, size + 1)
      at += all.length
      const root = tree.rootWith(line.leaf)
      const bad = all.find((head) => !head.root.equals(root))
      if (bad) {
        const next = lines.next().value
        const isLast = isChanged(next ? lineAt(next, size + 2) : null, { tree, head: bad })
        const seq = isLast ? line.place : sound + 1
        return { size: size + 1, fault: { code: 'ROOT_WRONG', seq, toSeq: line.place } }
      }
      sound = size + 1
    }
    tree.add(line.leaf)
    size += 1
    ;[earlier, before] = [before, line]
  }
  return { size, fault: null }
}

/** The heads of one size. @param {Head[]} heads @param {number} at @param {number} size */
const headsOf = (heads, at, size) => {
  let end = at
  while (heads[end]?.size === size) end += 1
  return heads.slice(at, end)
}

/** Whether it is the line before this one alone that the head has otherwise. @param {import('./entries.mjs').Line | null} next @param {{tree: ReturnType<typeof newTree>, head: Head}} with_ */
const isChanged = (next, { tree, head }) => {
  const prev = Buffer.from(String(next?.said?.prev), 'hex')
  return prev.length === 32 && tree.rootWith(prev).equals(head.root)
}

/** Whether a head of the size with one more entry is right if that entry's leaf is `own`. @param {ReturnType<typeof newTree>} tree @param {Head[]} heads @param {number} size */
const signedWith =
  (tree, heads, size) => (/** @type {Buffer} */ _before, /** @type {Buffer} */ own) => {
    const head = heads.find((one) => one.size === size + 1)
    return head?.root.equals(tree.rootWith(own)) ?? false
  }

/** @param {number} size @param {{own: Head[], heads: Head[], promised: unknown}} with_ @returns {LogFault | null} */
const endFault = (size, { own, heads, promised }) => {
  const most = Math.max(0, Number(promised) || 0, ...[heads.at(-1)?.size ?? 0])
  if (size < most) return { code: 'CUT', seq: size + 1, toSeq: most }
  const signed = own.at(-1)?.size ?? 0
  return signed < size ? { code: 'NOT_SIGNED', seq: signed + 1, toSeq: size } : null
}

/** @param {Head[]} heads @param {{given: VerifierKey[], faults: LogFault[]}} with_ */
const witnessesOf = (heads, { given, faults }) =>
  given
    .filter(({ kind }) => kind === 4)
    .flatMap((key) => {
      let newest = null
      for (const { note, size } of heads) {
        const at = cosignedAt(note, key)
        if (at === 'WRONG') faults.push({ code: 'COSIGNATURE_WRONG', size, detail: key.name })
        else if (at !== null) newest = { name: key.name, size, at }
      }
      return newest ? [newest] : []
    })

/** The notes in a file, or in all files of a folder and of those in it. @param {string} place @returns {string[]} */
const keptNotes = (place) => {
  if (!statSync(place).isDirectory()) return [readFileSync(place, 'utf8')]
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(place, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => readFileSync(name, 'utf8'))
}

/** A short name of a key. @param {VerifierKey} key */
const fingerprintOf = ({ key }) => sha256(key).toString('hex')

// That one entry stands in a log: a C2SP tlog-proof with the entry in it.

/**
 * @typedef {{isGood: boolean, code: string | null, entry: any, size: number, origin: string}} ProofVerdict
 */

/**
 * Checks a proof against verifier keys of the log.
 * @param {string} text the file's @param {import('./notes.mjs').VerifierKey[]} keys @returns {ProofVerdict}
 */
const verifyProof = (text, keys) => {
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

// What the verifier says of the audit log.

/** @type {Record<'en' | 'ru', Record<string, any>>} */
const LOG_WORDS = {
  en: {
    usage: 'node visavis-verify.mjs log FOLDER [KEY …] [OLD CHECKPOINT or folder of them …] [--ru]',
    proofUsage: 'node visavis-verify.mjs proof FILE.tlog-proof KEY … [--ru]',
    noFolder: 'There is no such folder, or it cannot be read.',
    badKey: 'This is neither a verifier key nor a file or folder:',
    log: 'Log {log} of {origin}: {size} entries, {checkpoints} checkpoints, {kept} kept checkpoints compared',
    key: 'Key',
    witness: 'Witness {name} co-signed up to entry {size}, at {at}',
    entry: 'Entry {seq}:',
    entries: 'Entries {seq} to {toSeq}:',
    atSize: 'checkpoint of {size} entries:',
    good: 'OK: whole and unchanged',
    unsure:
      'OK: whole, but compare the key. The log fits the key inside it; whoever made a false one could have used a key of their own.',
    bad: 'NOT as it was signed',
    proves:
      'This proves that every entry is, byte for byte, in its place as the holder of the key signed it, and that none is missing between the first and the last.',
    provesKept:
      'It proves, too, that the log begins with what you kept: nothing of that was cut off or written anew.',
    provesAlone:
      'It does not prove that the log was not written anew as a whole, or cut: give a checkpoint that you or a witness kept.',
    provesNot:
      'It does not prove that what an entry says is true, nor that everything that happened was entered.',
    proofGood: 'OK: entry {seq} stands in the log {origin} of {size} entries',
    faults: {
      NOT_A_LOG: 'This folder holds no exported audit log.',
      ENTRY_UNREADABLE: 'cannot be read.',
      ENTRY_MISSING: 'is not here: removed, moved, or another was put in its place.',
      ENTRY_OF_ANOTHER: 'belongs to another log.',
      ENTRY_CHANGED: 'was changed: the entry behind it names another one.',
      ROOT_WRONG: 'not as they were signed: changed, and the log made to fit.',
      CUT: 'are missing at the end.',
      NOT_SIGNED: 'are covered by no checkpoint.',
      CHECKPOINT_WRONG: 'signed with none of the known keys, or of another log.',
      KEPT_OF_ANOTHER:
        'A checkpoint that you kept is of another log, or signed with none of the known keys.',
      OTHER_KEY: 'Signed with another key than the one you gave:',
      KEY_UNVOUCHED: 'A key came into use without the word of the one before it:',
      COSIGNATURE_WRONG: 'The line of a witness does not fit:',
      PROOF_UNREADABLE: 'This is no proof of an entry.',
      NOT_IN_LOG: 'The entry does not stand in the log as the proof says.',
    },
  },
  ru: {
    usage: 'node visavis-verify.mjs log ПАПКА [КЛЮЧ …] [СТАРАЯ ОТМЕТКА или папка с ними …] --ru',
    proofUsage: 'node visavis-verify.mjs proof ФАЙЛ.tlog-proof КЛЮЧ … --ru',
    noFolder: 'Такой папки нет, или её нельзя прочесть.',
    badKey: 'Это не ключ проверки, не файл и не папка:',
    log: 'Журнал {log}, {origin}: записей — {size}, отметок — {checkpoints}, сверено сохранённых отметок — {kept}',
    key: 'Ключ',
    witness: 'Свидетель {name} подписал до записи {size}, время {at}',
    entry: 'Запись {seq}:',
    entries: 'Записи с {seq} по {toSeq}:',
    atSize: 'отметка на {size} записях:',
    good: 'В порядке: журнал цел, ничего не изменено',
    unsure:
      'В порядке: журнал цел, но сравните ключ. Он подходит к ключу, который лежит здесь же; тот, кто изготовил подделку, мог взять собственный.',
    bad: 'НЕ то, что было подписано',
    proves:
      'Это доказывает, что каждая запись байт в байт стоит на своём месте, как её подписал владелец ключа, и что между первой и последней ничего не пропущено.',
    provesKept:
      'Доказано и то, что журнал начинается с того, что вы сохранили: ничего из этого не обрезали и не переписали.',
    provesAlone:
      'Не доказано, что журнал не переписали целиком и не обрезали: укажите отметку, которую сохранили вы или свидетель.',
    provesNot:
      'Не доказано, что сказанное в записи правда, и что в журнал попало всё, что произошло.',
    proofGood: 'В порядке: запись {seq} стоит в журнале {origin}, где записей — {size}',
    faults: {
      NOT_A_LOG: 'В этой папке нет выгруженного журнала событий.',
      ENTRY_UNREADABLE: 'прочесть нельзя.',
      ENTRY_MISSING: 'её нет на месте: убрана, переставлена, или на её место вставлена другая.',
      ENTRY_OF_ANOTHER: 'из другого журнала.',
      ENTRY_CHANGED: 'изменена: следующая за ней указывает на другую.',
      ROOT_WRONG: 'не такие, какими были подписаны: их изменили и подогнали журнал.',
      CUT: 'отсутствуют в конце.',
      NOT_SIGNED: 'не покрыты ни одной отметкой.',
      CHECKPOINT_WRONG: 'не подписана ни одним известным ключом или из другого журнала.',
      KEPT_OF_ANOTHER:
        'Сохранённая вами отметка из другого журнала или не подписана известным ключом.',
      OTHER_KEY: 'Подписано другим ключом, не тем, который вы указали:',
      KEY_UNVOUCHED: 'Ключ начал действовать без подтверждения предыдущего:',
      COSIGNATURE_WRONG: 'Строка свидетеля не подходит:',
      PROOF_UNREADABLE: 'Это не доказательство записи.',
      NOT_IN_LOG: 'Запись не стоит в журнале так, как сказано в доказательстве.',
    },
  },
}

// The command line's end of the log's part.

/** @type {Record<string, any>} */
const logWords = LOG_WORDS[process.argv.includes('--ru') ? 'ru' : 'en']

/** @param {string} text @param {Record<string, unknown>} values */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))

/** @param {string} text */
const say = (text) => console.log(text)

/** @param {string[]} given @returns {{keys: import('./notes.mjs').VerifierKey[], places: string[], unknown: string[]}} */
const sorted = (given) => {
  const keys = given.flatMap((one) => readVerifierKey(one) ?? [])
  const others = given.filter((one) => !readVerifierKey(one))
  return {
    keys,
    places: others.filter((one) => existsSync(one)),
    unknown: others.filter((one) => !existsSync(one)),
  }
}

/** `log FOLDER [KEY …] [OLD CHECKPOINT …]`; 0: good, 1: bad, 2: not asked properly. @param {string[]} given */
const logCli = ([folder, ...rest]) => {
  const { keys, places, unknown } = sorted(rest)
  if (!folder || unknown.length > 0) {
    say(unknown.length > 0 ? `${logWords.badKey} ${unknown.join(' ')}` : logWords.usage)
    return 2
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    say(logWords.noFolder)
    return 2
  }
  const verdict = verifyLog(folder, { keys, kept: places.flatMap(keptNotes) })
  say(filled(logWords.log, verdict))
  for (const fault of verdict.faults) say(`✗ ${faultLine(fault)}`)
  for (const { name, size, at } of verdict.witnesses)
    say(filled(logWords.witness, { name, size, at: new Date(at * 1000).toISOString() }))
  for (const key of verdict.keys) say(`${logWords.key}: ${key}`)
  say(`\n${logEnd(verdict)}`)
  return verdict.isGood ? 0 : 1
}

/** @param {import('./log.mjs').LogVerdict} verdict */
const logEnd = ({ isGood, isKeyCompared, kept }) => {
  if (!isGood) return logWords.bad
  const good = isKeyCompared ? logWords.good : logWords.unsure
  const proves = kept > 0 ? logWords.provesKept : logWords.provesAlone
  return `${good}\n${logWords.proves}\n${proves}\n${logWords.provesNot}`
}

/** @param {import('./log.mjs').LogFault} fault */
const faultLine = ({ code, seq, toSeq, size, detail }) => {
  const place =
    seq === undefined
      ? ''
      : filled(toSeq === undefined || toSeq === seq ? logWords.entry : logWords.entries, {
          seq,
          toSeq,
        })
  const at = size === undefined ? '' : filled(logWords.atSize, { size })
  return [place, at, logWords.faults[code], detail].filter(Boolean).join(' ')
}

/** `proof FILE KEY …`; 0: good, 1: bad, 2: not asked properly. @param {string[]} given */
const proofCli = ([file, ...rest]) => {
  const { keys, places, unknown } = sorted(rest)
  const isAsked =
    file && existsSync(file) && keys.length > 0 && places.length + unknown.length === 0
  if (!isAsked) {
    say(logWords.proofUsage)
    return 2
  }
  const { isGood, code, entry, size, origin } = verifyProof(readFileSync(file, 'utf8'), keys)
  if (isGood) {
    say(filled(logWords.proofGood, { seq: entry.seq, size, origin }))
    say(JSON.stringify(entry, null, 2))
  } else say(`✗ ${logWords.faults[code ?? '']}\n\n${logWords.bad}`)
  return isGood ? 0 : 1
}

// The command line's end. The other parts stand before it in the built file.

/** @type {Record<string, any>} */
const words = RECORDING_WORDS[process.argv.includes('--ru') ? 'ru' : 'en']
const [folder, ...given] = process.argv.slice(2).filter((argument) => argument !== '--ru')

/** @param {string} text @param {Record<string, unknown>} values */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))

/** @param {string} text @returns {never} */
const giveUp = (text) => {
  console.log(text)
  process.exit(2)
}

/** A fingerprint, a raw key in base64, or a PEM without its line breaks. @param {string} text */
const readKey = (text) => {
  const bare = text.replace(/-----[A-Z ]+-----/g, '').replace(/[\s:]/g, '')
  if (/^[0-9a-f]{64}$/i.test(bare)) return { fingerprint: bare.toLowerCase() }
  const bytes = fromBase64(bare)
  if (bytes?.length === 32) return { key: bytes }
  return bytes?.length === 44 ? { key: bytes.subarray(12) } : giveUp(`${words.badKey} ${text}`)
}

/** @param {import('./files.mjs').Fault} fault */
const faultText = ({ code, file, fromByte, toByte, detail }) => {
  const range =
    fromByte === undefined ? '' : ` ${fill(words.bytes, { from: fromByte, to: toByte })}`
  const entry = detail === undefined ? '' : ` ${fill(words.entry, { n: detail })}`
  return `${file === '' ? '' : `${file}: `}${words.faults[code]}${range}${entry}`
}

/** @param {any} manifest */
const sayManifest = (manifest) => {
  const { recordingId: id, number, issuedAt: at, gaps } = manifest
  console.log(fill(words.recording, { id, number, at }))
  console.log(`  ${fill(words.gaps, { n: gaps.length })}`)
  for (const { from, to, cause, kind, seatId } of gaps) {
    const what = kind ? `${words.kinds[kind]} (${seatId})` : words.everything
    console.log(`  ${from} – ${to}: ${what}: ${words.causes[cause] ?? cause}`)
  }
}

/** @param {import('./verify.mjs').Verdict} verdict */
const saySense = ({ hasLog }) => {
  const proves = ['FILES', 'ORDER', 'SIGNED', ...(hasLog ? ['LOGGED'] : [])]
  const not = ['NOT_BEFORE', 'NOT_WHO', 'NOT_SEALED', 'NOT_ALL', ...(hasLog ? [] : ['NOT_LOGGED'])]
  for (const [title, codes] of [
    [words.proves, proves],
    [words.provesNot, not],
  ]) {
    console.log(`\n${title}`)
    for (const code of codes) console.log(`- ${words.statements[code]}`)
  }
}

if (folder === 'log') process.exit(logCli(given))
if (folder === 'proof') process.exit(proofCli(given))
if (!folder) giveUp(words.usage)
if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) giveUp(words.noFolder)
const verdict = verifyFolder(folder, given.map(readKey))
if (verdict.isEmpty) giveUp(words.empty)
for (const manifest of verdict.manifests) sayManifest(manifest)
for (const note of verdict.notes) console.log(`· ${faultText(note)}`)
for (const fault of verdict.faults) console.log(`✗ ${faultText(fault)}`)
console.log(fill(words.checked, verdict.checked))
for (const fingerprint of verdict.fingerprints) console.log(`${words.fingerprint}: ${fingerprint}`)
if (verdict.isGood) {
  console.log(`\n${verdict.isKeyCompared ? words.good : `${words.unsure}. ${words.unsureText}`}`)
  saySense(verdict)
} else console.log(`\n${words.bad}`)
process.exit(verdict.isGood ? 0 : 1)
