import path from 'node:path'
import { databaseAtHand, personKeysAtHand } from './lib/database.mjs'
import { loadEnvironment } from './lib/dot-env.mjs'
import { parseCommand } from './lib/flags.mjs'
import { inRoot, stateDir } from './lib/paths.mjs'
import { Problem, runMain } from './lib/problem.mjs'
import { readRunState } from './lib/run-state.mjs'

const USAGE = 'npm run account:code -- LOGIN [--state-dir FOLDER]'
const OPTIONS = /** @type {const} */ ({ 'state-dir': { type: 'string', default: stateDir } })

/** @param {unknown} error @returns {unknown} a refusal of what was typed as a problem with its cure */
const asProblem = (error) => {
  const { context } = /** @type {{context?: {fields?: {cure: string}[]}}} */ (error)
  const cure = context?.fields?.[0]?.cure
  return cure === undefined ? error : new Problem('No code was made.', cure)
}

/** @param {{code: string, expiresAt: Date}} issued @param {{login: string, origin: string}} whose */
const text = ({ code, expiresAt }, { login, origin }) => `
  Set-up code of ${login}: ${code}

  It is shown this once, works once, and ends at ${expiresAt.toISOString()}. Codes given before are void.
  1. Open ${origin}/ and press “I have a one-time code”.
  2. Type the login and the code, and make a passkey, on a security key or in the browser.
  3. Make a second passkey at once, on another device: it is the way back when the first is lost.
  The audit log says that this code was made at the machine.
`

const main = async () => {
  const { values, positionals } = parseCommand(OPTIONS, USAGE)
  const [login, ...more] = positionals
  if (!login || more.length > 0) throw new Problem('Whose code?', `Usage: ${USAGE}`)
  const stateFolder = path.resolve(values['state-dir'])
  const url = databaseAtHand(stateFolder)
  const { createDatabase } = await import('@visavis/prisma')
  const { issueCodeAtMachine } = await import(
    inRoot('server/src/modules/identity/code-at-machine.ts')
  )
  const db = createDatabase(url, {
    ...{ applicationName: 'visavis-account-code', poolSize: 1 },
    personKeys: personKeysAtHand(stateFolder),
  })
  try {
    const issued = await issueCodeAtMachine(db, login)
    const origin =
      loadEnvironment().PUBLIC_ORIGIN ||
      readRunState(stateFolder)?.urls.origin ||
      'http://localhost:3000'
    console.log(text(issued, { login: login.trim().toLowerCase(), origin }))
  } catch (error) {
    throw asProblem(error)
  } finally {
    await db.$disconnect()
  }
}

await runMain(main)
