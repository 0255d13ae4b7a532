import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { ErrorCode } from '@visavis/contract/errors'
import { ERROR_STATUS } from '@visavis/contract/errors'
import { Problem, routes } from '@visavis/contract/http'
import type { Access, Route } from '@visavis/contract/http'
import { PROBLEM_TYPE } from './http-errors.ts'

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
  readonly body: OutputOf<R['body']>
  readonly requestId: string
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

/** Makes the one helper that puts routes of the contract on `app`; `authorise` refuses by throwing. */
export function createBindRoute<Actors extends ActorsByAccess>(
  app: FastifyInstance,
  authorise: (request: FastifyRequest, access: Access) => Promise<unknown>,
): BindRoute<Actors> {
  return (route, handler, extras = {}) => {
    const actors = new WeakMap<FastifyRequest, unknown>()
    app.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(route),
      config: configOf(extras),
      // Before the body is even read: a stranger learns nothing about shapes, and costs no parsing.
      onRequest: async (request) =>
        void actors.set(request, await authorise(request, route.access)),
      handler: async (request, reply) => {
        const { params, query, body } = request
        const call = { params, query, body, requestId: request.id, request, reply }
        const actor = actors.get(request)
        return handler({ ...call, actor } as unknown as Parameters<typeof handler>[0])
      },
    })
  }
}

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

/** Refusals by status, each with its codes; any route can meet the last two. */
function refusalSchemas(route: Route): Record<string, unknown> {
  const codes: ErrorCode[] = [...route.refusals, 'DEPENDENCY_FAILED', 'INTERNAL']
  if (route.params ?? route.query ?? route.body) codes.unshift('BAD_REQUEST')
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
