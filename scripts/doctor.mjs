// Tells what keeps Vis-à-vis from running on this machine. Works before anything is installed.
import { examine } from './lib/doctor-checks.mjs'
import { loadEnvironment } from './lib/dot-env.mjs'
import { runMain } from './lib/problem.mjs'
import { reachDefaults } from './lib/settings.mjs'

const MARKS = { ok: '✓', warn: '!', bad: '✗' }

/** @param {import('./lib/doctor-checks.mjs').Finding} finding @param {number} width */
const show = ({ name, state, found, cure }, width) => {
  console.log(`${MARKS[state]} ${name.padEnd(width)}  ${found}`)
  if (cure) console.log(`  ${' '.repeat(width)}  → ${cure}`)
}

const main = async () => {
  const env = loadEnvironment()
  const findings = await examine(env, { ...reachDefaults(env), ...env })
  const width = Math.max(...findings.map(({ name }) => name.length))
  for (const finding of findings) show(finding, width)
  const bad = findings.filter(({ state }) => state === 'bad').length
  console.log(bad === 0 ? '\nNothing needed is missing.' : `\n${bad} needed, and missing.`)
  return bad === 0 ? 0 : 1
}

await runMain(main)
