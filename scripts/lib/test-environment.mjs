import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runGroup } from './group-run.mjs'
import { VARIABLES } from './settings.mjs'
import { onEndSignals } from './signals.mjs'
import { startTestPostgres } from './test-database.mjs'
import { findChromium, findFfmpeg } from './tools.mjs'
import { workerPath } from './worker.mjs'

/**
 * What tests, benches and the demo are told: the same on every developer's machine, whatever is set there.
 * @param {string} databaseUrl @returns {NodeJS.ProcessEnv}
 */
export const testEnvironment = (databaseUrl) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !(name in VARIABLES))),
  NODE_ENV: 'test',
  // Tests start the server again and again: compiled once, it starts in half the time.
  NODE_COMPILE_CACHE: path.join(tmpdir(), 'visavis-compile-cache'),
  TEST_DATABASE_URL: databaseUrl,
  // One for tests and for whatever they start: each reads the people that the other has stored.
  KEY_ROOT: 'e'.repeat(64),
  PERSON_KEYS_DIR: personKeys(),
  MEDIASOUP_WORKER_BIN: workerPath(),
  CHROMIUM_PATH: findChromium() ?? '',
  FFMPEG_PATH: findFfmpeg() ?? '',
})

/** A folder of this run alone, gone when it ends. */
const personKeys = () => {
  const folder = path.join(tmpdir(), `visavis-test-person-keys-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An explicit variable only, never .env: databases are made and dropped on that server. */
const givenDatabase = () => process.env.TEST_DATABASE_URL || process.env.DATABASE_URL

/** @returns {Promise<{url: string, stop: () => Promise<void>}>} the given PostgreSQL, or a throw-away one */
export const provideTestDatabase = async () => {
  const given = givenDatabase()
  return given ? { url: given, stop: async () => undefined } : startTestPostgres()
}

/**
 * Interrupted, it ends what the file has started, and only then the database below it.
 * @param {string} file @param {readonly string[]} args @returns {Promise<number>} its exit code
 */
export const runWithTestDatabase = async (file, args) => {
  const interruption = new AbortController()
  onEndSignals({ onFirst: () => interruption.abort(), onSecond: () => undefined })
  const database = await provideTestDatabase()
  try {
    const env = testEnvironment(database.url)
    return await runGroup([file, ...args], { env, interrupted: interruption.signal })
  } finally {
    await database.stop()
  }
}
