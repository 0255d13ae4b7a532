import { createSocket } from 'node:dgram'
import type { RemoteInfo, Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import type { Clock } from '@visavis/platform/clock'
import { datagramKind } from '@visavis/platform/rtp/rtp-packet'
import { createJournalWriter } from '../journal/journal-writer.ts'
import type { JournalWriter } from '../journal/journal-writer.ts'
import type { JournalEvent, JournalHeader } from '../journal/journal-format.ts'
import { ASK_EVERY_MS } from './loss-rules.ts'
import type { ReceiverCounters, ReceiverHead } from './receiver-messages.ts'
import { createRepair } from './repair.ts'
import type { Repair } from './repair.ts'

/** One recording being received: a UDP port whose datagrams go to a journal as they are. */
export type Reception = {
  readonly port: number
  readonly counters: () => ReceiverCounters
  /** Returns once the event is on disk. Throws when the disk refused. */
  readonly note: (event: JournalEvent) => Promise<void>
  /**
   * Keeps what has arrived, closes the port, and the journal in order (CLOSED) or as a crash would (LEFT).
   * Idempotent. Throws when the disk refused.
   */
  readonly close: (how: 'CLOSED' | 'LEFT') => Promise<void>
}

export type ReceptionOptions = {
  readonly address: string
  readonly journalPath: string
  readonly header: JournalHeader
  /** Overwritten as soon as the journal has its own. */
  readonly key: Uint8Array
  readonly clock: Clock
  readonly onHead: (head: ReceiverHead) => void
  readonly onFailed: (why: Error) => void
}

/** Holds a second and a half of sixteen full-rate visits while the thread is held up; the kernel may grant less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
/** The kernel's queue for the socket is read within a few turns of the loop. */
const DRAIN_MS = 50

/** Opens a port on `address` and a journal for it. Throws when either cannot be had. */
export async function openReception(options: ReceptionOptions): Promise<Reception> {
  const { address, journalPath: path, key } = options
  const socket = await bindSocket(address)
  try {
    const journal = await createJournalWriter({ ...options, path })
    return receive(socket, journal, options.onFailed)
  } catch (error) {
    socket.close()
    throw error
  } finally {
    key.fill(0)
  }
}

async function bindSocket(address: string): Promise<Socket> {
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    recvBufferSize: RECEIVE_BUFFER_BYTES,
  })
  socket.bind(0, address)
  await once(socket, 'listening')
  return socket
}

function receive(
  socket: Socket,
  journal: JournalWriter,
  onFailed: (why: Error) => void,
): Reception {
  const counters = { rtp: 0, rtcp: 0, foreign: 0 }
  const sender = createAnswers(socket)
  const repair = createRepair((rtcp) => sender.send(rtcp))
  const asking = createAsking(repair)
  socket.on('message', (bytes, from) => {
    const kind = datagramKind(bytes)
    counters[kind ?? 'foreign'] += 1
    if (!kind) return
    journal.append(kind, process.hrtime.bigint(), bytes)
    if (kind === 'rtp') {
      sender.heardFrom(from)
      if (repair.heard(bytes)) asking.begin()
    }
  })
  socket.on('error', onFailed)
  let closed: Promise<void> | null = null
  const close = async (how: 'CLOSED' | 'LEFT'): Promise<void> => {
    asking.end()
    await new Promise((resolve) => setTimeout(resolve, DRAIN_MS))
    await new Promise<void>((resolve) => socket.close(resolve))
    await journal.close(how)
  }
  return {
    port: socket.address().port,
    counters: () => ({ ...counters }),
    note: (event) => note(event, journal, repair),
    close: (how) => (closed ??= close(how)),
  }
}

async function note(event: JournalEvent, journal: JournalWriter, repair: Repair): Promise<void> {
  if (event.event === 'trackDescribed') repair.describe(event.track)
  journal.note(event)
  await journal.settle()
}

/** Asks for what got lost for as long as something is: most of the time nothing is, and nobody has to wake up. */
function createAsking(repair: Repair) {
  let timer: NodeJS.Timeout | null = null
  let isEnded = false
  const begin = (): void => {
    if (isEnded) return
    timer ??= setTimeout(() => {
      timer = null
      if (repair.ask(performance.now())) begin()
    }, ASK_EVERY_MS)
  }
  return {
    begin,
    end() {
      isEnded = true
      clearTimeout(timer ?? undefined)
    },
  }
}

/** Sends to where the last RTP came from. What cannot be sent is lost on the way, like anything else. */
function createAnswers(socket: Socket) {
  let from: RemoteInfo | null = null
  return {
    heardFrom: (sender: RemoteInfo) => void (from = sender),
    send(rtcp: Buffer) {
      if (from) socket.send(rtcp, from.port, from.address, () => undefined)
    },
  }
}
