import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { PAGE_HEADER, statementText } from '@visavis/contract/terminal-proof'
import type { ProofGround, TerminalStatement } from '@visavis/contract/terminal-proof'
import type { Database } from '@visavis/prisma'
import { newId, newToken, tokenHash } from '@visavis/prisma'

/** A terminal's key in software: what its browser makes and never gives away. */
export type SoftwareKey = {
  /** SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string
  readonly der: Buffer
  readonly prove: (ground: ProofGround, statement: TerminalStatement) => Proof
}
type Proof = ProofGround & { readonly signature: string }

export function aSoftwareKey(): SoftwareKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = pair.publicKey.export({ format: 'der', type: 'spki' })
  return {
    der,
    publicKey: der.toString('base64url'),
    prove: (ground, statement) => ({
      ...ground,
      signature: signed(pair.privateKey, ground, statement),
    }),
  }
}

function signed(key: KeyObject, ground: ProofGround, statement: TerminalStatement): string {
  const text = Buffer.from(statementText(ground, statement))
  return sign('sha256', text, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
}

/** The secret in a page's memory, and its hash as the server is told it. */
export function aPageSecret(): { secret: string; pageHash: string } {
  const secret = newToken()
  return { secret, pageHash: tokenHash(secret) }
}

/** A terminal of the tests with its key, its page and its open session. */
export type TestTerminal = {
  readonly key: SoftwareKey
  readonly terminalId: string
  readonly sessionId: string
  readonly secret: string
}

/** Those of this process, by the token in their cookie. */
const known = new Map<string, TestTerminal>()
/** Whatever a test does to the clock, its terminals stay connected; how long they really do has tests of its own. */
const LONG_MS = 3_650 * 86_400_000

/** Enrols a terminal without its code, in the place of the device before, and opens a session. Its cookie. */
export async function connectTestTerminal(db: Database, terminalId: string): Promise<string> {
  const key = aSoftwareKey()
  const [keyId, sessionId, token] = [newId(), newId(), newToken()]
  const { secret, pageHash } = aPageSecret()
  const at = new Date(0)
  const thumbprint = createHash('sha256').update(key.der).digest('hex')
  await db.terminalKey.updateMany({
    where: { terminalId, endedAt: null },
    data: { endedAt: new Date(), endReason: 'REPLACED' },
  })
  await db.terminal.update({ where: { terminalId }, data: { enrolledAt: new Date() } })
  const publicKey = new Uint8Array(key.der)
  await db.terminalKey.create({
    data: { keyId, terminalId, publicKey, thumbprint, enrolledAt: new Date() },
  })
  await db.deviceSession.create({
    data: {
      ...{ deviceSessionId: sessionId, keyId, tokenHash: tokenHash(token), pageHash },
      ...{ createdAt: at, expiresAt: new Date(Date.now() + LONG_MS) },
    },
  })
  known.set(token, { key, terminalId, sessionId, secret })
  return `visavis-terminal=${token}`
}

/** The terminal whose cookie a `Cookie` header has; null: none of this process. */
export function testTerminalOf(cookie: string | undefined): TestTerminal | null {
  const token = /visavis-terminal=([\w-]+)/.exec(cookie ?? '')?.[1]
  return (token !== undefined && known.get(token)) || null
}

/** What the page of a test's terminal sends with each request; nothing for everybody else. */
export function pageHeaders(cookie: string | undefined): Record<string, string> {
  const terminal = testTerminalOf(cookie)
  return terminal === null ? {} : { [PAGE_HEADER]: terminal.secret }
}

/** With what the page of a test's terminal opens a socket at `origin`; undefined for everybody else. */
export async function socketProofOf(cookie: string | undefined, origin: string) {
  const terminal = testTerminalOf(cookie)
  if (terminal === null) return undefined
  const { key, terminalId, sessionId } = terminal
  const answer = await fetch(`${origin}/api/terminal/nonces`, { method: 'POST' })
  const { nonce } = (await answer.json()) as { nonce: string }
  const proof = key.prove({ nonce, origin }, { purpose: 'SOCKET', terminalId, sessionId })
  return { terminalId, sessionId, proof }
}

/**
 * Has requests of tests' terminals carry what their pages add to each: those that are injected and those that
 * come by the network. One that names the header itself is left as it is.
 */
export function speakForPages<App extends FastifyInstance>(app: App): App {
  const add = (headers: IncomingHttpHeaders): void => {
    if (!(PAGE_HEADER in headers)) Object.assign(headers, pageHeaders(headers.cookie))
  }
  app.server.prependListener('request', ({ headers }) => add(headers))
  const inject = app.inject.bind(app) as (given: object) => unknown
  const speaking = (given: { headers?: IncomingHttpHeaders }) => {
    const headers = { ...given.headers }
    add(headers)
    return inject({ ...given, headers })
  }
  return Object.assign(app, { inject: speaking as never })
}
