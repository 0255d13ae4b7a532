import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/**
 * Whether Linux keeps only the exit code of a process, for a parent that has not asked for it.
 * @param {number} pid @returns {boolean}
 */
const isZombie = (pid) => {
  try {
    // The state follows the name, which is in parentheses and may contain anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') ?? false
  } catch {
    return false
  }
}

/** @param {number} pid @returns {boolean} */
export const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * The command line of a process. A pid alone proves nothing: the system gives numbers out again.
 * @param {number} pid @returns {string} empty when there is no such process
 */
export const commandLineOf = (pid) => {
  // Small Debian images have no `ps`.
  if (!existsSync('/proc/self/cmdline')) return askPs(pid)
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** @param {number} pid @returns {string} */
const askPs = (pid) =>
  spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''

/** @param {number} pid @param {NodeJS.Signals} signal @returns {boolean} false: it was gone */
export const sendSignal = (pid, signal) => {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}
