import { readFileSync } from 'node:fs'
import { createVitest } from 'vitest/node'
import { mutantsOf, mutated } from './mutants.mjs'
import { inRoot } from './paths.mjs'

/** @typedef {{modules: string[], tests: string[], from: number}} Work */

/** What stands in place of which module now. @type {{path: string, source: string} | null} */
let now = null

const swap = {
  name: 'one-mutant',
  enforce: /** @type {const} */ ('pre'),
  /** @param {string} id */
  load: (id) => (now !== null && id.split('?')[0] === now.path ? now.source : null),
}

/** Long: on a busy machine a slow test is no noticed mutant. */
const TEST_MS = 60_000

/** @param {string[]} tests */
const openVitest = (tests) =>
  createVitest(
    'test',
    {
      ...{ config: false, root: inRoot(), include: tests, watch: false, passWithNoTests: false },
      ...{ maxWorkers: 1, bail: 1, reporters: [{}], testTimeout: TEST_MS, hookTimeout: TEST_MS },
    },
    { plugins: [swap] },
  )

/** @param {Work} work */
const run = async ({ modules, tests, from }) => {
  const vitest = await openVitest(tests)
  const specifications = await vitest.globTestSpecifications()
  const isNoticed = async () => {
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
    return unhandledErrors.length > 0 || testModules.some((module) => !module.ok())
  }
  if (from === 0 && (await isNoticed())) throw new Error('the tests fail without any mutant')
  const all = modules.flatMap((module) => {
    const source = readFileSync(inRoot(module), 'utf8')
    return mutantsOf(source).map((mutant) => ({ module, source, mutant }))
  })
  for (const [at, { module, source, mutant }] of all.entries()) {
    if (at < from) continue
    process.send?.({ at, of: all.length, module, ...mutant, isNoticed: null })
    now = { path: inRoot(module), source: mutated(source, mutant) }
    vitest.invalidateFile(now.path)
    const noticed = await isNoticed()
    vitest.invalidateFile(now.path)
    process.send?.({ at, of: all.length, module, ...mutant, isNoticed: noticed })
  }
  await vitest.close()
}

process.once('message', (work) => {
  run(/** @type {Work} */ (work)).then(
    () => process.exit(0),
    (error) => {
      console.error(error)
      process.exit(1)
    },
  )
})
