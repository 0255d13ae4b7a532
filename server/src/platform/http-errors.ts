import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ERROR_STATUS, Fault, Refusal } from '@visavis/contract/errors'
import type { ErrorCode, FieldProblem } from '@visavis/contract/errors'
import { isDatabaseGone } from './database-gone.ts'

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- Fastify is extended by merging.
  interface FastifyContextConfig {
    /** What a body that does not fit the schema is refused with, where it is not `BAD_REQUEST`. */
    refusalOfBody?: ErrorCode
  }
}

export const PROBLEM_TYPE = 'application/problem+json'

/** RFC 9457 document, as the contract's `Problem`. */
export type ProblemDocument = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly requestId: string
  readonly fields?: readonly FieldProblem[]
  readonly liftsAt?: string
  readonly alternatives?: unknown
  readonly report?: unknown
}

/** The parts of a refusal's context that reach the caller. */
type Told = {
  readonly fields?: readonly FieldProblem[]
  readonly liftsAt?: string
  readonly alternatives?: unknown
  readonly report?: unknown
}
const TOLD = ['fields', 'liftsAt', 'alternatives', 'report'] as const

/** The document for a code. Its title is for people who read logs; pages have their own words. */
export function problemOf(code: ErrorCode, requestId: string, about: Told = {}): ProblemDocument {
  const words = code.toLowerCase().split('_')
  return {
    type: `urn:visavis:problem:${words.join('-')}`,
    title: words.join(' '),
    status: ERROR_STATUS[code],
    code,
    requestId,
    ...Object.fromEntries(
      TOLD.flatMap((part) => (about[part] === undefined ? [] : [[part, about[part]]])),
    ),
  }
}

/** Answers any thrown thing; nothing of an unexpected one leaves the process. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = knownError(error, request)
  if (known instanceof Refusal) request.log.info({ code: known.code }, 'request refused')
  else request.log.error({ err: error, code: known?.code ?? 'INTERNAL' }, 'request failed')
  const context = known instanceof Refusal ? known.context : {}
  const problem = problemOf(known?.code ?? 'INTERNAL', request.id, context)
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problem)
}

function knownError(error: unknown, request: FastifyRequest): Refusal | Fault | null {
  if (error instanceof Refusal || error instanceof Fault) return error
  if (hasZodFastifySchemaValidationErrors(error)) return refusalOfInput(error, request)
  if (isDatabaseGone(error)) return new Fault('the database does not answer', { cause: error })
  return refusalOfProtocol(error)
}

type ValidationError = {
  readonly validation: readonly { readonly instancePath: string; readonly message?: string }[]
  readonly validationContext?: string
}

function refusalOfInput(error: ValidationError, request: FastifyRequest): Refusal {
  const part = error.validationContext ?? 'request'
  const fields = error.validation.map(({ instancePath, message }) => ({
    field: instancePath.slice(1).replaceAll('/', '.') || `(${part})`,
    cure: message ?? 'has another form in /api/docs',
  }))
  const isBody = part === 'body'
  const code = (isBody && request.routeOptions.config.refusalOfBody) || 'BAD_REQUEST'
  return new Refusal(code, { fields })
}

// What Fastify itself refuses: too large, not JSON, a length that lies, a broken address.
function refusalOfProtocol(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null
  const { statusCode } = error
  if (statusCode === ERROR_STATUS.MESSAGE_TOO_LARGE) return new Refusal('MESSAGE_TOO_LARGE')
  const isCallersFault = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
  if (!isCallersFault) return null
  return new Refusal('BAD_REQUEST', { fields: [{ field: '(request)', cure: error.message }] })
}
