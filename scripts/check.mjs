import { spawn } from 'node:child_process'
import { inRoot, node24 } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'

/** @typedef {{name: string, file: string, args: string[]}} Check */

/** @param {string} project @returns {Check} */
const types = (project) => ({
  name: `types (${project})`,
  file: 'typescript/bin/tsc',
  args: ['--noEmit', '-p', project],
})

const SOURCES = ['server', 'recordings', 'prisma', 'web-client', 'kiosk-client', 'tests']

/** @type {Check[]} what CI runs before the tests */
const CHECKS = [
  { name: 'format', file: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  types('tsconfig.json'),
  types('tsconfig.web.json'),
  types('scripts/tsconfig.json'),
  { name: 'lint', file: 'eslint/bin/eslint.js', args: ['--max-warnings', '0', '.'] },
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

const main = async () => {
  let hasFailed = false
  for (const check of CHECKS) {
    const { isGood, output, tookMs } = await runCheck(check)
    console.log(`${isGood ? '✓' : '✗'} ${check.name} (${(tookMs / 1000).toFixed(1)} s)`)
    if (!isGood) console.log(output.trimEnd())
    hasFailed ||= !isGood
  }
  return hasFailed ? 1 : 0
}

await runMain(main)
