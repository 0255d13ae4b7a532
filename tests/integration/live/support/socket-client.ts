import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { PROTOCOL_VERSION } from '@visavis/contract/command'
import type { CommandList, DataOf, PayloadInputOf, ReplyOf } from '@visavis/contract/command'
import { VISIT_NAMESPACE, visitCommands } from '@visavis/contract/visit-socket'
import { WALL_NAMESPACE, wallCommands } from '@visavis/contract/wall-socket'
import { socketProofOf } from '../../../support/test-terminals.ts'
import { until } from '../../../support/until.ts'
import type { LiveWorld } from './live-world.ts'

/** A connection as a page holds it: typed commands out, every event in remembered in order. */
export type SocketClient<List extends CommandList> = {
  readonly socket: Socket
  /** Every event that came, as `[name, payload]`. */
  readonly events: (readonly [string, unknown])[]
  /** The numbers of those events; 0 for one that has none. */
  readonly numbers: readonly number[]
  /** The whole answer. */
  readonly ask: <K extends keyof List>(
    key: K,
    payload: PayloadInputOf<List[K]>,
    requestId?: string,
  ) => Promise<ReplyOf<List[K]>>
  /** The data of an answer that must be an acceptance. */
  readonly call: <K extends keyof List>(
    key: K,
    payload: PayloadInputOf<List[K]>,
  ) => Promise<DataOf<List[K]>>
  /** The newest payload of that event for which `test` holds; waits for it. */
  readonly heard: <T>(name: string, test?: (payload: T) => boolean) => Promise<T>
  readonly close: () => void
}

export type SeatClient = SocketClient<typeof visitCommands>
export type WallClient = SocketClient<typeof wallCommands>

/** Long enough for a busy machine; an answer that never comes is a fault of ours. */
const ANSWER_MS = 15_000

/** Connects as a seat; rejects with the code of a refused handshake. */
export function connectSeat(
  world: LiveWorld,
  cookie: string,
  signInAs: 'account' | 'inmate' = cookie.includes('visavis-inmate') ? 'inmate' : 'account',
): Promise<SeatClient> {
  return connect(world, {
    namespace: VISIT_NAMESPACE,
    commands: visitCommands,
    cookie,
    auth: { protocolVersion: PROTOCOL_VERSION, signInAs },
  })
}

/** Connects as an officer's wall. */
export function connectWall(world: LiveWorld, cookie: string): Promise<WallClient> {
  return connect(world, {
    namespace: WALL_NAMESPACE,
    commands: wallCommands,
    cookie,
    auth: { protocolVersion: PROTOCOL_VERSION },
  })
}

/** Connects to a namespace with any handshake, good or bad. */
export async function connect<List extends CommandList>(
  world: LiveWorld,
  given: {
    namespace: string
    commands: List
    cookie?: string
    auth: Record<string, unknown>
    origin?: string
  },
): Promise<SocketClient<List>> {
  const { namespace, commands, cookie, origin = world.origin() } = given
  const auth = await withDevice(world, given)
  const socket = io(`${world.origin()}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: { origin, ...(cookie ? { cookie } : {}) },
  })
  const events: (readonly [string, unknown])[] = []
  const numbers: number[] = []
  socket.onAny((name: string, payload: unknown, seq?: number) => {
    events.push([name, payload])
    numbers.push(seq ?? 0)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return clientOf(socket, { commands, events, numbers })
}

/** As a terminal's page does: with a proof of its key. */
async function withDevice(
  world: LiveWorld,
  { cookie, auth }: { cookie?: string; auth: Record<string, unknown> },
): Promise<Record<string, unknown>> {
  const { signInAs } = auth
  if (signInAs !== 'inmate' && signInAs !== 'terminal') return auth
  const device = await socketProofOf(cookie, world.origin())
  return device === undefined ? auth : { device, ...auth }
}

function clientOf<List extends CommandList>(
  socket: Socket,
  {
    commands,
    events,
    numbers,
  }: { commands: List; events: (readonly [string, unknown])[]; numbers: number[] },
): SocketClient<List> {
  const ask: SocketClient<List>['ask'] = (key, payload, requestId = randomUUID()) => {
    const name = commands[key]?.name ?? ''
    return socket.timeout(ANSWER_MS).emitWithAck(name, { requestId, payload }) as never
  }
  return {
    socket,
    events,
    numbers,
    ask,
    async call(key, payload) {
      const reply = (await ask(key, payload)) as
        { ok: true; data: never } | { ok: false; code: string; context: unknown }
      if (reply.ok) return reply.data
      throw new Error(`${String(key)}: ${reply.code} ${JSON.stringify(reply.context)}`)
    },
    heard: <T>(name: string, test: (payload: T) => boolean = () => true) =>
      until(() => {
        const found = events.findLast(([each, payload]) => each === name && test(payload as T))
        return found ? (found[1] as T) : null
      }, `${name} to be told`),
    close: () => socket.close(),
  }
}
