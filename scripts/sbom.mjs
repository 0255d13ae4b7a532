import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parseFlags } from './lib/flags.mjs'
import { inRoot } from './lib/paths.mjs'
import { Problem, runMain } from './lib/problem.mjs'
import { reproducible } from './lib/supply-chain.mjs'

const USAGE = 'npm run sbom -- [--out FILE]'
const FLAGS = /** @type {const} */ ({ out: { type: 'string', default: 'sbom.json' } })
const ROOM_BYTES = 64 * 1024 * 1024
const ARGS = [
  'sbom',
  '--sbom-format',
  'cyclonedx',
  '--sbom-type',
  'application',
  '--package-lock-only',
]

/** Writes what the product is made of (CycloneDX), from the lock file alone: the same file for the same packages. */
const main = async () => {
  const { out } = parseFlags(FLAGS, USAGE)
  const { stdout, status, stderr } = spawnSync('npm', ARGS, {
    cwd: inRoot(),
    encoding: 'utf8',
    maxBuffer: ROOM_BYTES,
  })
  if (status !== 0) throw new Problem('npm could not make the bill of materials.', stderr.trim())
  const bill = reproducible(JSON.parse(stdout))
  writeFileSync(inRoot(out), `${JSON.stringify(bill, null, 2)}\n`)
  console.log(`${out}: ${/** @type {{components: unknown[]}} */ (bill).components.length} packages`)
}

await runMain(main)
