import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import { ERROR_STATUS, Refusal, panic } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import { Problem, routes } from '@visavis/contract/http'
import type { Access, Route } from '@visavis/contract/http'
import { runAllowed } from './allowed-by.ts'
import type { AllowedBy } from './allowed-by.ts'
import { PROBLEM_TYPE } from './http-errors.ts'
import type { KeyedWrite, Once } from './once.ts'

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
/** What a handler gives back: the reply's data, or, for a file, Fastify's own reply object. */
type ReplyOf<R extends Route> = R['reply'] extends z.ZodType ? z.input<R['reply']> : FastifyReply

/** The actor that each kind of access lets in. */
export type ActorsByAccess = Readonly<Record<Access['kind'], unknown>>

/** A request that has passed its route's access check and schemas. */
export type Call<R extends Route, Actors extends ActorsByAccess> = {
  readonly actor: Actors[R['access']['kind']]
  readonly params: OutputOf<R['params']>
  readonly query: OutputOf<R['query']>
  /** The picture's bytes on a route that takes one. */
  readonly body: R extends { readonly isUpload: true } ? Buffer : OutputOf<R['body']>
  readonly requestId: string
  /** The one transaction of a keyed write (BK-5); on other routes it refuses to run. */
  readonly once: Once
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What a route may have besides its contract. */
export type RouteExtras = {
  /** Tries per minute and address; absent: unlimited. */
  readonly triesPerMinute?: number
  /** What a body of the wrong shape is refused with. */
  readonly refusalOfBody?: ErrorCode
}

/** Binds a handler to a route of the contract. */
export type BindRoute<Actors extends ActorsByAccess> = <R extends Route>(
  route: R,
  handler: (call: Call<R, Actors>) => Promise<ReplyOf<R>>,
  extras?: RouteExtras,
) => void

const MINUTE_MS = 60_000
/** A photograph of a document by a present-day telephone, with room to spare. */
const PICTURE_LIMIT_BYTES = 12 * 1024 * 1024
const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp']
const NO_PICTURE = {
  fields: [{ field: '(body)', cure: 'Send the picture itself: JPEG, PNG or WebP.' }],
}
/** A UUID, or any other text that the caller will not use twice. */
const KEY_FORM = /^[\w.:-]{8,200}$/
const KEY_CURE = {
  field: 'Idempotency-Key',
  cure: 'Send a header with 8 to 200 letters, digits or -_.: that is new for each write.',
}

/** What the routes stand on: who may call (refuses by throwing), and how a keyed write runs once. */
export type RouteGround = {
  readonly authorise: (request: FastifyRequest, route: Route) => Promise<unknown>
  readonly onceOf: (actor: unknown, write: KeyedWrite) => Once
  /** What binds the caller to what is asked for; goes into the audit entries of the request. */
  readonly reachOf: (actor: unknown) => AllowedBy['reach']
}

/** Makes the one helper that puts routes of the contract on `app`. */
export function createBindRoute<Actors extends ActorsByAccess>(
  app: FastifyInstance,
  { authorise, onceOf, reachOf }: RouteGround,
): BindRoute<Actors> {
  takePictures(app)
  return (route, handler, extras = {}) => {
    const actors = new WeakMap<FastifyRequest, unknown>()
    app.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(route),
      config: configOf(extras),
      ...(route.isUpload ? { bodyLimit: PICTURE_LIMIT_BYTES } : {}),
      // Before the body is even read: a stranger learns nothing about shapes, and costs no parsing.
      onRequest: async (request) => void actors.set(request, await authorise(request, route)),
      handler: async (request, reply) => {
        const { params, query, body } = request
        if (route.isUpload && !Buffer.isBuffer(body))
          throw new Refusal('DOCUMENT_REFUSED', NO_PICTURE)
        const actor = actors.get(request)
        const once = route.isKeyed ? onceOf(actor, writeOf(request, route)) : onlyOnKeyed
        const call = { params, query, body, requestId: request.id, request, reply, once }
        const by = { rule: `http:${names.get(route) ?? ''}`, reach: reachOf(actor) }
        return runAllowed(by, () =>
          handler({ ...call, actor } as unknown as Parameters<typeof handler>[0]),
        )
      },
    })
  }
}

function takePictures(app: FastifyInstance): void {
  const options = { parseAs: 'buffer', bodyLimit: PICTURE_LIMIT_BYTES } as const
  app.addContentTypeParser(PICTURE_TYPES, options, (_request, body, done) => done(null, body))
}

function writeOf(request: FastifyRequest, route: Route): KeyedWrite {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !KEY_FORM.test(key)) {
    throw new Refusal('IDEMPOTENCY_KEY_REQUIRED', { fields: [KEY_CURE] })
  }
  const { params } = request
  // Of a body that the route has no use for nothing is known, not even that it is not too deep to be compared.
  const body = route.body || route.isUpload ? request.body : null
  return { key, content: [route.method, route.path, params, body ?? null] }
}

const onlyOnKeyed: Once = () => panic('once() on a route that is not keyed')

function configOf({ triesPerMinute, refusalOfBody }: RouteExtras) {
  return {
    ...(refusalOfBody === undefined ? {} : { refusalOfBody }),
    ...(triesPerMinute === undefined
      ? {}
      : { rateLimit: { max: triesPerMinute, timeWindow: MINUTE_MS } }),
  }
}

/** Names of the contract's routes, for OpenAPI's operation ids. */
const names = new Map<Route, string>(Object.entries(routes).map(([name, route]) => [route, name]))

function schemaOf(route: Route): FastifySchema {
  return {
    operationId: names.get(route),
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'api'],
    security: route.access.kind === 'public' ? [] : [{ [route.access.kind]: [] }],
    ...(route.params === undefined ? {} : { params: route.params }),
    ...(route.query === undefined ? {} : { querystring: route.query }),
    ...(route.body === undefined ? {} : { body: route.body }),
    response: { ...acceptedSchema(route), ...refusalSchemas(route) },
  } as FastifySchema
}

function acceptedSchema({ reply, summary }: Route): Record<string, unknown> {
  if (reply !== null) return { 200: reply }
  const file = {
    description: summary,
    content: { 'application/octet-stream': { schema: z.any() } },
  }
  return { 200: file, 206: file }
}

const TERMINALS: ReadonlySet<Access['kind']> = new Set(['terminal', 'inmate'])

/** Refusals by status, each with its codes; any route can meet the last two. */
function refusalSchemas(route: Route): Record<string, unknown> {
  const codes: ErrorCode[] = [...route.refusals, 'DEPENDENCY_FAILED', 'INTERNAL']
  if (route.params ?? route.query ?? route.body) codes.unshift('BAD_REQUEST')
  if (route.stepUp) codes.push('STEP_UP_REQUIRED')
  if (TERMINALS.has(route.access.kind)) codes.push('TERMINAL_PROOF_REQUIRED')
  const statuses = new Set(codes.map((code) => ERROR_STATUS[code]))
  return Object.fromEntries(
    [...statuses].map((status) => {
      const some = codes.filter((code) => ERROR_STATUS[code] === status)
      return [
        status,
        { description: some.join(', '), content: { [PROBLEM_TYPE]: { schema: Problem } } },
      ]
    }),
  )
}
