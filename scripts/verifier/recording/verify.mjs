/* global TextDecoder */
// What a folder with a recording, or an export, comes to.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { badBlock, badFrame, filesIn, hashOf } from './files.mjs'
import { parse, readCheckpoint, readSigned, rootOf, sha256 } from './proofs.mjs'

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
export const verifyFolder = (folder, given = []) => {
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
