import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { sendSignal } from './processes.mjs'

/** For what a process wrote last to arrive; its own children may keep the pipes open for longer. */
const LAST_WORDS_MS = 300

/**
 * How to run one process.
 * @typedef {object} ProcessSpec
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [cwd]
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {(pid: number) => Promise<boolean>} isReady
 * @property {boolean} [hasChannel] Node processes get an IPC channel and exit when it closes, so
 *   that none outlives this process, however that one ends
 * @property {NodeJS.Signals} [stopSignal] asks for an orderly end; SIGTERM when not given
 * @property {NodeJS.Signals} [killSignal] ends it at once; SIGKILL when not given
 */

/** @param {ProcessSpec} spec @returns {import('node:child_process').ChildProcess} */
export const spawnProcess = ({ command, args, env, cwd, uid, gid, hasChannel }) =>
  spawn(command, args, {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    // A group of its own: Ctrl-C then reaches only the supervisor, which ends things in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(hasChannel ? /** @type {const} */ (['ipc']) : [])],
  })

/** Signals a process and all that it has started. @param {number} pid @param {NodeJS.Signals} signal */
export const signalGroup = (pid, signal) => sendSignal(-pid, signal)

/** @param {import('node:child_process').ChildProcess} child @param {(line: string) => void} onLine */
export const readLines = (child, onLine) => {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine)
  }
}

/**
 * Calls back when the process has ended and its last lines have been read.
 * @param {import('node:child_process').ChildProcess} child
 * @param {(code: number | null, signal: NodeJS.Signals | null) => void} onEnd called once
 */
export const whenEnded = (child, onEnd) => {
  child.once('exit', (code, signal) => {
    const end = () => {
      clearTimeout(timer)
      child.off('close', end)
      onEnd(code, signal)
    }
    const timer = setTimeout(end, LAST_WORDS_MS)
    child.once('close', end)
  })
}
