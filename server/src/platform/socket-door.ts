import type { Namespace, Server, Socket } from 'socket.io'
import { RequestId } from '@visavis/contract/command'
import type { Logger } from '@visavis/platform/log'
import { withTrace } from '@visavis/platform/trace'
import { createAllowances } from './message-rate.ts'
import type { MessageRate } from './message-rate.ts'

/** How one message was answered, for figures. */
export type Answered = {
  readonly namespace: string
  readonly command: string
  /** `OK`, or the code of the refusal. */
  readonly result: string
  readonly tookMs: number
}

/** What the host of the sockets tells of them; all of it without content. */
export type SocketFigures = { readonly answered: (answered: Answered) => void }

/**
 * A whole wall is opened by some hundred messages at once, and goes on with two a second; a flood is
 * thousands. Nobody who uses our pages meets either limit.
 */
const PER_SOCKET: MessageRate = { burst: 400, perSecond: 80 }
/** One person with several pages: a wall on two screens, a visit besides. */
const PER_CALLER: MessageRate = { burst: 800, perSecond: 160 }
/** Who goes on in spite of so many refusals is no page of ours. */
const MOST_REFUSED = 2_000

type Door = {
  readonly nowMs: () => number
  readonly figures: SocketFigures
  readonly log: Logger
  readonly takeOf: (caller: string) => number
}

type Packet = unknown[]

/** Who is at the other end of a socket, as the namespace's own check found out. */
const callers = new WeakMap<Socket, string>()

/** Notes whose socket this is, before its first message. */
export function noteCaller(socket: Socket, caller: string): void {
  callers.set(socket, caller)
}

/**
 * Stands before the commands of every namespace: counts them, limits how many come (TOO_MANY_REQUESTS, with
 * the time from which on they are taken again), and does the work of each under its request's id.
 */
export function guardMessages(
  io: Server,
  {
    log,
    figures,
    nowMs = () => performance.now(),
  }: { log: Logger; figures: SocketFigures; nowMs?: () => number },
): void {
  const perCaller = createAllowances(PER_CALLER, nowMs)
  const door: Door = { nowMs, figures, log, takeOf: perCaller.take }
  io.on('new_namespace', (namespace: Namespace) => {
    namespace.on('connection', (socket) => guardSocket(socket, door))
  })
}

function guardSocket(socket: Socket, door: Door): void {
  const own = createAllowances(PER_SOCKET, door.nowMs)
  let refused = 0
  socket.use((packet, next) => {
    const caller = callers.get(socket)
    const waitMs = Math.max(own.take(''), caller === undefined ? 0 : door.takeOf(caller))
    noteAnswer(socket, packet, door)
    if (waitMs === 0) {
      withTrace(requestOf(packet), () => next())
      return
    }
    refused += 1
    refuse(packet, waitMs)
    if (refused === 1) door.log.warn({ namespace: socket.nsp.name }, 'a socket sends too much')
    if (refused >= MOST_REFUSED) socket.disconnect(true)
  })
}

/** Puts the counting before the answer that the sender waits for. */
function noteAnswer(socket: Socket, packet: Packet, { nowMs, figures }: Door): void {
  const [command] = packet
  const acknowledge = packet.at(-1)
  if (!isAcknowledgement(acknowledge)) return
  const startedMs = nowMs()
  packet[packet.length - 1] = (reply: unknown) => {
    const tookMs = nowMs() - startedMs
    const namespace = socket.nsp.name
    figures.answered({ namespace, command: String(command), result: resultOf(reply), tookMs })
    acknowledge(reply)
  }
}

function refuse(packet: Packet, waitMs: number): void {
  const acknowledge = packet.at(-1)
  if (!isAcknowledgement(acknowledge)) return
  const liftsAt = new Date(Date.now() + waitMs).toISOString()
  acknowledge({ ok: false, code: 'TOO_MANY_REQUESTS', requestId: null, context: { liftsAt } })
}

function resultOf(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null) return 'NONE'
  return 'code' in reply && typeof reply.code === 'string' ? reply.code : 'OK'
}

/** The id that the sender gave the request; one of ours if it gave none that can be used. */
function requestOf(packet: Packet): string {
  const [, envelope] = packet
  const given =
    typeof envelope === 'object' && envelope !== null && 'requestId' in envelope
      ? RequestId.safeParse(envelope.requestId)
      : null
  return given?.success ? given.data : crypto.randomUUID()
}

function isAcknowledgement(value: unknown): value is (reply: unknown) => void {
  return typeof value === 'function'
}
