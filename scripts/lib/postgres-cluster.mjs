import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { postgresHome } from './paths.mjs'
import { postgresBinaries } from './postgres-files.mjs'
import { postgresUser } from './postgres-user.mjs'
import { Problem } from './problem.mjs'
import { mustRun } from './run-command.mjs'
import { newSecret } from './secrets.mjs'

/** The database that `npm start` works in. */
export const DATABASE_NAME = 'visavis'

/** PostgreSQL refuses a data folder that others can enter. */
const PRIVATE_DIR_MODE = 0o700

/** Where the data of `npm start` is. */
export const defaultDataDir = path.join(postgresHome, 'data')

/** @param {string} dataDir @returns {string} the superuser's password, kept beside the data */
export const readPassword = (dataDir) => readFileSync(`${dataDir}.password`, 'utf8').trim()

/**
 * @param {string} [dataDir] @returns {boolean}
 * @throws {Problem} when there is data without its password: never made anew over people's data
 */
export const isPrepared = (dataDir = defaultDataDir) => {
  if (!existsSync(dataDir)) return false
  if (existsSync(`${dataDir}.password`)) return true
  throw new Problem(
    `${dataDir}.password, the key to the database beside it, is missing.`,
    `Restore it, or give the data up: rm -r ${dataDir}`,
  )
}

/** @param {string} folder @param {{uid?: number, gid?: number}} owner */
const makeFolder = (folder, { uid, gid }) => {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_DIR_MODE })
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
}

/** @param {{dataDir: string, passwordFile: string, isThrowAway: boolean}} cluster */
const initdbArgs = ({ dataDir, passwordFile, isThrowAway }) => [
  `--pgdata=${dataDir}`,
  '--username=postgres',
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // Built in, so that sorting and upper case are the same on every system, whatever it has installed.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-locale',
  ...(isThrowAway ? ['--no-sync'] : []),
]

/**
 * Makes the data folder with the database in it, unless it is there.
 * @param {{dataDir?: string, isThrowAway?: boolean}} [options]
 */
export const preparePostgres = async ({ dataDir = defaultDataDir, isThrowAway = false } = {}) => {
  const binaries = postgresBinaries()
  if (isPrepared(dataDir)) return
  const user = await postgresUser()
  makeFolder(path.dirname(dataDir), user)
  const partial = `${dataDir}.${process.pid}`
  const passwordFile = `${dataDir}.password`
  writeFileSync(passwordFile, `${newSecret()}\n`, { mode: 0o600 })
  if (user.uid !== undefined && user.gid !== undefined) chownSync(passwordFile, user.uid, user.gid)
  removeLeftovers(dataDir)
  const options = { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } }
  const args = initdbArgs({ dataDir: partial, passwordFile, isThrowAway })
  await mustRun(path.join(binaries, 'bin/initdb'), args, options)
  await createDatabase(binaries, partial, options)
  // In place only when complete: an interrupted set-up leaves nothing that looks like a database.
  renameSync(partial, dataDir)
}

/** What an interrupted set-up began. @param {string} dataDir */
const removeLeftovers = (dataDir) => {
  const begun = new RegExp(`^${path.basename(dataDir)}\\.\\d+$`)
  for (const name of readdirSync(path.dirname(dataDir)).filter((entry) => begun.test(entry))) {
    rmSync(path.join(path.dirname(dataDir), name), { recursive: true, force: true })
  }
}

/**
 * Single-user mode needs no port, no password and no client.
 * @param {string} binaries @param {string} dataDir
 * @param {import('./run-command.mjs').CommandOptions} options
 */
const createDatabase = async (binaries, dataDir, options) => {
  const input = `CREATE DATABASE ${DATABASE_NAME}\n`
  const args = ['--single', '-D', dataDir, 'postgres']
  await mustRun(path.join(binaries, 'bin/postgres'), args, { ...options, input })
}
