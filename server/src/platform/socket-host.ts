import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Logger } from '@visavis/platform/log'
import type { ServerConfig } from '../config.ts'
import { isOriginAllowed } from './origins.ts'
import { guardMessages } from './socket-door.ts'
import type { SocketFigures } from './socket-door.ts'

/** A dead browser should be noticed about as fast as a person notices a frozen picture. */
const PING_MS = 5_000
/** RTP parameters of a simulcast track take a few kilobytes. */
const MAX_MESSAGE_BYTES = 65_536

/**
 * socket.io on the server's own port. The Origin is checked here because CORS does not bind WebSockets;
 * connection-state recovery stays off because it would skip the sign-in check. Messages are limited. `Origin` is required: every
 * browser sends it, and only browsers carry our cookies.
 */
export function createSocketHost(options: {
  http: HttpServer
  config: Pick<ServerConfig, 'publicOrigin' | 'port'>
  figures: SocketFigures
  log: Logger
}): Server {
  const { http, config, figures, log } = options
  const io = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    pingInterval: PING_MS,
    pingTimeout: PING_MS,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    allowRequest: (request, decide) => {
      const { origin } = request.headers
      const isAllowed = origin !== undefined && isOriginAllowed(here(http, config), origin)
      if (!isAllowed) log.warn({ origin }, 'socket from a foreign origin refused')
      decide(isAllowed ? null : 'ORIGIN_REFUSED', isAllowed)
    },
  })
  guardMessages(io, { figures, log })
  return io
}

/** The port that is really listened on: tests ask for any. */
function here(
  http: HttpServer,
  config: Pick<ServerConfig, 'publicOrigin' | 'port'>,
): Pick<ServerConfig, 'publicOrigin' | 'port'> {
  const address = http.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  return { publicOrigin: config.publicOrigin, port }
}

/** Open sockets by namespace. */
export function countSockets(io: Server): ReadonlyMap<string, number> {
  return new Map([...io._nsps].map(([name, { sockets }]) => [name, sockets.size]))
}
