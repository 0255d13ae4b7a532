import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stateDir } from './paths.mjs'
import { Problem } from './problem.mjs'

/** 256 bits: beyond guessing, and the size of the HMAC that the secrets key. */
const SECRET_BYTES = 32

/** Owner only. */
const PRIVATE_MODE = 0o600

export const newSecret = () => randomBytes(SECRET_BYTES).toString('hex')

/**
 * The secrets that this checkout's processes share, made once.
 * controlSecret opens the media node and the recorder; grantSecret signs what they may do; documentKey
 * is what the keys of visitors' documents are derived from; keyRoot is what the keys of recordings' months
 * are sealed under; certificateKey (Ed25519, PKCS #8 in base64)
 * signs certificates of visits that nobody could watch; databasePassword is that of the server's role in the database.
 * @typedef {{controlSecret: string, grantSecret: string, documentKey: string, keyRoot: string, certificateKey: string, databasePassword: string}} Secrets
 */

/** Secrets that came later: a file from before them gets them added. */
const laterSecrets = () => ({
  documentKey: newSecret(),
  keyRoot: newSecret(),
  certificateKey: newSigningKey(),
  databasePassword: newSecret(),
})

const newSigningKey = () =>
  generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64')

/** @param {string} [folder] */
export const haveSecrets = (folder = stateDir) => existsSync(path.join(folder, 'secrets.json'))

/** @param {string} [folder] @returns {Secrets} */
export const loadSecrets = (folder = stateDir) => {
  const file = path.join(folder, 'secrets.json')
  if (!existsSync(file)) makeSecrets(file)
  chmodSync(file, PRIVATE_MODE)
  return topUp(file, parseSecrets(file))
}

/** @param {string} file */
const makeSecrets = (file) => {
  mkdirSync(path.dirname(file), { recursive: true })
  store(file, { controlSecret: newSecret(), grantSecret: newSecret(), ...laterSecrets() })
}

/**
 * Beside the file and then in its place: a torn write would cost the key of every document.
 * @param {string} file @param {Secrets} secrets
 */
const store = (file, secrets) => {
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: PRIVATE_MODE })
  renameSync(`${file}.new`, file)
}

/** @param {string} file @param {Partial<Secrets>} known @returns {Secrets} */
const topUp = (file, known) => {
  const later = laterSecrets()
  const whole = /** @type {Secrets} */ ({ ...later, ...known })
  if (Object.keys(later).some((name) => !(name in known))) store(file, whole)
  return whole
}

/** @param {string} file @returns {Partial<Secrets>} */
const parseSecrets = (file) => {
  try {
    const known = JSON.parse(readFileSync(file, 'utf8'))
    if (known.controlSecret && known.grantSecret) return known
  } catch {
    // The answer is the same for a torn file and for a missing secret.
  }
  throw new Problem(
    `${file} is damaged.`,
    'Bring back a copy. Or remove it: new secrets are made at the next start, recordings that are under way end, and identity documents and recordings cannot be read any more.',
  )
}
