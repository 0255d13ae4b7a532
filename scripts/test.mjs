import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { signalGroup } from './lib/child-process.mjs'
import { inRoot, node24 } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { onEndSignals } from './lib/signals.mjs'
import { provideTestDatabase, testEnvironment } from './lib/test-environment.mjs'
import { judgeRun, resultLines } from './lib/test-report.mjs'

/** vitest closes browsers and workers when asked to end; then it is no longer waited for. */
const END_GRACE_MS = 8_000

/** @param {string} reportFile @param {NodeJS.ProcessEnv} env */
const startVitest = (reportFile, env) => {
  const vitest = inRoot('node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  const args = [vitest, 'run', ...reporters, ...process.argv.slice(2)]
  // A group of its own, so that what it leaves behind can be ended with it.
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', 'inherit', 'inherit']
  return spawn(node24, args, { cwd: inRoot(), env, stdio, detached: true })
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} exit code */
const endOf = (child) =>
  new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })

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
  const child = startVitest(reportFile, testEnvironment(databaseUrl))
  const group = child.pid ?? 0
  const end = () => {
    signalGroup(group, 'SIGTERM')
    setTimeout(() => signalGroup(group, 'SIGKILL'), END_GRACE_MS).unref()
  }
  interrupted.addEventListener('abort', end)
  if (interrupted.aborted) end()
  const exitCode = await endOf(child)
  signalGroup(group, 'SIGKILL')
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
