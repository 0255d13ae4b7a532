import type { LightMyRequestResponse } from 'fastify'
import { ERROR_STATUS } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import { Problem, routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import type { FuzzRequest } from './http-requests.ts'

/** What no answer of ours ever says: where in the program something went wrong, or what the database was asked. */
const INNER_TEXT =
  /\n\s+at \S|node_modules|\.(?:ts|mjs):\d+|Prisma|ECONN|EPIPE|invalid byte sequence|syntax error at|violates \w+ constraint/

/** Samples of other routes put down rows of documents without their files: to say that the store is broken is right. */
const WITHOUT_FILES: ReadonlySet<string> = new Set(['seatPicture', 'documentPicture'])

/** What anybody can be refused with, wherever they knock. */
const ANYWHERE: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_REQUEST',
  'MESSAGE_TOO_LARGE',
  'TOO_MANY_REQUESTS',
  'ORIGIN_REFUSED',
  'NOT_SIGNED_IN',
  'SESSION_EXPIRED',
  'SESSION_ENDED',
  'TERMINAL_NOT_ENROLLED',
  'TERMINAL_DISABLED',
  'TERMINAL_PROOF_REQUIRED',
  'FORBIDDEN',
  // What is broken may be the address.
  'NOT_FOUND',
  'SECOND_FACTOR_REQUIRED',
  'SET_UP_REQUIRED',
])

/** Everything that is wrong with an answer, in words; empty: it is as the contract says. */
export function faultsOf(request: FuzzRequest, answer: LightMyRequestResponse): string[] {
  const faults: string[] = []
  if (INNER_TEXT.test(textOf(answer))) faults.push('tells of the inside')
  if (answer.headers['x-content-type-options'] !== 'nosniff') faults.push('has no headers')
  const isOwnRoute = request.kind !== 'raw'
  const route: Route = routes[request.name]
  if (request.method === 'TRACE' && answer.statusCode < 400) faults.push('answers TRACE')
  if (answer.statusCode >= 400) faults.push(...faultsOfRefusal(request, answer))
  else if (isOwnRoute) faults.push(...faultsOfReply(route, answer))
  return faults
}

function textOf(answer: LightMyRequestResponse): string {
  const type = answer.headers['content-type'] ?? ''
  return /json|text/.test(type) ? answer.body : ''
}

function faultsOfReply({ reply }: Route, answer: LightMyRequestResponse): string[] {
  const { statusCode, headers } = answer
  if (reply === null) {
    const isFile = [200, 206, 304].includes(statusCode)
    return isFile ? [] : [`answers a file with ${statusCode}`]
  }
  if (statusCode !== 200) return [`answers with ${statusCode}`]
  if (!String(headers['content-type']).startsWith('application/json')) return ['is no JSON']
  const parsed = reply.safeParse(jsonIn(answer))
  return parsed.success ? [] : [`has another shape: ${JSON.stringify(parsed.error.issues[0])}`]
}

function faultsOfRefusal(request: FuzzRequest, answer: LightMyRequestResponse): string[] {
  const { statusCode } = answer
  // An answer to HEAD has no body.
  if (request.method === 'HEAD' && statusCode < 500) return []
  const problem = problemIn(answer)
  if (problem === null) return [`is no problem document (${statusCode})`]
  const { code, status } = problem
  if (status !== statusCode) return [`says ${status} in a ${statusCode}`]
  if (!(code in ERROR_STATUS)) return [`has the unknown code ${code}`]
  return faultsOfCode(request, { code, status })
}

function faultsOfCode(
  request: FuzzRequest,
  { code, status }: { code: string; status: number },
): string[] {
  if (code === 'DEPENDENCY_FAILED' && WITHOUT_FILES.has(request.name)) return []
  const isOurs = code === 'INTERNAL' || code === 'DEPENDENCY_FAILED'
  const isKnown = isDeclared(request, code)
  if (isOurs || (status >= 500 && !isKnown)) return [`is ${status} ${code}`]
  return request.kind === 'raw' || isKnown ? [] : [`is ${code}, undeclared`]
}

function isDeclared({ name }: FuzzRequest, code: string): boolean {
  const route: Route = routes[name]
  if (route.stepUp && code === 'STEP_UP_REQUIRED') return true
  return ANYWHERE.has(code) || route.refusals.some((each) => each === code)
}

function problemIn(answer: LightMyRequestResponse) {
  const type = answer.headers['content-type'] ?? ''
  if (!type.startsWith('application/problem+json')) return null
  const parsed = Problem.safeParse(jsonIn(answer))
  return parsed.success ? parsed.data : null
}

/** The body as JSON; undefined where it is none. */
function jsonIn({ body }: LightMyRequestResponse): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
