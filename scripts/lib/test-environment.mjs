import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { node24 } from './paths.mjs'
import { VARIABLES } from './settings.mjs'
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
  MEDIASOUP_WORKER_BIN: workerPath(),
  CHROMIUM_PATH: findChromium() ?? '',
  FFMPEG_PATH: findFfmpeg() ?? '',
})

/** An explicit variable only, never .env: databases are made and dropped on that server. */
const givenDatabase = () => process.env.TEST_DATABASE_URL || process.env.DATABASE_URL

/** @returns {Promise<{url: string, stop: () => Promise<void>}>} the given PostgreSQL, or a throw-away one */
export const provideTestDatabase = async () => {
  const given = givenDatabase()
  return given ? { url: given, stop: async () => undefined } : startTestPostgres()
}

/** @param {string} file @param {readonly string[]} args @returns {Promise<number>} its exit code */
export const runWithTestDatabase = async (file, args) => {
  const database = await provideTestDatabase()
  try {
    const env = testEnvironment(database.url)
    const child = spawn(node24, [file, ...args], { stdio: 'inherit', env })
    return await new Promise((resolve) => {
      child.once('exit', (code) => resolve(code ?? 1))
      child.once('error', () => resolve(1))
    })
  } finally {
    await database.stop()
  }
}
