import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
 * controlSecret opens the media node and the recorder; grantSecret signs what they may do.
 * @typedef {{controlSecret: string, grantSecret: string}} Secrets
 */

/** @param {string} [folder] */
export const haveSecrets = (folder = stateDir) => existsSync(path.join(folder, 'secrets.json'))

/** @param {string} [folder] @returns {Secrets} */
export const loadSecrets = (folder = stateDir) => {
  const file = path.join(folder, 'secrets.json')
  if (!existsSync(file)) makeSecrets(file)
  chmodSync(file, PRIVATE_MODE)
  return parseSecrets(file)
}

/** @param {string} file */
const makeSecrets = (file) => {
  mkdirSync(path.dirname(file), { recursive: true })
  const secrets = { controlSecret: newSecret(), grantSecret: newSecret() }
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: PRIVATE_MODE })
}

/** @param {string} file @returns {Secrets} */
const parseSecrets = (file) => {
  try {
    const { controlSecret, grantSecret } = JSON.parse(readFileSync(file, 'utf8'))
    if (controlSecret && grantSecret) return { controlSecret, grantSecret }
  } catch {
    // The answer is the same for a torn file and for a missing secret.
  }
  throw new Problem(
    `${file} is damaged.`,
    'Remove it; new secrets are made at the next start, and recordings that are under way end.',
  )
}
