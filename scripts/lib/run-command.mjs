import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Problem } from './problem.mjs'
import { sendSignal } from './processes.mjs'

/** Enough of a failed command's output to see the reason, little enough to read. */
const TAIL_LINES = 40

/** Groups of commands that run at the moment. @type {Set<number>} */
const groups = new Set()

/** A compiler that nobody waits for any more must not go on for minutes. */
export const endCommandsOnSignal = () => {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      for (const group of groups) sendSignal(-group, 'SIGTERM')
      process.exit(1)
    })
  }
}

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] replaces the environment
 * @property {(line: string) => void} [onLine] called for each line of stdout and stderr
 * @property {string} [input] written to stdin
 * @property {boolean} [detached] a group of its own, which endCommandsOnSignal ends as a whole
 * @property {number} [uid]
 * @property {number} [gid]
 */

/**
 * Runs a command to its end; never rejects for a command that fails.
 * @param {string} command @param {string[]} args @param {CommandOptions} [options]
 * @returns {Promise<{code: number, tail: string}>} code 127 when the command cannot be started
 */
export const runCommand = (command, args, options = {}) =>
  new Promise((resolve) => {
    const { onLine, input, ...spawnOptions } = options
    const stdin = input === undefined ? 'ignore' : 'pipe'
    const child = spawn(command, args, { ...spawnOptions, stdio: [stdin, 'pipe', 'pipe'] })
    if (options.detached && child.pid) groups.add(child.pid)
    /** @type {string[]} */
    const tail = []
    for (const stream of [child.stdout, child.stderr]) {
      if (stream)
        createInterface({ input: stream }).on('line', (line) => {
          tail.push(line)
          if (tail.length > TAIL_LINES) tail.shift()
          onLine?.(line)
        })
    }
    child.stdin?.end(input)
    child.on('error', (error) => resolve({ code: 127, tail: error.message }))
    child.on('close', () => groups.delete(child.pid ?? 0))
    child.on('close', (code) => resolve({ code: code ?? 1, tail: tail.join('\n') }))
  })

/**
 * Like runCommand, and throws a Problem with the end of the output when the command fails.
 * @param {string} command @param {string[]} args
 * @param {CommandOptions & {cure?: string}} [options] cure: what the person can do about a failure
 */
export const mustRun = async (command, args, { cure = '', ...options } = {}) => {
  const { code, tail } = await runCommand(command, args, options)
  if (code === 0) return
  const shown = [path.basename(command), ...args].join(' ')
  throw new Problem(`“${shown}” ended with code ${code}.\n${tail}`, cure)
}

/** @param {string} command @param {string[]} args @returns {number} exit code; 127: not startable */
export const exitCodeOf = (command, args, env = process.env) =>
  spawnSync(command, args, { stdio: 'ignore', env }).status ?? 127

/** @param {string} file @returns {boolean} */
export const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {...string} names @returns {string | undefined} the first of the commands that PATH has */
export const findOnPath = (...names) => {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return candidates.find(isExecutable)
}
