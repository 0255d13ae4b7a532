import { createServer } from 'node:http'
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io'
import type { Server as HttpServer } from 'node:http'
import { answer } from '@visavis/contract/answer'
import type { CommandContext } from '@visavis/contract/answer'
import { RequestId } from '@visavis/contract/command'
import type {
  CommandList,
  DataOf,
  EventList,
  EventName,
  EventPayload,
  PayloadOf,
} from '@visavis/contract/command'
import { sendMetrics } from './metrics.ts'
import type { Registry } from './metrics.ts'
import { createReplyMemory } from './reply-memory.ts'
import type { Logger } from './log.ts'
import { withTrace } from './trace.ts'

/** Carries out each command of a list. */
export type Handlers<List extends CommandList> = {
  readonly [K in keyof List]: (
    payload: PayloadOf<List[K]>,
    context: CommandContext,
  ) => Promise<DataOf<List[K]>>
}

/** The private side door of a media node or recorder: commands in, events out, and a health answer. */
export type ControlServer<Events extends EventList> = {
  /** Tells every connected server; events sent while none is connected are lost, `describe` makes up for it. */
  readonly tell: <Name extends EventName<Events>>(
    name: Name,
    payload: EventPayload<Events, Name>,
  ) => void
  readonly port: number
  readonly close: () => Promise<void>
}

/** A lost link is noticed within seconds, so that the other side can reconcile early. */
const PING_MS = 5_000
/** RTP parameters of a full room fit many times. */
const MAX_MESSAGE_BYTES = 1_048_576

/** Listens on `host:port` for servers that know the secret. Rejects when the port is taken. */
export async function serveControl<List extends CommandList, Events extends EventList>(options: {
  host: string
  port: number
  secret: string
  commands: List
  events: Events
  handlers: Handlers<List>
  log: Logger
  health: () => Record<string, unknown>
  /** Figures in Prometheus' text form, at `/metrics`. */
  metrics?: Registry
}): Promise<ControlServer<Events>> {
  const http = createServer((request, response) => {
    if (request.url === '/metrics' && options.metrics) {
      sendMetrics(options.metrics, response)
      return
    }
    const isHealth = request.url === '/healthz'
    response.writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isHealth ? { ok: true, ...options.health() } : { ok: false }))
  })
  const io = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    pingInterval: PING_MS,
    pingTimeout: PING_MS,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
  })
  io.use((socket, next) => {
    const isKnown = isSameSecret(socket.handshake.auth['secret'], options.secret)
    next(isKnown ? undefined : new Error('FORBIDDEN'))
  })
  io.on('connection', (socket) => bindCommands(socket, options))
  await listen(http, options.host, options.port)
  const address = http.address()
  return {
    tell: (name, payload) => void io.emit(name, payload),
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () => io.close(),
  }
}

function bindCommands<List extends CommandList>(
  socket: Socket,
  { commands, handlers, log }: { commands: List; handlers: Handlers<List>; log: Logger },
): void {
  const memory = createReplyMemory()
  for (const key of Object.keys(commands) as (keyof List & string)[]) {
    const command = commands[key]
    const handler = handlers[key]
    if (!command) continue
    const run = answer(command, handler as never, {
      memory,
      onRefused: ({ code, error }) =>
        log.warn({ command: command.name, code, err: error }, 'refused'),
    })
    socket.on(command.name, (envelope: unknown, ack: unknown) => {
      withTrace(traceOf(envelope), () => void run(envelope, ack))
    })
  }
}

/** The request of a person that this command comes from, or the command itself where no person asked. */
function traceOf(envelope: unknown): string {
  if (typeof envelope !== 'object' || envelope === null) return randomUUID()
  const { trace, requestId } = envelope as {
    readonly trace?: unknown
    readonly requestId?: unknown
  }
  const given = RequestId.safeParse(trace ?? requestId)
  return given.success ? given.data : randomUUID()
}

function listen(http: HttpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, () => {
      http.off('error', reject)
      resolve()
    })
  })
}

function isSameSecret(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
