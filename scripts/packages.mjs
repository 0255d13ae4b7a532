import { readFileSync } from 'node:fs'
import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/problem.mjs'
import { installScriptFaults, lockFaults } from './lib/supply-chain.mjs'

/** Whether the packages are those that somebody chose; part of `npm run check`. */
const main = async () => {
  /** @param {string} file */
  const read = (file) => JSON.parse(readFileSync(inRoot(file), 'utf8'))
  const { packages } = read('package-lock.json')
  const explained = read('scripts/supply-chain/install-scripts.json')
  const faults = [...lockFaults(packages), ...installScriptFaults(packages, explained)]
  for (const fault of faults) console.log(fault)
  return faults.length === 0 ? 0 : 1
}

await runMain(main)
