import path from 'node:path'
import { loadEnvironment } from './lib/dot-env.mjs'
import { parseFlags } from './lib/flags.mjs'
import { inRoot, stateDir } from './lib/paths.mjs'
import { Problem, runMain } from './lib/problem.mjs'
import { readRunState } from './lib/run-state.mjs'

const USAGE =
  'npm run policy:what-if -- --facility NAME --set visitMinutes=30 [--set noticeDays=1 …] [--state-dir FOLDER]'

const OPTIONS = /** @type {const} */ ({
  facility: { type: 'string' },
  set: { type: 'string', multiple: true },
  'state-dir': { type: 'string', default: stateDir },
})

/** @param {string} stateFolder @returns {string} the database that is set, or of what runs from here */
const databaseUrl = (stateFolder) => {
  const url = loadEnvironment().DATABASE_URL || readRunState(stateFolder)?.urls.database
  if (url) return url
  throw new Problem(
    'There is no database to ask: DATABASE_URL is not set, and nothing runs from this checkout.',
    'Start Vis-à-vis (npm start) or set DATABASE_URL.',
  )
}

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
  const url = databaseUrl(path.resolve(flags['state-dir']))
  const { createDatabase } = await import('@visavis/prisma')
  const { whatIf } = await import(inRoot('server/src/modules/policy/what-if.ts'))
  const db = createDatabase(url, { applicationName: 'visavis-what-if', poolSize: 1 })
  try {
    process.stdout.write(await whatIf(db, { facility, settings }))
  } catch (error) {
    throw asProblem(error)
  } finally {
    await db.$disconnect()
  }
}

await runMain(main)
