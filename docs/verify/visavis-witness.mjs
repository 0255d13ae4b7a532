#!/usr/bin/env node
// Watches the audit log of a service for somebody else than the service: co-signs what only grows, keeps evidence of
// anything else. Needs Node 20 or newer, and the service's public address.
// Made from scripts/verifier/witness by scripts/verifier/build.mjs; read it: there is nothing else in it.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
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

// What the witness says.

/** @type {Record<'en' | 'ru', Record<string, any>>} */
const WITNESS_WORDS = {
  en: {
    usage:
      'node visavis-witness.mjs https://SERVICE [--name witness.example.org] [--state FOLDER] [--key SERVICE-KEY] [--every SECONDS] [--once] [--ru]',
    own: 'My key, for AUDIT_WITNESSES of the service:',
    trusts:
      'I take this key of the service for true, because nobody has told me another. Compare it:',
    seen: '{log}: {size} entries, co-signed',
    same: '{log}: {size} entries, nothing new',
    away: '{log}: the service does not answer: {why}',
    refused: '{log}: the service did not take my signature ({why})',
    ALARM: 'ALARM',
    alarms: {
      ROLLED_BACK: 'the log has become shorter: {from} entries were signed, now {to}',
      FORKED:
        'two histories of the same log: what was signed at {from} entries is no beginning of what is signed at {to}',
      NOT_SIGNED: 'the checkpoint is not signed with a key that I know',
      KEY_UNVOUCHED: 'the service has a new key, and the old one gave no word for it',
    },
    kept: 'Both sides of it are kept in {folder}. I sign nothing of this log any more.',
  },
  ru: {
    usage:
      'node visavis-witness.mjs https://СЛУЖБА [--name witness.example.org] [--state ПАПКА] [--key КЛЮЧ-СЛУЖБЫ] [--every СЕКУНДЫ] [--once] --ru',
    own: 'Мой ключ, для AUDIT_WITNESSES службы:',
    trusts:
      'Принимаю этот ключ службы за подлинный, потому что другого мне не назвали. Сравните его:',
    seen: '{log}: записей — {size}, подписано',
    same: '{log}: записей — {size}, нового нет',
    away: '{log}: служба не отвечает: {why}',
    refused: '{log}: служба не приняла мою подпись ({why})',
    ALARM: 'ТРЕВОГА',
    alarms: {
      ROLLED_BACK: 'журнал стал короче: было подписано записей — {from}, теперь {to}',
      FORKED:
        'две истории одного журнала: подписанное на {from} записях не начало того, что подписано на {to}',
      NOT_SIGNED: 'отметка не подписана известным мне ключом',
      KEY_UNVOUCHED: 'у службы новый ключ, а прежний его не подтвердил',
    },
    kept: 'То и другое сохранено в папке {folder}. Этот журнал я больше не подписываю.',
  },
}

// A witness: remembers what it saw, and signs nothing that takes any of it back.

const KIND = Buffer.of(4)
const ANSWERS_WITHIN_MS = 30_000
const PRIVATE_MODE = 0o400

/**
 * @typedef {{log: string, code: 'SEEN' | 'SAME' | 'AWAY' | 'REFUSED' | 'ALARM', size?: number, why?: string, alarm?: string, from?: number, to?: number, folder?: string}} Report
 * @typedef {{service: string, state: string, name: string, now: () => Date, key?: string}} WitnessOptions
 */

/** A witness with its key and memory in a folder. @param {WitnessOptions} options */
const newWitness = ({ service, state, name, now, key }) => {
  mkdirSync(state, { recursive: true })
  const own = ownKey(path.join(state, 'witness-key.pem'), name)
  const at = { service: service.replace(/\/$/, ''), state, own, now }
  return {
    verifierKey: own.verifierKey,
    /** The key that it holds for the service's, newest first; empty before the first look. */
    serviceKeys: () => knownKeys(state),
    /** One look at every log. @returns {Promise<Report[]>} */
    look: async () => {
      try {
        const trouble = await learnKeys(at, key)
        if (trouble) return [trouble]
        const { logs } = await getJson(at, '/api/audit/checkpoints')
        /** @type {Report[]} */
        const reports = []
        for (const log of logsToSee(state, logs)) reports.push(await lookAt(at, log))
        return reports
      } catch (error) {
        return [{ log: '*', code: 'AWAY', why: String(error) }]
      }
    },
  }
}

/** Those that the service names, and those that it no longer names but that were seen. @param {string} state @param {any[]} logs */
const logsToSee = (state, logs) => {
  const seen = Object.keys(memoryOf(state))
  const named = logs
    .map((/** @type {any} */ one) => String(one.log))
    .filter((log) => /^[\w-]+$/.test(log))
  return [...new Set([...named, ...seen])].sort()
}

/** @param {string} file @param {string} name */
const ownKey = (file, name) => {
  if (!existsSync(file)) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })
    writeFileSync(file, String(pem), { mode: PRIVATE_MODE })
  }
  const privateKey = createPrivateKey(readFileSync(file, 'utf8'))
  const raw = Buffer.from(
    createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '',
    'base64url',
  )
  const id = sha256(`${name}\n`, KIND, raw).subarray(0, 4)
  const verifierKey = `${name}+${id.toString('hex')}+${Buffer.concat([KIND, raw]).toString('base64')}`
  return { name, id, privateKey, verifierKey }
}

/** @param {string} state @returns {import('../log/notes.mjs').VerifierKey[]} */
const knownKeys = (state) => {
  const file = path.join(state, 'service-keys.txt')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return lines.flatMap((line) => readVerifierKey(line) ?? [])
}

/**
 * The first key on trust, or the one that was given; every later one on the word of the one before.
 * @param {any} at @param {string | undefined} given @returns {Promise<Report | null>}
 */
const learnKeys = async (at, given) => {
  const { keys } = await getJson(at, '/api/audit/keys')
  const known = knownKeys(at.state).map(({ text }) => text)
  if (known.length === 0) known.push(given ?? String(keys.at(-1)?.verifierKey))
  for (const [index, { verifierKey, handOver }] of keys.entries()) {
    const step = stepTo(verifierKey, { before: keys[index - 1]?.verifierKey, known })
    if (step && isHandOver(String(handOver), step.old, step.next)) known.push(verifierKey)
    else if (step) {
      const evidence = { 'keys.json': JSON.stringify(keys) }
      return alarmOf(at, '*', { alarm: 'KEY_UNVOUCHED', evidence })
    }
  }
  writeWhole(path.join(at.state, 'service-keys.txt'), `${known.join('\n')}\n`)
  return null
}

/** From a key that is known to one that is not; null: there is nothing to learn. @param {string} text @param {{before: unknown, known: string[]}} with_ */
const stepTo = (text, { before, known }) => {
  const [old, next] = [readVerifierKey(String(before)), readVerifierKey(text)]
  return old && next && known.includes(old.text) && !known.includes(text) ? { old, next } : null
}

/** @param {any} at @param {string} log @returns {Promise<Report>} */
const lookAt = async (at, log) => {
  const seen = memoryOf(at.state)[log]
  if (seen?.alarm) return { log, code: 'ALARM', ...seen.alarm }
  try {
    const note = await getText(at, `/api/audit/checkpoints/${log}`)
    return await judge(at, { log, note, before: seen?.note ?? null })
  } catch (error) {
    return { log, code: 'AWAY', why: String(error) }
  }
}

/** @param {any} at @param {{log: string, note: string, before: string | null}} found @returns {Promise<Report>} */
const judge = async (at, { log, note, before }) => {
  const head = headIn(note)
  if (!head || !isOwnHead(head, log) || !knownKeys(at.state).some((key) => isNoteOf(note, key)))
    return remember(at, log, { alarm: 'NOT_SIGNED', evidence: { 'new.checkpoint': note } })
  const old = headIn(before ?? '')
  if (old && isSameHead(old, head)) return sameAs(at, { log, note, size: head.size })
  const evidence = { 'old.checkpoint': String(before), 'new.checkpoint': note }
  const trouble = old && (await troubleOf(at, log, { old, head }))
  if (trouble) {
    const sizes = { from: old.size, to: head.size }
    const all = { ...evidence, ...trouble.evidence }
    return remember(at, log, { alarm: trouble.alarm, ...sizes, evidence: all })
  }
  keepNote(at, log, note)
  return cosign(at, { log, note, size: head.size })
}

/** @param {string} note */
const headIn = (note) => headOf(readNote(note)?.text ?? '')

/** @param {{origin: string}} head @param {string} log */
const isOwnHead = ({ origin }, log) =>
  origin.endsWith(log === 'estate' ? '/audit/estate' : `/audit/facility/${log}`)

/** @typedef {{size: number, root: Buffer}} Seen */

/** @param {Seen} old @param {Seen} head */
const isSameHead = (old, head) => old.size === head.size && old.root.equals(head.root)

/** What stands against the new head, or null. @param {any} at @param {string} log @param {{old: Seen, head: Seen}} heads */
const troubleOf = async (at, log, { old, head }) => {
  if (head.size < old.size) return { alarm: 'ROLLED_BACK', evidence: {} }
  const sizes = { from: old.size, to: head.size }
  const proof = head.size === old.size ? [] : await proofOf(at, log, sizes)
  if (isGrown(old, head, proof)) return null
  const hashes = JSON.stringify(proof.map((/** @type {Buffer} */ hash) => hash.toString('base64')))
  return { alarm: 'FORKED', evidence: { 'proof.json': hashes } }
}

/** What was co-signed, and whose line the service lost, is signed again. @param {any} at @param {{log: string, note: string, size: number}} of @returns {Promise<Report>} */
const sameAs = async (at, { log, note, size }) =>
  note.includes(`\n— ${at.own.name} `)
    ? { log, code: 'SAME', size }
    : cosign(at, { log, note, size })

/** @param {any} at @param {string} log @param {{from: number, to: number}} sizes */
const proofOf = async (at, log, { from, to }) => {
  const { hashes } = await getJson(
    at,
    `/api/audit/proofs/consistency?log=${log}&from=${from}&to=${to}`,
  )
  return hashes.map((/** @type {string} */ hash) => fromBase64(hash) ?? Buffer.alloc(0))
}

/** @param {any} at @param {{log: string, note: string, size: number}} of @returns {Promise<Report>} */
const cosign = async (at, { log, note, size }) => {
  const seconds = Math.floor(at.now().getTime() / 1000)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const message = Buffer.from(cosignedText(readNote(note)?.text ?? '', seconds))
  const signed = Buffer.concat([at.own.id, time, sign(null, message, at.own.privateKey)])
  const line = `— ${at.own.name} ${signed.toString('base64')}`
  const answer = await fetch(`${at.service}/api/audit/cosignatures`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ log, size, line }),
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  })
  return answer.ok
    ? { log, code: 'SEEN', size }
    : { log, code: 'REFUSED', size, why: String(answer.status) }
}

/** Keeps evidence, and that it was raised: from then on nothing of this log is signed. @param {any} at @param {string} log @param {any} what @returns {Report} */
const remember = (at, log, what) => {
  const report = alarmOf(at, log, what)
  const { alarm: kind, from, to, folder } = report
  const alarm = { alarm: kind, from, to, folder }
  const memory = memoryOf(at.state)
  store(at.state, { ...memory, [log]: { ...memory[log], alarm } })
  return report
}

/** @param {any} at @param {string} log @param {any} what @returns {Report} */
const alarmOf = (at, log, { evidence, ...what }) => {
  const time = at.now().toISOString().replace(/[:.]/g, '-')
  const folder = path.join(at.state, 'evidence', `${log === '*' ? 'keys' : log}-${time}`)
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries(evidence))
    writeFileSync(path.join(folder, file), String(text))
  return { log, code: 'ALARM', ...what, folder }
}

/** Before it is signed: whoever signs must remember. @param {any} at @param {string} log @param {string} note */
const keepNote = (at, log, note) => {
  store(at.state, { ...memoryOf(at.state), [log]: { note } })
}

/** @param {string} state @returns {Record<string, any>} */
const memoryOf = (state) => {
  const file = path.join(state, 'seen.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** @param {string} state @param {Record<string, any>} memory */
const store = (state, memory) =>
  writeWhole(path.join(state, 'seen.json'), `${JSON.stringify(memory, null, 1)}\n`)

/** @param {string} file @param {string} text */
const writeWhole = (file, text) => {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

/** @param {any} at @param {string} route */
const getText = async ({ service }, route) => {
  const answer = await fetch(`${service}${route}`, {
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  })
  if (!answer.ok) throw new Error(`${route}: ${answer.status}`)
  return answer.text()
}

/** @param {any} at @param {string} route */
const getJson = async (at, route) => JSON.parse(await getText(at, route))

// The command line's end of the witness.

/** @type {Record<string, any>} */
const spoken = WITNESS_WORDS[process.argv.includes('--ru') ? 'ru' : 'en']

/** @param {string} name @param {string} [otherwise] */
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : process.argv[at + 1]
}

/** @param {string} text @param {any} values */
const inWords = (text, values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))

/** @param {import('./witness.mjs').Report} report */
const sayReport = (report) => {
  const time = new Date().toISOString()
  if (report.code !== 'ALARM') {
    const kind = report.code.toLowerCase()
    console.log(`${time} ${inWords(spoken[kind], report)}`)
    return
  }
  const what = inWords(spoken.alarms[report.alarm ?? ''], report)
  console.error(
    `${time} *** ${spoken.ALARM} *** ${report.log}: ${what}\n${inWords(spoken.kept, report)}`,
  )
}

const service = process.argv[2]
if (!service || !/^https?:\/\//.test(service)) {
  console.log(spoken.usage)
  process.exit(2)
}
const state = path.resolve(option('state', 'visavis-witness') ?? '')
const given = option('key')
const witness = newWitness({
  ...{ service, state, now: () => new Date() },
  name: option('name', 'witness') ?? 'witness',
  ...(given ? { key: given } : {}),
})
console.log(`${spoken.own} ${witness.verifierKey}`)
const isNew = witness.serviceKeys().length === 0 && !given
for (let isFirst = true; ; isFirst = false) {
  const reports = await witness.look()
  if (isFirst && isNew)
    console.log(
      `${spoken.trusts} ${witness
        .serviceKeys()
        .map(({ text }) => text)
        .join(' ')}`,
    )
  for (const report of reports) sayReport(report)
  if (process.argv.includes('--once'))
    process.exit(
      reports.some(({ code }) => code === 'ALARM')
        ? 1
        : reports.some(({ code }) => code === 'AWAY' || code === 'REFUSED')
          ? 3
          : 0,
    )
  await new Promise((done) => setTimeout(done, Number(option('every', '60')) * 1000))
}
