import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { loadEnvironment } from './dot-env.mjs'
import { inRoot, node24 } from './paths.mjs'
import { Problem } from './problem.mjs'
import { mustRun } from './run-command.mjs'
import { readRunState } from './run-state.mjs'
import { haveSecrets, loadSecrets } from './secrets.mjs'

/** A database that starts together with us (docker compose) needs some seconds. */
export const DATABASE_WAIT_MS = 30_000

const RETRY_MS = 500

/** Waiting does not help against these answers: wrong password, no right, no such database. */
const FINAL_CODES = new Set(['28P01', '28000', '3D000', '42501'])

/** @param {string} url @returns {Promise<{code: string, message: string} | undefined>} the fault */
export const tryDatabase = async (url) => {
  const { default: pg } = await import('pg')
  let client
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: DATABASE_WAIT_MS / 6 })
    client.on('error', () => undefined)
    await client.connect()
    return undefined
  } catch (error) {
    const { code = '', message = String(error) } = /** @type {any} */ (error)
    return { code, message: message || code }
  } finally {
    await client?.end().catch(() => undefined)
  }
}

/** @param {string} url @returns {string} host and database, without the password */
export const withoutPassword = (url) => {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    return 'the given address'
  }
}

/** @param {string} stateFolder @returns {string} the database that is set, or of what runs from here */
export const databaseAtHand = (stateFolder) => {
  const url = loadEnvironment().DATABASE_URL || readRunState(stateFolder)?.urls.database
  if (url) return url
  throw new Problem(
    'There is no database to ask: DATABASE_URL is not set, and nothing runs from this checkout.',
    'Start Vis-à-vis (npm start) or set DATABASE_URL.',
  )
}

/**
 * Where the keys of people's fields lie that the server uses, and what they are sealed under.
 * @param {string} stateFolder @returns {{folder: string, rootKey: string}}
 */
export const personKeysAtHand = (stateFolder) => {
  const { KEY_ROOT, PERSON_KEYS_DIR } = loadEnvironment()
  const rootKey = KEY_ROOT || (haveSecrets(stateFolder) && loadSecrets(stateFolder).keyRoot)
  if (rootKey) {
    return { folder: PERSON_KEYS_DIR || path.join(stateFolder, 'person-keys'), rootKey }
  }
  throw new Problem(
    'There is no key for what is stored of people: KEY_ROOT is not set, and nothing ran from here.',
    'Set KEY_ROOT and PERSON_KEYS_DIR as the server has them.',
  )
}

/** @param {string} url @param {{message: string}} fault */
const unusable = (url, { message }) =>
  new Problem(
    `DATABASE_URL: the database at ${withoutPassword(url)} cannot be used (${message}).`,
    'Start it or correct DATABASE_URL; without DATABASE_URL an embedded PostgreSQL is used.',
  )

/**
 * Waits for the database that DATABASE_URL names.
 * @param {string} url @param {{signal: AbortSignal, say: (text: string) => void}} context
 */
export const waitForDatabase = async (url, { signal, say }) => {
  const endMs = Date.now() + DATABASE_WAIT_MS
  let fault = await tryDatabase(url)
  if (fault && !FINAL_CODES.has(fault.code)) {
    say(
      `… waiting for the database at ${withoutPassword(url)} (at most ${DATABASE_WAIT_MS / 1000} s)`,
    )
  }
  while (fault && !signal.aborted) {
    if (FINAL_CODES.has(fault.code) || Date.now() + RETRY_MS > endMs) throw unusable(url, fault)
    await wait(RETRY_MS)
    fault = await tryDatabase(url)
  }
}

/**
 * Brings the tables up to date and, outside production, the demonstration's people and visits.
 * @param {NodeJS.ProcessEnv} env with DATABASE_URL; with APP_DATABASE_URL, the role that the server runs in is made, too
 * @returns {Promise<string>} the table of sign-ins for people; empty in production
 */
export const fillDatabase = async (env) => {
  const options = { env, cwd: inRoot() }
  await mustRun(node24, [inRoot('prisma/src/migrate.ts')], options)
  if (env.NODE_ENV === 'production') return ''
  /** @type {string[]} */
  const lines = []
  /** @param {string} line */
  const onLine = (line) => void lines.push(line)
  await mustRun(node24, [inRoot('prisma/seed/main.ts')], { ...options, onLine })
  return lines.join('\n')
}
