import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { postgresHome } from './paths.mjs'
import { anyFreePort } from './ports.mjs'
import { isPostgresRoutine, postgresUrl, startPostgres, stopStalePostgres } from './postgres.mjs'
import { isAlive } from './processes.mjs'

const PREFIX = 'test-'

/** Data folders of test runs that were killed. @returns {Promise<void>} */
const removeAbandoned = async () => {
  for (const name of namesIn(postgresHome)) {
    const owner = Number(name.match(/^test-(\d+)$/)?.[1])
    if (owner && !isAlive(owner)) await removeData(path.join(postgresHome, name))
  }
}

/** @param {string} folder @returns {string[]} */
const namesIn = (folder) => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** @param {string} dataDir */
const removeData = async (dataDir) => {
  await stopStalePostgres(dataDir)
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(`${dataDir}.password`, { force: true })
}

/**
 * A PostgreSQL for one test run, empty, on a port of its own; gone with its data after stop().
 * @param {{isThrowAway?: boolean, port?: number}} [given] isThrowAway false: with the product's settings,
 *   for tests that crash it; these also choose a port that nobody takes while it is down
 * @returns {Promise<{url: string, pid: () => number | undefined, stop: () => Promise<void>}>}
 *   url: the superuser's, for making databases
 */
export const startTestPostgres = async ({ isThrowAway = true, port } = {}) => {
  await removeAbandoned()
  const dataDir = path.join(postgresHome, `${PREFIX}${process.pid}`)
  const options = { port: port ?? (await anyFreePort()), dataDir, isThrowAway }
  /** @param {string} name @param {string} line */
  const onLine = (name, line) => {
    // One that is crashed tells each caller that it is not there yet.
    const isRoutine = isPostgresRoutine(line) || (!isThrowAway && line.includes('FATAL: '))
    if (!isRoutine) console.error(`${name}: ${line}`)
  }
  const unit = await startPostgres(options, { onLine })
  // Whoever ends without stop() leaves the data to removeAbandoned, but no process.
  process.once('exit', unit.kill)
  await unit.ready
  const stop = async () => {
    process.off('exit', unit.kill)
    await unit.stop()
    await removeData(dataDir)
  }
  return { url: postgresUrl({ ...options, database: 'postgres' }), pid: unit.pid, stop }
}
