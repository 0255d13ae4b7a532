import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { Accepted, Envelope, PROTOCOL_VERSION, Refused } from '@visavis/contract/command'
import { Fault, Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import { FIRST_DELAY_MS, JITTER, LONGEST_DELAY_MS, backOffMs } from './back-off.ts'
import { isPassing, knownCode } from './passing-refusals.ts'

/** Held against the contract by its type, since the contract's module would bring zod into the page. */
const VERSION: typeof PROTOCOL_VERSION = 1
/** A join surge has been seen to take seconds; longer than this is a lost answer. */
const ANSWER_MS = 5_000
/** The same request id is sent again, so the server carries it out once however often it hears it. */
const MAX_TRIES = 3
/** A connection attempt that began inside an outage must not outlast it (LV-8 leaves 8 s). */
const CONNECT_MS = 4_000

type NameOf<Map> = Extract<keyof Map, string>
/** What a command takes. */
export type PayloadFor<Commands, Name extends keyof Commands> = Commands[Name] extends (
  envelope: Envelope<infer Payload>,
  ack: never,
) => void
  ? Payload
  : never
/** What a command gives when it is accepted. */
export type DataFor<Commands, Name extends keyof Commands> = Commands[Name] extends (
  envelope: never,
  ack: (reply: infer Reply) => void,
) => void
  ? Extract<Reply, { readonly ok: true }> extends Accepted<infer Data>
    ? Data
    : never
  : never
/** What is told with an event. */
export type ToldWith<Events, Name extends keyof Events> = Events[Name] extends (
  payload: infer Payload,
) => void
  ? Payload
  : never

/** A connection to one namespace that keeps itself up. */
export type Signalling<Commands extends object, Events extends object> = {
  /** Carries out a command there. Throws its Refusal, or a Fault when no answer comes or the link is down. */
  readonly request: <Name extends NameOf<Commands>>(
    name: Name,
    payload: PayloadFor<Commands, Name>,
  ) => Promise<DataFor<Commands, Name>>
  readonly on: <Name extends NameOf<Events>>(
    name: Name,
    listener: (payload: ToldWith<Events, Name>) => void,
  ) => void
  readonly isConnected: () => boolean
  readonly close: () => void
}

export type LinkListeners = {
  /** Called at each (re)connection; a new connection knows nothing of the one before. */
  readonly onConnected: () => void
  readonly onLost: () => void
  /** The server does not let this sign-in in at all; no further try is made. */
  readonly onRefused: (code: ErrorCode) => void
}

export type SignallingOptions = {
  /** The server's origin; the page's own if left out. */
  readonly origin: string | undefined
  readonly namespace: string
  readonly auth?: Readonly<Record<string, unknown>>
  readonly listeners: LinkListeners
}

/** Opens the connection. The sign-in travels in the browser's cookie. */
export function connectSignalling<Commands extends object, Events extends object>(
  options: SignallingOptions,
): Signalling<Commands, Events> {
  const socket: Socket = io(`${options.origin ?? ''}${options.namespace}`, {
    transports: ['websocket'],
    auth: { protocolVersion: VERSION, ...options.auth },
    withCredentials: true,
    reconnectionDelay: FIRST_DELAY_MS,
    reconnectionDelayMax: LONGEST_DELAY_MS,
    randomizationFactor: JITTER,
    timeout: CONNECT_MS,
    // Two namespaces, or two sign-ins, must not share one fate.
    forceNew: true,
  })
  const stopKeeping = keepUp(socket, options.listeners)
  return {
    request: (name, payload) =>
      ask(socket, name, payload) as Promise<DataFor<Commands, typeof name>>,
    on(name, listener) {
      const event: string = name
      socket.on(event, listener as (told: unknown) => void)
    },
    isConnected: () => socket.connected,
    close() {
      stopKeeping()
      socket.close()
    },
  }
}

/** Reports the link's ups and downs, and mends what socket.io leaves alone. Gives back the way to stop. */
function keepUp(socket: Socket, listeners: LinkListeners): () => void {
  let rejections = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** After a server ended or rejected a connection, socket.io makes no further try of its own. */
  const tryLater = (): void => {
    timer = setTimeout(() => socket.connect(), backOffMs(rejections))
    rejections += 1
  }
  const hurry = (): void => {
    if (!socket.connected) socket.disconnect().connect()
  }
  socket.on('connect', listeners.onConnected)
  socket.on('disconnect', () => {
    listeners.onLost()
    if (!socket.active) tryLater()
  })
  socket.on('connect_error', (error: Error & { readonly data?: { readonly code?: unknown } }) => {
    // Still active: the network failed, and socket.io tries again by itself.
    if (socket.active) return
    const code = knownCode(error.data?.code) ?? knownCode(error.message) ?? 'INTERNAL'
    if (isPassing(code)) tryLater()
    else listeners.onRefused(code)
  })
  globalThis.addEventListener('online', hurry)
  return () => {
    globalThis.removeEventListener('online', hurry)
    clearTimeout(timer)
    socket.off()
  }
}

async function ask(socket: Socket, name: string, payload: unknown): Promise<unknown> {
  const envelope: Envelope<unknown> = { requestId: crypto.randomUUID(), payload }
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    // Never queued for a later connection: that one must join first.
    if (!socket.connected) throw new Fault(`${name}: the link is down`)
    const reply: unknown = await socket
      .timeout(ANSWER_MS)
      .emitWithAck(name, envelope)
      .catch(() => null)
    if (reply !== null) return dataOf(reply as Accepted<unknown> | Refused<ErrorCode>)
  }
  throw new Fault(`${name}: no answer`)
}

function dataOf(reply: Accepted<unknown> | Refused<ErrorCode>): unknown {
  if (reply.ok) return reply.data
  throw new Refusal(reply.code, reply.context)
}
