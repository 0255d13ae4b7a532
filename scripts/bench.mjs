import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { inRoot } from './lib/paths.mjs'
import { Problem, runMain } from './lib/problem.mjs'
import { runWithTestDatabase } from './lib/test-environment.mjs'

const FOLDER = inRoot('tests/bench')
const SUFFIX = '.bench.ts'

/** @returns {string} the names that can be asked for */
const names = () =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .join(', ')

/** @param {string | undefined} name @returns {string} the bench's file */
const fileOf = (name) => {
  const file = path.join(FOLDER, `${name ?? ''}${SUFFIX}`)
  if (name && existsSync(file)) return file
  throw new Problem(
    name ? `There is no bench called ${name}.` : 'Which bench?',
    `npm run bench -- NAME, where NAME is one of: ${names()}`,
  )
}

const [name, ...args] = process.argv.slice(2)
await runMain(() => runWithTestDatabase(fileOf(name), args))
