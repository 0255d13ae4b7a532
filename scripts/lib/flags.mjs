import { parseArgs } from 'node:util'
import { Problem } from './problem.mjs'

/**
 * @template {import('node:util').ParseArgsConfig['options']} T
 * @param {T} options @param {string} usage shown when the command line is not understood
 */
export const parseFlags = (options, usage, args = process.argv.slice(2)) => {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw misunderstood(error, usage)
  }
}

/**
 * The same for a command that is also told something without a flag.
 * @template {import('node:util').ParseArgsConfig['options']} T
 * @param {T} options @param {string} usage shown when the command line is not understood
 */
export const parseCommand = (options, usage, args = process.argv.slice(2)) => {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true })
  } catch (error) {
    throw misunderstood(error, usage)
  }
}

/** @param {unknown} error @param {string} usage */
const misunderstood = (error, usage) =>
  new Problem(error instanceof Error ? error.message : String(error), `Usage: ${usage}`)
