import { existsSync, statfsSync } from 'node:fs'
import { keyFindings } from './doctor-keys.mjs'
import { auditKeyFindings, signingKeyFindings } from './doctor-signing.mjs'
import { certificateFiles, isCertificateGood } from './certificate.mjs'
import { areDependenciesInstalled, nodeMajor, OLDEST_NODE } from './dependencies.mjs'
import { tryDatabase, withoutPassword } from './database.mjs'
import { ffmpegFindings } from './doctor-ffmpeg.mjs'
import { turnFindings } from './doctor-turn.mjs'
import { lanAddresses } from './network.mjs'
import { node24, root } from './paths.mjs'
import { isPortFree } from './ports.mjs'
import { postgresPort } from './postgres.mjs'
import { isPrepared } from './postgres-cluster.mjs'
import { portsOf } from './process-plan.mjs'
import { exitCodeOf } from './run-command.mjs'
import { findChromium, findFfmpeg, findOpenssl, installCure } from './tools.mjs'
import { staffSignInOf } from './settings.mjs'
import { isWorkerReady, workerPath } from './worker.mjs'

/**
 * What a check found. `bad` keeps Vis-à-vis from running, `warn` only a part of it.
 * @typedef {{name: string, state: 'ok' | 'warn' | 'bad', found: string, cure?: string}} Finding
 */

const SETUP = 'npm run setup'

/** A clone with its packages, the database and a day of visits. */
const DISK_NEEDED_GB = 5

/** Chromium keeps pictures in shared memory; containers often have 64 MB of it. */
const SHARED_MEMORY_NEEDED_MB = 256

const BYTES_PER_MB = 1024 * 1024

/**
 * @typedef {{found: string, missing: string, cure: string, otherwise?: 'warn' | 'bad'}} Words
 *   otherwise: how serious it is when the check fails; `bad` when not given
 */

/** @param {string} name @param {boolean} isGood @param {Words} words @returns {Finding} */
const finding = (name, isGood, { found, missing, cure, otherwise = 'bad' }) =>
  isGood ? { name, state: 'ok', found } : { name, state: otherwise, found: missing, cure }

/** @returns {Finding} */
const systemNode = () =>
  finding('Node for set-up', nodeMajor >= OLDEST_NODE, {
    found: process.version,
    missing: process.version,
    cure: `install Node ${OLDEST_NODE} or newer: https://nodejs.org/en/download`,
  })

/** @returns {Finding} */
const packages = () =>
  finding('npm packages', areDependenciesInstalled(), {
    found: 'as in package-lock.json',
    missing: 'not those of package-lock.json',
    cure: SETUP,
  })

/** @returns {Finding} */
const projectNode = () =>
  finding('Node of the project', exitCodeOf(node24, ['--version']) === 0, {
    found: 'node_modules/.bin/node',
    missing: 'missing',
    cure: SETUP,
  })

/** @param {NodeJS.ProcessEnv} env @returns {Finding} */
const worker = (env) => {
  const words = { missing: 'missing, or it does not start here', cure: SETUP }
  try {
    const isReady = isWorkerReady(env)
    return finding('SFU worker', isReady, { ...words, found: isReady ? workerPath(env) : '' })
  } catch (error) {
    return finding('SFU worker', false, { ...words, found: '', missing: String(error) })
  }
}

/** @param {string} name @param {string | undefined} file @param {string} without @returns {Finding} */
const tool = (name, file, without) => {
  const words = { found: file ?? '', missing: `missing; ${without}`, cure: installCure(name) }
  return finding(name, file !== undefined, { ...words, otherwise: 'warn' })
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<Finding>} */
const database = async (env) => {
  const name = 'Database'
  const url = env.DATABASE_URL
  if (!url) {
    const words = { found: 'embedded PostgreSQL', missing: 'not made yet', cure: SETUP }
    return finding(name, isPrepared(), words)
  }
  // The client that asks is one of the packages.
  if (!areDependenciesInstalled()) return { name, state: 'warn', found: 'not asked', cure: SETUP }
  const fault = await tryDatabase(url)
  const cure = 'start it, or correct DATABASE_URL'
  const missing = `${withoutPassword(url)}: ${fault?.message}`
  return finding(name, !fault, { found: withoutPassword(url), missing, cure })
}

/** @param {import('./settings.mjs').Settings} settings @returns {Promise<Finding[]>} */
const ports = (settings) =>
  Promise.all(
    [...portsOf(settings), ...(settings.DATABASE_URL ? [] : [postgresPort()])].map(async (port) => {
      const { owner, protocol, setting } = port
      const name = `Port ${port.port} ${protocol.toUpperCase()} (${owner})`
      const cure = `stop what uses it (ss -lntup) — perhaps Vis-à-vis itself — or set ${setting}`
      const words = { found: 'free', missing: 'taken', cure }
      return finding(name, await isPortFree(port), { ...words, otherwise: 'warn' })
    }),
  )

/** @param {string} name @param {string} folder @param {number} neededMb @returns {Finding[]} */
const space = (name, folder, neededMb) => {
  if (!existsSync(folder)) return []
  const { bavail, bsize } = statfsSync(folder)
  const freeMb = Math.round((bavail * bsize) / BYTES_PER_MB)
  const found = `${freeMb} MB free`
  const cure = `free ${neededMb} MB in ${folder}`
  return [finding(name, freeMb >= neededMb, { found, missing: found, cure, otherwise: 'warn' })]
}

/** @returns {Finding[]} */
const certificate = () => {
  const files = certificateFiles()
  if (!existsSync(files.certFile)) return []
  const words = {
    found: 'for this machine’s addresses',
    missing: 'for other addresses, or ending soon',
    cure: 'npm start -- --lan makes a new one',
  }
  return [
    finding('Certificate for --lan', isCertificateGood(lanAddresses(), files), {
      ...words,
      otherwise: 'warn',
    }),
  ]
}

/** @param {import('./settings.mjs').Settings} settings @returns {Finding} */
const staffSignIn = (settings) =>
  finding('Staff sign in', staffSignInOf(settings) === 'passkey', {
    found: 'by passkey',
    missing: 'by password alone (demo): never with real people',
    cure: 'STAFF_SIGN_IN=passkey, then npm run account:code -- LOGIN for the first administrator',
    otherwise: 'warn',
  })

/**
 * Looks at everything that Vis-à-vis needs of this machine; changes nothing.
 * @param {NodeJS.ProcessEnv} env @param {import('./settings.mjs').Settings} settings
 * @returns {Promise<Finding[]>}
 */
export const examine = async (env, settings) => [
  systemNode(),
  packages(),
  projectNode(),
  worker(env),
  await database(env),
  tool('ffmpeg', findFfmpeg(env), 'recordings have no side-by-side copies and waveforms'),
  ...ffmpegFindings(findFfmpeg(env)),
  tool('chromium', findChromium(env), 'no tests in a browser'),
  tool('openssl', findOpenssl(), 'no --lan'),
  ...certificate(),
  staffSignIn(settings),
  ...signingKeyFindings(env),
  ...auditKeyFindings(env, settings.PUBLIC_ORIGIN ?? 'http://localhost:3000'),
  ...keyFindings(settings),
  ...(await turnFindings(env)),
  ...(await ports(settings)),
  ...space('Disk', root, DISK_NEEDED_GB * 1024),
  ...space('Shared memory', '/dev/shm', SHARED_MEMORY_NEEDED_MB),
]
