#!/usr/bin/env node
// Checks recordings of visits and exports of them. Needs Node 20 or newer, and no network.
// Made from scripts/verifier/recording by scripts/verifier/build.mjs; read it: there is nothing else in it.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { closeSync, fstatSync, lstatSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs'
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
  const end = text.lastIndexOf('\n\n')
  const note = text.slice(0, end + 1)
  const lines = text.slice(end + 2).split('\n')
  // One line of ours: more would be somebody else's, whom we do not know.
  const isWhole = end >= 0 && lines.length === 2 && lines[1] === ''
  const isOurs = keys.some((key) => isLineOf(lines[0] ?? '', { key, note }))
  return isWhole && isOurs ? headOf(note) : null
}

/** @param {string} note */
const headOf = (note) => {
  const [origin = '', size = '', root = '', rest] = note.split('\n')
  const bytes = fromBase64(root)
  const isHead = rest === '' && /^(0|[1-9]\d{0,14})$/.test(size) && bytes?.length === HASH_BYTES
  return isHead ? { origin, size: Number(size), root: bytes } : null
}

/** @param {string} line @param {{key: Buffer, note: string}} with_ */
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
 * A journal against its manifest, without a key: the header line, each frame chained to all before it, the
 * length, and the tree over the frames. The first bad stretch, or null.
 * @param {string} name
 * @param {{bytes: number, headerSha256: string, root: string, segments: {at: number, bytes: number, chain: string}[]}} journal
 * @returns {{fromByte: number, toByte: number} | null}
 */
const badFrame = (name, { bytes: promised, headerSha256, root, segments }) =>
  withFile(name, ({ bytes, read }) => {
    const headerBytes = segments[0]?.at ?? promised
    const header = sha256(read(0, headerBytes))
    if (header.toString('hex') !== headerSha256) return { fromByte: 0, toByte: headerBytes - 1 }
    let chain = header
    const leaves = []
    for (const segment of segments) {
      const frame = read(segment.at, segment.bytes)
      const next = sha256(chain, frame.subarray(0, -CHAIN_BYTES))
      const isWhole = frame.length === segment.bytes && frame.subarray(-CHAIN_BYTES).equals(next)
      if (!isWhole || next.toString('hex') !== segment.chain)
        return { fromByte: segment.at, toByte: segment.at + segment.bytes - 1 }
      leaves.push(sha256(Buffer.of(0), frame))
      chain = next
    }
    if (treeRoot(leaves).toString('hex') !== root) return { fromByte: 0, toByte: bytes - 1 }
    return tooLong(bytes, promised)
  })

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
  if (!look.files.has(CONTENTS)) return
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
      NO_RECORDER: 'no recorder was there',
      GONE_ON: 'an officer let the visit go on unrecorded',
      MUTED: 'muted by an officer',
      SWITCHED_OFF: 'switched off by the person',
      LINE_LOST: 'the line was lost',
      DEVICE_LOST: 'the camera or microphone failed',
      NOT_KNOWN: 'not known',
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
    },
  },
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
