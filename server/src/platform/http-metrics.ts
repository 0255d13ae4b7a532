import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram } from '@visavis/platform/metrics'
import type { Registry } from '@visavis/platform/metrics'
import type { Command } from '@visavis/contract/command'
import { preflightCommands } from '@visavis/contract/preflight-socket'
import { visitCommands } from '@visavis/contract/visit-socket'
import { wallCommands } from '@visavis/contract/wall-socket'
import type { SocketFigures } from './socket-door.ts'

/** From what nobody feels to what everybody does, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Addresses that are no route of ours, and files, have no end: they count as one. */
const NO_ROUTE = 'none'
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'])
const KNOWN_COMMANDS: ReadonlySet<string> = new Set(
  Object.values<Command>({ ...visitCommands, ...wallCommands, ...preflightCommands }).map(
    ({ name }) => name,
  ),
)

/** How long requests take, by route template (never the address itself), method and status. */
export function addHttpMetrics(app: FastifyInstance, registry: Registry): void {
  const requests = new Histogram({
    name: 'visavis_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const { url = NO_ROUTE } = request.routeOptions
    const method = METHODS.has(request.method) ? request.method : 'OTHER'
    const labels = { method, route: url.includes('*') ? NO_ROUTE : url, status: reply.statusCode }
    requests.observe(labels, reply.elapsedTime / 1_000)
  })
}

/** How commands of sockets are answered, and how many sockets there are by namespace. */
export function createSocketFigures(
  registry: Registry,
  connections: () => ReadonlyMap<string, number>,
): SocketFigures {
  const commands = new Histogram({
    name: 'visavis_socket_command_duration_seconds',
    help: 'Time from a command on a socket to its answer; result is OK or the code of the refusal.',
    labelNames: ['namespace', 'command', 'result'],
    buckets: BUCKETS,
    registers: [registry],
  })
  const refused = new Counter({
    name: 'visavis_socket_refused_total',
    help: 'Messages that came too fast or that no command of ours answers to.',
    labelNames: ['namespace'],
    registers: [registry],
  })
  new Gauge({
    name: 'visavis_socket_connections',
    help: 'Open sockets.',
    labelNames: ['namespace'],
    registers: [registry],
    collect() {
      for (const [namespace, count] of connections()) this.set({ namespace }, count)
    },
  })
  return {
    answered: ({ namespace, command, result, tookMs }) => {
      if (result === 'TOO_MANY_REQUESTS' || !KNOWN_COMMANDS.has(command)) refused.inc({ namespace })
      else commands.observe({ namespace, command, result }, tookMs / 1_000)
    },
  }
}
