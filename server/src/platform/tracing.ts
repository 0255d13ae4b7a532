import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { traceIdOf, withTrace } from '@visavis/platform/trace'
import type { ServerConfig } from '../config.ts'
import { isOriginAllowed } from './origins.ts'

/**
 * The id of a request: that of its `traceparent` (W3C) if a page of ours sent it, else a new one. What
 * stands in our logs and audit entries is then never chosen by a stranger.
 */
export function requestIdOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  config: Pick<ServerConfig, 'publicOrigin' | 'port'>,
): string {
  const { traceparent, origin } = headers
  const isOwn =
    headers['sec-fetch-site'] === 'same-origin' ||
    (origin !== undefined && isOriginAllowed(config, origin))
  const given = isOwn && typeof traceparent === 'string' ? traceIdOf(traceparent) : null
  return given ?? randomUUID()
}

/** Does the work of each request under its id; twice, since reading a body leaves the first one. */
export function addTracing(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => withTrace(request.id, done))
  app.addHook('preValidation', (request, _reply, done) => withTrace(request.id, done))
}
