import { spawn } from 'node:child_process'
import { inRoot, node24 } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'

/** Checks at the same time: one fills a core, and the largest wants three and a half gigabytes. */
const LANES = 2

/** @typedef {{name: string, file: string, args: string[]}} Check file: within node_modules, or a script of ours */

const SOURCES = ['server', 'recordings', 'prisma', 'tests', 'web-client', 'kiosk-client']

/** @param {string} half of the sources @returns {Check} */
const typesAndLint = (half) => ({
  name: `types and lint (${half})`,
  file: '../scripts/types-and-lint.mjs',
  args: [half],
})

/**
 * What CI runs beside the tests, the longest first so that neither lane ends late.
 * @type {Check[]}
 */
const CHECKS = [
  typesAndLint('all but the clients'),
  typesAndLint('clients'),
  { name: 'format', file: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  {
    name: 'types (scripts)',
    file: 'typescript/bin/tsc',
    args: ['--noEmit', '-p', 'scripts/tsconfig.json'],
  },
  { name: 'packages', file: '../scripts/packages.mjs', args: [] },
  {
    name: 'dependency directions',
    file: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.mjs', ...SOURCES],
  },
]

/** @param {Check} check @returns {Promise<{isGood: boolean, output: string, tookMs: number}>} */
const runCheck = ({ file, args }) =>
  new Promise((resolve) => {
    const startedMs = performance.now()
    const child = spawn(node24, [inRoot('node_modules', file), ...args], {
      cwd: inRoot(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part) => (output += part))
    }
    child.on('close', (code) =>
      resolve({ isGood: code === 0, output, tookMs: performance.now() - startedMs }),
    )
  })

/** Takes checks until none is left; says each when it is done. @param {Check[]} queue @returns {Promise<boolean>} all good */
const runLane = async (queue) => {
  let isAllGood = true
  for (let check = queue.shift(); check; check = queue.shift()) {
    const { isGood, output, tookMs } = await runCheck(check)
    console.log(`${isGood ? '✓' : '✗'} ${check.name} (${(tookMs / 1000).toFixed(1)} s)`)
    if (!isGood) console.log(output.trimEnd())
    isAllGood &&= isGood
  }
  return isAllGood
}

const main = async () => {
  const queue = [...CHECKS]
  const lanes = await Promise.all(Array.from({ length: LANES }, () => runLane(queue)))
  return lanes.every(Boolean) ? 0 : 1
}

await runMain(main)
