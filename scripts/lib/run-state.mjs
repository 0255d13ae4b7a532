import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Problem } from './problem.mjs'
import { commandLineOf } from './processes.mjs'

/**
 * What runs at the moment, for tests and for people: `run.json` in the state folder.
 * @typedef {object} RunState
 * @property {number} supervisor pid
 * @property {boolean} isReady everything has been up at once, and the addresses were printed
 * @property {Record<string, number | null>} pids null while a process is being started again
 * @property {Record<string, number>} ports
 * @property {Record<string, string>} urls the database's contains its password: the file is private
 */

/** @param {string} folder */
const runFile = (folder) => path.join(folder, 'run.json')

/** @param {string} folder @returns {RunState | undefined} */
export const readRunState = (folder) => {
  try {
    return JSON.parse(readFileSync(runFile(folder), 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {string} folder @param {RunState} state */
export const writeRunState = (folder, state) => {
  mkdirSync(folder, { recursive: true })
  const partial = `${runFile(folder)}.${process.pid}`
  writeFileSync(partial, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(partial, runFile(folder))
}

/** @param {string} folder */
export const removeRunState = (folder) => rmSync(runFile(folder), { force: true })

/** @param {string} folder @throws {Problem} when this checkout runs already */
export const refuseSecondRun = (folder) => {
  const supervisor = readRunState(folder)?.supervisor
  if (!supervisor || !commandLineOf(supervisor).includes('start.mjs')) return
  throw new Problem(
    `Vis-à-vis runs from this checkout already (process ${supervisor}).`,
    `Use that one, or stop it first: kill ${supervisor}`,
  )
}
