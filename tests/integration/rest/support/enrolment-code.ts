import { enrolmentCodeHash, newEnrolmentCode, newId } from '@visavis/prisma'
import type { FastifyInstance } from 'fastify'
import { aPageSecret, aSoftwareKey, testTerminalOf } from '../../../support/test-terminals.ts'
import type { RestWorld } from './rest-world.ts'

const TEN_MINUTES_MS = 600_000

/** A stored code for the terminal, as an administrator would have got it. */
export async function aCodeFor({ db, clock }: RestWorld, terminalId: string): Promise<string> {
  const code = newEnrolmentCode()
  const codeHash = enrolmentCodeHash(code)
  const expiresAt = new Date(clock.now().getTime() + TEN_MINUTES_MS)
  await db.terminalEnrolment.create({
    data: { enrolmentId: newId(), terminalId, codeHash, expiresAt },
  })
  return code
}

/** The origin of the tests' pages. */
export const ORIGIN = 'http://localhost:3000'

/** A nonce of the server. */
export async function aNonce(app: FastifyInstance, remoteAddress = '10.9.9.9'): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/api/terminal/nonces', remoteAddress })
  return answer.json<{ nonce: string }>().nonce
}

/** What a device sends that wants to be a terminal by the code, with a new key of its own. */
export async function anEnrolment(app: FastifyInstance, code: string) {
  const key = aSoftwareKey()
  const { secret, pageHash } = aPageSecret()
  const nonce = await aNonce(app)
  const proof = key.prove({ nonce, origin: ORIGIN }, { purpose: 'ENROL', code, pageHash })
  return { key, secret, payload: { code, publicKey: key.publicKey, pageHash, proof } }
}

/** What the page of a test's terminal sends for a new session; another page's unless its own `pageHash` is named. */
export async function aConnection(
  app: FastifyInstance,
  cookie: string,
  given: { pageHash?: string; lastSessionId?: string | null; origin?: string; nonce?: string } = {},
) {
  const terminal = testTerminalOf(cookie)
  if (terminal === null) throw new Error('that cookie is no terminal of these tests')
  const { key, terminalId, sessionId } = terminal
  const { pageHash = aPageSecret().pageHash, lastSessionId = sessionId, origin = ORIGIN } = given
  const asked = { terminalId, lastSessionId, pageHash }
  const nonce = given.nonce ?? (await aNonce(app))
  return { ...asked, proof: key.prove({ nonce, origin }, { purpose: 'CONNECT', ...asked }) }
}
