import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import type {
  CommandList,
  DataOf,
  EventList,
  EventName,
  EventPayload,
  PayloadInputOf,
  ReplyOf,
} from '@visavis/contract/command'
import { Fault, Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import { traceNow } from './trace.ts'

/** A live or lost connection to one media node or recorder. */
export type ControlClient<List extends CommandList, Events extends EventList> = {
  readonly url: string
  readonly isConnected: () => boolean
  /** Carries out a command there. Throws its Refusal, or a Fault when it cannot be reached in time. */
  readonly call: <K extends keyof List>(
    key: K,
    payload: PayloadInputOf<List[K]>,
  ) => Promise<DataOf<List[K]>>
  readonly on: <Name extends EventName<Events>>(
    name: Name,
    listener: (payload: EventPayload<Events, Name>) => void,
  ) => void
  /** Called at each (re)connection, before later events: the moment to ask what the other side holds. */
  readonly onConnected: (listener: () => void) => void
  readonly onLost: (listener: () => void) => void
  readonly close: () => void
}

/** Longer than any command takes on a busy machine; a caller must not wait for ever. */
const REPLY_TIMEOUT_MS = 10_000
/** Media waits for a lost link to come back, so try often. */
const RETRY_MS = 250
const RETRY_MAX_MS = 1_000

/** Connects to a control server and keeps trying. */
export function connectControl<List extends CommandList, Events extends EventList>(options: {
  url: string
  secret: string
  commands: List
  events: Events
  code: ErrorCode
}): ControlClient<List, Events> {
  const { url, secret, commands, code } = options
  const socket = io(url, {
    transports: ['websocket'],
    auth: { secret },
    reconnectionDelay: RETRY_MS,
    reconnectionDelayMax: RETRY_MAX_MS,
    forceNew: true,
  })
  return {
    url,
    isConnected: () => socket.connected,
    async call(key, payload) {
      const name = commands[key]?.name ?? ''
      if (!socket.connected) throw new Fault(`${url} is not connected`, { code })
      const trace = traceNow()
      const envelope = {
        requestId: randomUUID(),
        payload,
        ...(trace === undefined ? {} : { trace }),
      }
      const reply: unknown = await socket
        .timeout(REPLY_TIMEOUT_MS)
        .emitWithAck(name, envelope)
        .catch((cause: unknown) => {
          throw new Fault(`${name} got no answer from ${url}`, { cause, code })
        })
      return open(reply as ReplyOf<List[typeof key]>)
    },
    on: (name, listener) => void socket.on(name, listener as never),
    onConnected: (listener) => void socket.on('connect', listener),
    onLost: (listener) => void socket.on('disconnect', listener),
    close: () => void socket.close(),
  }
}

function open<Data>(
  reply:
    { ok: true; data: Data } | { ok: false; code: ErrorCode; context: Record<string, unknown> },
): Data {
  if (reply.ok) return reply.data
  throw new Refusal(reply.code, reply.context)
}
