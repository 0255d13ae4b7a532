import path from 'node:path'
import { databaseAtHand, personKeysAtHand } from './lib/database.mjs'
import { parseFlags } from './lib/flags.mjs'
import { inRoot, stateDir } from './lib/paths.mjs'
import { Problem, runMain } from './lib/problem.mjs'

const USAGE =
  'npm run policy:what-if -- --facility NAME --set visitMinutes=30 [--set noticeDays=1 …] [--state-dir FOLDER]'

const OPTIONS = /** @type {const} */ ({
  facility: { type: 'string' },
  set: { type: 'string', multiple: true },
  'state-dir': { type: 'string', default: stateDir },
})

/** @param {unknown} error @returns {unknown} a refusal of what was typed as a problem with its cure */
const asProblem = (error) => {
  const { context } = /** @type {{context?: {fields?: {cure: string}[]}}} */ (error)
  const cure = context?.fields?.[0]?.cure
  return cure === undefined ? error : new Problem('That cannot be tried out.', cure)
}

const main = async () => {
  const flags = parseFlags(OPTIONS, USAGE)
  const { facility, set: settings = [] } = flags
  if (!facility) throw new Problem('Which facility?', USAGE)
  const stateFolder = path.resolve(flags['state-dir'])
  const url = databaseAtHand(stateFolder)
  const { createDatabase } = await import('@visavis/prisma')
  const { whatIf } = await import(inRoot('server/src/modules/policy/what-if.ts'))
  const db = createDatabase(url, {
    ...{ applicationName: 'visavis-what-if', poolSize: 1 },
    personKeys: personKeysAtHand(stateFolder),
  })
  try {
    process.stdout.write(await whatIf(db, { facility, settings }))
  } catch (error) {
    throw asProblem(error)
  } finally {
    await db.$disconnect()
  }
}

await runMain(main)
