// Makes a fresh clone ready. It runs before anything is installed, on the system's Node, so neither
// it nor what it imports may use a package or a feature newer than Node 20.
import { requirePlatform } from './lib/dependencies.mjs'
import { loadEnvironment } from './lib/dot-env.mjs'
import { parseFlags } from './lib/flags.mjs'
import { runMain } from './lib/problem.mjs'
import { endCommandsOnSignal } from './lib/run-command.mjs'
import { setupSteps } from './lib/setup-steps.mjs'
import { runSteps } from './lib/steps.mjs'

const USAGE = 'node scripts/setup.mjs [--with-browser] [--no-clients] [--quiet]'

const FLAGS = /** @type {const} */ ({
  'with-browser': { type: 'boolean', default: false },
  'no-clients': { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
})

const main = async () => {
  requirePlatform()
  endCommandsOnSignal()
  const flags = parseFlags(FLAGS, USAGE)
  const options = { withBrowser: flags['with-browser'], withClients: !flags['no-clients'] }
  await runSteps(setupSteps({ env: loadEnvironment(), ...options }), { quiet: flags.quiet })
}

await runMain(main)
