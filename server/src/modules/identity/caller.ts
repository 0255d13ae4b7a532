import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Me } from '@visavis/contract/http'
import { newToken } from '../../platform/secrets.ts'
import type { Identity } from './identity.ts'
import type { Caller, SignedIn } from './sessions.service.ts'

type Call = { readonly request: FastifyRequest; readonly requestId: string }

/** The browser that a ceremony or a recovery was begun in; long enough for the longest of them. */
const BROWSER_LIFE_MS = 60 * 60_000
/** Half a year: who comes less often waits like a stranger after many wrong passwords of others. */
const KNOWN_LIFE_MS = 180 * 24 * 60 * 60_000

/** Where a request comes from. */
export function callerOf({ cookies }: Identity, { request, requestId }: Call): Caller {
  const { cookie } = request.headers
  return {
    requestId,
    address: request.ip,
    userAgent: request.headers['user-agent'],
    heldToken: cookies.read(cookie, 'account'),
    known: cookies.read(cookie, 'known'),
  }
}

/** Has the browser keep a sign-in's token, and that the account was signed in here. */
export function keepSignIn(
  { cookies }: Identity,
  reply: FastifyReply,
  { token, lifeMs, me, known }: SignedIn,
): Me {
  reply.header('set-cookie', cookies.keep('account', token, lifeMs))
  if (known !== null) reply.header('set-cookie', cookies.keep('known', known, KNOWN_LIFE_MS))
  return me
}

/** The token that names this browser in a ceremony; made, and kept by it, where there is none. */
export function browserOf(
  { cookies }: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
): string {
  const held = cookies.read(request.headers.cookie, 'browser')
  const token = held ?? newToken()
  reply.header('set-cookie', cookies.keep('browser', token, BROWSER_LIFE_MS))
  return token
}
