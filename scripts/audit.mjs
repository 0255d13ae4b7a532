import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { findingsOf, unexplained } from './lib/supply-chain.mjs'

const PATIENCE_MS = 120_000
const ROOM_BYTES = 64 * 1024 * 1024

/**
 * Asks the registry what is known against our packages, and says what nobody has accepted with a reason in
 * scripts/supply-chain/accepted-findings.json. Where the registry cannot be asked, it says that and no more.
 */
const main = async () => {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    cwd: inRoot(),
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: ROOM_BYTES,
  })
  const report = parsed(stdout)
  if (report === null || 'error' in report || !('vulnerabilities' in report)) {
    console.log('The registry could not be asked for advisories; nothing was checked.')
    return 0
  }
  const found = findingsOf(report)
  const accepted = JSON.parse(
    readFileSync(inRoot('scripts/supply-chain/accepted-findings.json'), 'utf8'),
  )
  const open = unexplained(found, accepted, new Date())
  for (const { id, package: name, severity, title } of open) {
    console.log(`✗ ${severity}: ${name}: ${title} (${id})`)
  }
  console.log(`${found.length} known, ${found.length - open.length} accepted, ${open.length} open`)
  return open.length === 0 ? 0 : 1
}

/** @param {string} text @returns {any} null: no JSON */
const parsed = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

await runMain(main)
