import { setImmediate as breathe } from 'node:timers/promises'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { PROTOCOL_VERSION } from '@visavis/contract/command'
import { ERROR_STATUS } from '@visavis/contract/errors'
import { brokenOnce } from './broken-json.ts'
import type { Chance } from '../support/seeded.ts'
import type { Findings } from './findings.ts'
import { NAMESPACES } from './socket-messages.ts'
import type { Message, NamespaceName, SocketMessages } from './socket-messages.ts'

/** Somebody who sends whatever comes to mind. */
export type Guest = {
  /** Who it is, in words. */
  readonly who: string
  readonly cookie: string
  readonly namespace: NamespaceName
  readonly signInAs?: 'account' | 'inmate' | 'terminal'
  /** What a page of theirs would ask first. */
  readonly opening?: { readonly event: string; readonly payload: object }
}

/** What all guests share: how much is still to be sent, and what came of it. */
export type Flood = {
  readonly origin: string
  readonly chance: Chance
  readonly findings: Findings
  readonly counts: Map<string, number>
  /** What a terminal's page shows besides its cookie when it opens a socket; undefined: it is no terminal. */
  readonly deviceOf: (cookie: string) => Promise<unknown>
  /** Ids that answers have told, for the messages that follow. */
  readonly learn: (data: unknown) => void
  left: number
}

/** What any command can be refused with, besides its own list. */
const COMMON: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'NOT_SIGNED_IN',
  'SESSION_EXPIRED',
  'SESSION_ENDED',
  'FORBIDDEN',
  'TOO_MANY_REQUESTS',
  'REQUEST_ID_REUSED',
])
/** Answers that a guest waits for at most. */
const WINDOW = 16
/** Only a server that has lost a message takes so long. */
const PATIENCE_MS = 60_000
const BREATHE_EVERY = 25
/** Whose door stays shut so often in a row knocks no more. */
const MOST_SHUT = 4
const BROKEN_HANDSHAKES = 0.05

/** Sends its part of the flood; comes back as often as it is thrown out. */
export class SocketGuest {
  readonly #guest: Guest
  readonly #flood: Flood
  readonly #messages: SocketMessages
  #socket: Socket | null = null
  #waiting = 0
  #wake: () => void = () => undefined

  constructor(guest: Guest, flood: Flood, messages: SocketMessages) {
    this.#guest = guest
    this.#flood = flood
    this.#messages = messages
  }

  async run(): Promise<void> {
    for (let shut = 0, sent = 0; this.#flood.left > 0 && shut < MOST_SHUT;) {
      const socket = this.#socket?.connected ? this.#socket : await this.#connect()
      if (socket === null) {
        shut += 1
        continue
      }
      shut = 0
      this.#flood.left -= 1
      sent += 1
      this.#send(socket, this.#messages.next())
      if (sent % BREATHE_EVERY === 0) await breathe()
      while (this.#waiting >= WINDOW) await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    while (this.#waiting > 0) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#socket?.close()
  }

  async #connect(): Promise<Socket | null> {
    const { origin, chance } = this.#flood
    const { namespace, cookie, signInAs } = this.#guest
    const isTerminal = signInAs === 'inmate' || signInAs === 'terminal'
    const device = isTerminal ? await this.#flood.deviceOf(cookie) : undefined
    const auth = {
      protocolVersion: PROTOCOL_VERSION,
      ...(signInAs ? { signInAs } : {}),
      ...(device === undefined ? {} : { device }),
    }
    const isBroken = chance.is(BROKEN_HANDSHAKES)
    const told: unknown = isBroken ? brokenOnce(auth, chance) : auth
    this.#socket?.close()
    this.#flood.left -= 1
    const socket = io(`${origin}${NAMESPACES[namespace].path}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: typeof told === 'object' && told !== null ? told : {},
      extraHeaders: { origin, cookie },
    })
    this.#socket = socket
    const opened = await new Promise<true | Error>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('connect_error', resolve)
      // Who is cut off between the two hears of neither; who is refused, of this first.
      socket.io.once('close', () => setImmediate(() => resolve(new Error('closed'))))
    })
    if (opened !== true) {
      this.#refusedAtDoor(opened)
      return null
    }
    this.#count('connected')
    await this.#open(socket)
    return socket
  }

  /** Mostly begins like a page, for what is behind is the larger part. */
  async #open(socket: Socket): Promise<void> {
    const { opening } = this.#guest
    if (!opening || this.#flood.chance.is(0.2)) return
    const { event, payload } = opening
    const envelope = { requestId: crypto.randomUUID(), payload }
    const reply: unknown = await socket
      .timeout(PATIENCE_MS)
      .emitWithAck(event, envelope)
      .catch(() => null)
    const { ok, data } = Object(reply) as { ok?: unknown; data?: unknown }
    this.#count(ok === true ? 'opened' : 'not opened')
    this.#flood.learn(data)
  }

  #refusedAtDoor({ message }: Error): void {
    this.#count(`refused at the door: ${message}`)
    const isFault = message === 'INTERNAL' || message === 'DEPENDENCY_FAILED'
    const isOurs = message === 'closed' || (message in ERROR_STATUS && !isFault)
    if (!isOurs)
      this.#flood.findings.add(this.#guest.namespace, `handshake: ${message}`, this.#guest.who)
  }

  #send(socket: Socket, message: Message): void {
    const { event, args, way } = message
    if (way === 'raw') {
      socket.io.engine.write(event)
      return
    }
    if (way === 'unasked' || way === 'hopeless') {
      socket.emit(event, ...args, ...(way === 'hopeless' ? [() => undefined] : []))
      return
    }
    if (way === 'volatile') {
      // Dropped when the line is busy: its answer may come or not.
      socket.volatile.emit(event, ...args, (reply: unknown) => this.#judge(message, reply))
      return
    }
    this.#waiting += 1
    socket.timeout(PATIENCE_MS).emit(event, ...args, (error: Error | null, reply: unknown) => {
      this.#waiting -= 1
      this.#wake()
      if (error === null) this.#judge(message, reply)
      else this.#unanswered(message, socket, error)
    })
  }

  /** A socket that was closed has lost its answers; one that stands has to give them. */
  #unanswered(message: Message, socket: Socket, error: Error): void {
    this.#count(socket.connected ? 'unanswered' : 'lost with its socket')
    if (socket.connected) this.#found(message, `was not answered: ${error.message}`)
  }

  #judge(message: Message, reply: unknown): void {
    const { ok, code, data } = Object(reply) as { ok?: unknown; code?: unknown; data?: unknown }
    this.#count(ok === true ? 'OK' : String(code))
    if (ok === true) {
      this.#flood.learn(data)
      const parsed = message.command?.reply.safeParse(data)
      if (parsed?.success === false) this.#found(message, 'answers in another shape')
      return
    }
    if (typeof code !== 'string' || !(code in ERROR_STATUS)) this.#found(message, 'is no refusal')
    else if (!this.#isDeclared(message, code)) this.#found(message, `is ${code}`)
  }

  #isDeclared({ command }: Message, code: string): boolean {
    return COMMON.has(code) || (command?.refusals.some((each) => each === code) ?? false)
  }

  #found(message: Message, fault: string): void {
    const { who, namespace } = this.#guest
    const { event, args } = message
    this.#flood.findings.add(`/${namespace} ${event}`, fault, { who, args })
  }

  #count(outcome: string): void {
    const { counts } = this.#flood
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
}
