import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { Accepted, Envelope, PROTOCOL_VERSION, Refused } from '@visavis/contract/command'
import { Fault, Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import { keepLinkUp } from './link-keeper.ts'
import type { LinkListeners } from './link-keeper.ts'
import type { ProveDevice } from './types.ts'

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
  ...rest: never[]
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

export type SignallingOptions = {
  /** The server's origin; the page's own if left out. */
  readonly origin: string | undefined
  readonly namespace: string
  readonly auth?: Readonly<Record<string, unknown>>
  /** What a terminal proves its key with, asked for at each connection; null: it cannot now. */
  readonly proveDevice?: ProveDevice | undefined
  readonly listeners: LinkListeners
  /** The command that asks no more than whether somebody answers. */
  readonly probe?: string
  /** Whether an event of that number (0: none) is to be handled; all are, if left out. */
  readonly takes?: (seq: number) => boolean
}

/** Opens the connection. The sign-in travels in the browser's cookie. */
export function connectSignalling<Commands extends object, Events extends object>(
  options: SignallingOptions,
): Signalling<Commands, Events> {
  const socket: Socket = io(`${options.origin ?? ''}${options.namespace}`, {
    transports: ['websocket'],
    auth: (tell: Tell) =>
      void shakeHands(options, { tell, giveUp: () => socket.io.engine.close() }),
    withCredentials: true,
    // Its own back-off knows neither a first try at once nor a network that returns.
    reconnection: false,
    timeout: CONNECT_MS,
    // Two namespaces, or two sign-ins, must not share one fate.
    forceNew: true,
  })
  const listening = listenTo(socket, options.takes ?? (() => true))
  const stopKeeping = keepLinkUp({
    socket,
    listeners: options.listeners,
    probe: probeOf(socket, options),
  })
  return {
    request: (name, payload) =>
      ask(socket, name, payload) as Promise<DataFor<Commands, typeof name>>,
    on: (name, listener) => listening(name, listener as Listener),
    isConnected: () => socket.connected,
    close() {
      stopKeeping()
      socket.offAny()
      socket.close()
    },
  }
}

type Tell = (auth: object) => void

/** A terminal that cannot prove its key now says nothing, rather than coming without; it tries again. */
async function shakeHands(
  { auth, proveDevice }: SignallingOptions,
  { tell, giveUp }: { tell: Tell; giveUp: () => void },
): Promise<void> {
  const whole = { protocolVersion: VERSION, ...auth }
  if (proveDevice === undefined) {
    tell(whole)
    return
  }
  const device = await proveDevice().catch(() => null)
  if (device === null) giveUp()
  else tell({ ...whole, device })
}

type Listener = (told: unknown) => void

/** One gate for all events, so that whoever listens hears each exactly once. */
function listenTo(
  socket: Socket,
  takes: (seq: number) => boolean,
): (name: string, listener: Listener) => void {
  const listeners = new Map<string, Listener[]>()
  socket.onAny((name: string, told: unknown, seq: unknown) => {
    if (!takes(typeof seq === 'number' ? seq : 0)) return
    for (const listener of listeners.get(name) ?? []) listener(told)
  })
  return (name, listener) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener])
  }
}

function probeOf(socket: Socket, { probe }: SignallingOptions) {
  if (probe === undefined) return null
  return async (patienceMs: number): Promise<void> => {
    const envelope: Envelope<object> = { requestId: crypto.randomUUID(), payload: {} }
    await socket.timeout(patienceMs).emitWithAck(probe, envelope)
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
