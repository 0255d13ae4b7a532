import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { createJournalWriter } from '../journal/journal-writer.ts'
import type { JournalWriter } from '../journal/journal-writer.ts'
import type { JournalEvent, JournalHeader } from '../journal/journal-format.ts'
import { datagramKind } from '../rtp/rtp-packet.ts'
import type { ReceiverCounters } from './receiver-messages.ts'

/** One recording being received: a UDP port whose datagrams go to a journal as they are. */
export type Reception = {
  readonly port: number
  readonly counters: () => ReceiverCounters
  /** Returns once the event is on disk. Throws when the disk refused. */
  readonly note: (event: JournalEvent) => Promise<void>
  /**
   * Keeps what has arrived, writes the last event if there is one, closes the port and the journal.
   * Idempotent. Throws when the disk refused.
   */
  readonly close: (lastEvent?: JournalEvent) => Promise<void>
}

/** Holds a second and a half of sixteen full-rate visits while the thread is held up; the kernel may grant less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
/** The kernel's queue for the socket is read within a few turns of the loop. */
const DRAIN_MS = 50

/** Opens a port on `address` and a journal for it. Throws when either cannot be had. */
export async function openReception(options: {
  address: string
  journalPath: string
  header: JournalHeader
  onFailed: (why: Error) => void
}): Promise<Reception> {
  const { address, journalPath, header, onFailed } = options
  const socket = await bindSocket(address)
  try {
    const journal = await createJournalWriter({ path: journalPath, header, onFailed })
    return receive(socket, journal, onFailed)
  } catch (error) {
    socket.close()
    throw error
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
  socket.on('message', (bytes) => {
    const kind = datagramKind(bytes)
    counters[kind ?? 'foreign'] += 1
    if (kind) journal.append(kind, process.hrtime.bigint(), bytes)
  })
  socket.on('error', onFailed)
  let closed: Promise<void> | null = null
  const append = (event: JournalEvent): void =>
    journal.append('event', process.hrtime.bigint(), Buffer.from(JSON.stringify(event)))
  const close = async (lastEvent?: JournalEvent): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, DRAIN_MS))
    await new Promise<void>((resolve) => socket.close(resolve))
    if (lastEvent) append(lastEvent)
    await journal.close()
  }
  return {
    port: socket.address().port,
    counters: () => ({ ...counters }),
    async note(event) {
      append(event)
      await journal.settle()
    },
    close: (lastEvent) => (closed ??= close(lastEvent)),
  }
}
