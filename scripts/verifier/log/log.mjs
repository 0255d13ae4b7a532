// What a folder with a whole audit log comes to.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { headOf, parse, readNote, sha256 } from '../recording/proofs.mjs'
import { blamedFor, lineAt, lineFault, linesOf } from './entries.mjs'
import { cosignedAt, isHandOver, isNoteOf, newTree, readVerifierKey } from './notes.mjs'

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
export const verifyLog = (folder, { keys: given = [], kept = [] } = {}) => {
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
export const keptNotes = (place) => {
  if (!statSync(place).isDirectory()) return [readFileSync(place, 'utf8')]
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(place, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => readFileSync(name, 'utf8'))
}

/** A short name of a key. @param {VerifierKey} key */
export const fingerprintOf = ({ key }) => sha256(key).toString('hex')
