import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { waitUntil } from './health.mjs'
import {
  DATABASE_NAME,
  defaultDataDir,
  preparePostgres,
  readPassword,
} from './postgres-cluster.mjs'
import { postgresBinaries } from './postgres-files.mjs'
import { postgresUser } from './postgres-user.mjs'
import { Problem } from './problem.mjs'
import { commandLineOf, isAlive, sendSignal } from './processes.mjs'
import { supervise } from './supervisor.mjs'

/** The embedded PostgreSQL's port; far from 5432, where a PostgreSQL of the system listens. */
export const POSTGRES_PORT = 54_329

/** The embedded PostgreSQL's port, as something to check. @param {number} [port] @returns {import('./ports.mjs').Port} */
export const postgresPort = (port = POSTGRES_PORT) => ({
  owner: 'embedded PostgreSQL',
  port,
  host: '127.0.0.1',
  protocol: 'tcp',
  setting: '`npm start -- --postgres-port NUMBER`, or DATABASE_URL for a PostgreSQL of your own',
})

/** A postmaster without clients stops in well under a second. */
const STALE_STOP_TIMEOUT_MS = 10_000

/** Line of postmaster.pid with the server's state; pg_ctl waits for the same word. */
const STATE_LINE = 7

/** @param {string} dataDir @returns {string[]} lines; empty when no server has the folder */
const readPidFile = (dataDir) => {
  try {
    return readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** @param {string} dataDir @param {number} pid @returns {boolean} */
const isServing = (dataDir, pid) => {
  const lines = readPidFile(dataDir)
  return Number(lines[0]) === pid && lines[STATE_LINE]?.trim() === 'ready'
}

/**
 * Ends the PostgreSQL that a killed supervisor left behind.
 * @param {string} dataDir
 */
export const stopStalePostgres = async (dataDir) => {
  const pid = Number(readPidFile(dataDir)[0])
  if (!pid) return
  const isOurs = commandLineOf(pid).includes(dataDir)
  if (isOurs) sendSignal(pid, 'SIGINT')
  const isGone = async () => !isOurs || !isAlive(pid)
  if (!(await waitUntil(isGone, { timeoutMs: STALE_STOP_TIMEOUT_MS }))) {
    throw new Problem(`An old PostgreSQL (process ${pid}) does not stop.`, `kill -QUIT ${pid}`)
  }
  // Left by a crash, and its number may by now belong to another program: PostgreSQL would refuse.
  if (!isOurs) rmSync(path.join(dataDir, 'postmaster.pid'), { force: true })
}

/** The log is for what goes wrong in the server; refused statements are the callers' business. */
const QUIET = ['log_min_messages=fatal', 'log_min_error_statement=panic', 'log_checkpoints=off']

/** A crash may lose a throw-away database, and it is three times as fast for it. */
const THROW_AWAY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/** Servers, jobs, tests and a person's psql at the same time. */
const MAX_CONNECTIONS = 200

/** @param {{port: number, isThrowAway: boolean}} options @returns {string[]} */
const serverSettings = ({ port, isThrowAway }) => [
  `port=${port}`,
  'listen_addresses=127.0.0.1',
  // No socket file: the way in is TCP with a password, for every user of the machine alike.
  'unix_socket_directories=',
  `max_connections=${MAX_CONNECTIONS}`,
  'lc_messages=C',
  ...QUIET,
  ...(isThrowAway ? THROW_AWAY : []),
]

/**
 * @param {{port: number, dataDir?: string, isThrowAway?: boolean}} options
 * @returns {Promise<import('./child-process.mjs').ProcessSpec>}
 */
const postgresSpec = async ({ port, dataDir = defaultDataDir, isThrowAway = false }) => ({
  name: 'postgres',
  command: path.join(postgresBinaries(), 'bin/postgres'),
  args: [
    '-D',
    dataDir,
    ...serverSettings({ port, isThrowAway }).flatMap((setting) => ['-c', setting]),
  ],
  env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  cwd: '/',
  ...(await postgresUser()),
  isReady: async (/** @type {number} */ pid) => isServing(dataDir, pid),
  // Fast shutdown: SIGTERM would wait for every client to leave.
  stopSignal: 'SIGINT',
  // Immediate shutdown: its children have groups of their own, which a SIGKILL would not reach.
  killSignal: 'SIGQUIT',
})

/** What a person need not read at every start and stop. @param {string} line @returns {boolean} */
export const isPostgresRoutine = (line) => /\b(LOG|HINT|DETAIL|STATEMENT): /.test(line)

/** @param {{port: number, dataDir?: string, database?: string}} where @returns {string} URL */
export const postgresUrl = ({ port, dataDir = defaultDataDir, database = DATABASE_NAME }) =>
  `postgresql://postgres:${readPassword(dataDir)}@127.0.0.1:${port}/${database}`

/** Whom the server is in the embedded PostgreSQL: not its owner. @param {string} ownerUrl @param {string} password */
export const appDatabaseUrl = (ownerUrl, password) => {
  const url = new URL(ownerUrl)
  url.username = 'visavis_app'
  url.password = password
  return url.href
}

/**
 * Starts the embedded PostgreSQL and keeps it running; `ready` of the result tells when it serves.
 * @param {{port: number, dataDir?: string, isThrowAway?: boolean}} options
 * @param {import('./supervised-unit.mjs').SupervisorEvents} events
 */
export const startPostgres = async (options, events) => {
  const { dataDir = defaultDataDir } = options
  await preparePostgres(options)
  await stopStalePostgres(dataDir)
  return supervise(await postgresSpec(options), events)
}
