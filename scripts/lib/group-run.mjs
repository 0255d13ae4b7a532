import { spawn } from 'node:child_process'
import { signalGroup } from './child-process.mjs'
import { inRoot, node24 } from './paths.mjs'

/** Long enough to close browsers and a whole product in order; then it is no longer waited for. */
const END_GRACE_MS = 12_000

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} exit code */
const endOf = (child) =>
  new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })

/**
 * Runs a program of ours in a process group of its own, so that nothing it has started outlives it: an
 * interruption asks the whole group to end in order, and what is left after that is ended at once.
 * @param {readonly string[]} args Node's: the file and what it is told
 * @param {{env: NodeJS.ProcessEnv, interrupted: AbortSignal, graceMs?: number}} options
 * @returns {Promise<number>} its exit code; 1 when a signal has ended it, or it could not be started
 */
export const runGroup = async (args, { env, interrupted, graceMs = END_GRACE_MS }) => {
  if (interrupted.aborted) return 1
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', 'inherit', 'inherit']
  const child = spawn(node24, args, { cwd: inRoot(), env, stdio, detached: true })
  /** @param {NodeJS.Signals} signal */
  const tell = (signal) => child.pid !== undefined && signalGroup(child.pid, signal)
  const end = () => {
    tell('SIGTERM')
    setTimeout(() => tell('SIGKILL'), graceMs).unref()
  }
  const endAtOnce = () => tell('SIGKILL')
  interrupted.addEventListener('abort', end)
  // A second interruption waits for nothing.
  process.once('exit', endAtOnce)
  const exitCode = await endOf(child)
  interrupted.removeEventListener('abort', end)
  process.off('exit', endAtOnce)
  endAtOnce()
  return exitCode
}
