import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stateDir } from './paths.mjs'
import { Problem } from './problem.mjs'

/** The key that checkpoints of the audit log are signed with: a file of its own, that nobody writes and only its owner reads. */

const PRIVATE_MODE = 0o400
const ED25519 = Buffer.of(1)

/** @param {string} [folder] */
export const auditKeyFile = (folder = stateDir) => path.join(folder, 'audit-key.pem')

/** Makes the key where there is none. @param {string} file @returns {string} the same file */
export const provideAuditKey = (file) => {
  if (existsSync(file)) return file
  mkdirSync(path.dirname(file), { recursive: true })
  writeKey(file, newKey())
  return file
}

const newKey = () =>
  String(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }))

/** Whole or not at all. @param {string} file @param {string} pem */
const writeKey = (file, pem) => {
  rmSync(`${file}.new`, { force: true })
  writeFileSync(`${file}.new`, pem, { mode: PRIVATE_MODE })
  renameSync(`${file}.new`, file)
}

/** @param {string} pem */
const signerOf = (pem) => {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Problem('This is no Ed25519 key.', 'Give the file that `npm start` has made.')
  return {
    key,
    raw: Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url'),
  }
}

/** @param {string} name @param {Buffer} raw */
const keyIdOf = (name, raw) =>
  createHash('sha256').update(`${name}\n`).update(ED25519).update(raw).digest().subarray(0, 4)

/** Name, key id and key, as it is published (C2SP vkey). @param {string} name @param {Buffer} raw */
const verifierKey = (name, raw) =>
  `${name}+${keyIdOf(name, raw).toString('hex')}+${Buffer.concat([ED25519, raw]).toString('base64')}`

/** @param {string} file @param {string} origin the service's public origin */
export const verifierKeyOf = (file, origin) =>
  verifierKey(new URL(origin).host, signerOf(readFileSync(file, 'utf8')).raw)

/**
 * Puts a new key in the place of the old one, with the old one's word for it beside it; the server notes both at its
 * next start. The old key stays as `FILE.before`, for whoever has to prove something with it.
 * @param {string} file @param {string} origin @returns {{before: string, now: string}} verifier keys
 */
export const changeAuditKey = (file, origin) => {
  const name = new URL(origin).host
  const oldPem = readFileSync(file, 'utf8')
  const pem = newKey()
  const [old, next] = [signerOf(oldPem), signerOf(pem)]
  const [before, now] = [verifierKey(name, old.raw), verifierKey(name, next.raw)]
  const text = `visavis audit key\n${before}\n${now}\n`
  const lines = [old, next].map((signer) => signatureLine(text, name, signer))
  writeFileSync(`${file}.handover`, `${text}\n${lines.join('\n')}\n`)
  writeKey(`${file}.before`, oldPem)
  writeKey(file, pem)
  return { before, now }
}

/** @param {string} text @param {string} name @param {ReturnType<typeof signerOf>} signer */
const signatureLine = (text, name, { key, raw }) => {
  const signed = Buffer.concat([keyIdOf(name, raw), sign(null, Buffer.from(text), key)])
  return `— ${name} ${signed.toString('base64')}`
}
