import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runGroup } from './lib/group-run.mjs'
import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { onEndSignals } from './lib/signals.mjs'
import { provideTestDatabase, testEnvironment } from './lib/test-environment.mjs'
import { judgeRun, resultLines } from './lib/test-report.mjs'

/** Projects of which some files run two at a time, and the rest alone (vitest.config.ts). */
const IN_HALVES = ['media', 'e2e']

/** Whoever names such a project means both of its halves. @param {string[]} args @returns {string[]} */
const withBothHalves = (args) =>
  args.flatMap((arg, at) => {
    const isInHalves = args[at - 1] === '--project' && IN_HALVES.includes(arg)
    return isInHalves ? [arg, '--project', `${arg}-in-pairs`] : [arg]
  })

/** @param {string} reportFile @returns {string[]} */
const vitestArgs = (reportFile) => [
  inRoot('node_modules/vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
  ...withBothHalves(process.argv.slice(2)),
]

/** @param {string} file */
const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {string} databaseUrl @param {AbortSignal} interrupted @returns {Promise<number>} */
const runTests = async (databaseUrl, interrupted) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'visavis-test-'))
  const reportFile = path.join(folder, 'report.json')
  const env = testEnvironment(databaseUrl)
  const exitCode = await runGroup(vitestArgs(reportFile), { env, interrupted })
  const counts = judgeRun(readReport(reportFile), exitCode)
  rmSync(folder, { recursive: true, force: true })
  console.log(resultLines(counts))
  return counts.failed === 0 ? 0 : 1
}

const main = async () => {
  const interruption = new AbortController()
  onEndSignals({ onFirst: () => interruption.abort(), onSecond: () => undefined })
  const database = await provideTestDatabase()
  try {
    return await runTests(database.url, interruption.signal)
  } finally {
    await database.stop()
  }
}

await runMain(main)
