import { existsSync, readFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/

/** @param {string} raw @returns {string} without its quotes, or without the comment after it */
const unquote = (raw) => {
  const quoted = raw.match(/^"(.*?)"(?:\s+#.*)?$/) ?? raw.match(/^'(.*?)'(?:\s+#.*)?$/)
  return quoted?.[1] ?? raw.replace(/(^|\s+)#.*$/, '')
}

/**
 * Reads `NAME=value` lines; comments, empty lines and `export ` are allowed, nothing is expanded.
 * @param {string} text @returns {Record<string, string>} names with an empty value are left out
 */
export const parseDotEnv = (text) => {
  const pairs = text.split(/\r?\n/).flatMap((line) => {
    const [, name = '', raw = ''] = line.match(ASSIGNMENT) ?? []
    const value = name && !line.trimStart().startsWith('#') ? unquote(raw) : ''
    return value ? [[name, value]] : []
  })
  return Object.fromEntries(pairs)
}

/**
 * The process's environment over the checkout's .env file. A test's is left as it is: what a developer
 * has set for themselves must not decide how a test comes out.
 * @returns {NodeJS.ProcessEnv}
 */
export const loadEnvironment = (file = inRoot('.env')) => {
  const isTest = process.env.NODE_ENV === 'test'
  if (isTest || !existsSync(file)) return process.env
  return { ...parseDotEnv(readFileSync(file, 'utf8')), ...process.env }
}
