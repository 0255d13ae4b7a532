// A witness: remembers what it saw, and signs nothing that takes any of it back.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fromBase64, headOf, readNote, sha256 } from '../recording/proofs.mjs'
import { cosignedText, isGrown, isHandOver, isNoteOf, readVerifierKey } from '../log/notes.mjs'

const KIND = Buffer.of(4)
const ANSWERS_WITHIN_MS = 30_000
const PRIVATE_MODE = 0o400

/**
 * @typedef {{log: string, code: 'SEEN' | 'SAME' | 'AWAY' | 'REFUSED' | 'ALARM', size?: number, why?: string, alarm?: string, from?: number, to?: number, folder?: string}} Report
 * @typedef {{service: string, state: string, name: string, now: () => Date, key?: string}} WitnessOptions
 */

/** A witness with its key and memory in a folder. @param {WitnessOptions} options */
export const newWitness = ({ service, state, name, now, key }) => {
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
