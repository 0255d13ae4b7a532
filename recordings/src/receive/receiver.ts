import { Worker } from 'node:worker_threads'
import { assertNever } from '@visavis/contract/errors'
import type { JournalEvent, JournalHeader } from '../journal/journal-format.ts'
import { ReceiverFault } from '../recording-failure.ts'
import type {
  ReceiverCounters,
  ReceiverFailure,
  ReceiverHead,
  ReceiverRequest,
  ReceiverWord,
} from './receiver-messages.ts'

/** The recorder's end of the receiving thread. A thread that dies fails its recordings and is replaced at the next open. */
export type Receiver = {
  /** Opens a journal and a UDP port; takes the key for itself. Throws a Fault when either cannot be had. */
  readonly open: (job: {
    journalPath: string
    header: JournalHeader
    key: Uint8Array<ArrayBuffer>
    address: string
  }) => Promise<{ port: number }>
  /** Writes an event into a recording's journal. Throws a Fault when it is not open. */
  readonly note: (recordingId: string, event: JournalEvent) => Promise<void>
  /** Closes a journal in order. Throws a Fault when the disk refused. */
  readonly close: (recordingId: string) => Promise<void>
  /** Leaves every open journal whole on disk and ends the thread. Idempotent. */
  readonly stop: () => Promise<void>
}

export type ReceiverEvents = {
  readonly onCounted: (recordingId: string, counters: ReceiverCounters) => void
  readonly onHead: (recordingId: string, head: ReceiverHead) => void
  readonly onFailed: (recordingId: string, failure: ReceiverFailure) => void
}

/** A request without its number. */
type Ask<Request = ReceiverRequest> = Request extends unknown ? Omit<Request, 'requestNo'> : never
type Waiting = {
  readonly resolve: (port: number) => void
  readonly reject: (why: ReceiverFault) => void
}
type Thread = {
  readonly ask: (ask: Ask) => Promise<number>
  readonly end: () => Promise<unknown>
}

/** Creates a receiver. Its thread starts at once: the first visit must not wait for it unrecorded. */
export function createReceiver(events: ReceiverEvents): Receiver {
  const open = new Set<string>()
  let thread: Thread | null = null
  const onFailed = (recordingId: string, failure: ReceiverFailure): void => {
    if (open.delete(recordingId)) events.onFailed(recordingId, failure)
  }
  const onEnded = (why: string): void => {
    thread = null
    for (const recordingId of [...open]) onFailed(recordingId, { code: 'RECEIVER_FAILED', why })
  }
  const start = (): Thread => (thread ??= startThread({ ...events, onFailed, onEnded }))
  const ask = (request: Ask): Promise<number> => start().ask(request)
  start()
  return {
    async open(job) {
      const { recordingId } = job.header
      const port = await ask({ ask: 'open', recordingId, ...job })
      open.add(recordingId)
      return { port }
    },
    async note(recordingId, event) {
      await ask({ ask: 'note', recordingId, event })
    },
    async close(recordingId) {
      open.delete(recordingId)
      await ask({ ask: 'close', recordingId })
    },
    async stop() {
      const ending = thread
      open.clear()
      await ending?.ask({ ask: 'stop' })
      await ending?.end()
    },
  }
}

function startThread(events: ReceiverEvents & { onEnded: (why: string) => void }): Thread {
  const worker = new Worker(new URL('./receiver.worker.ts', import.meta.url))
  const waiting = new Map<number, Waiting>()
  let lastRequestNo = 0
  let lastWords = 'the receiving thread ended'
  worker.on('message', (word: ReceiverWord) => hear(word, { waiting, events }))
  worker.on('error', (error: Error) => (lastWords = `the receiving thread broke: ${error.message}`))
  worker.on('exit', () => {
    for (const { reject } of waiting.values())
      reject(new ReceiverFault(lastWords, 'RECEIVER_FAILED'))
    waiting.clear()
    events.onEnded(lastWords)
  })
  return {
    ask: (ask) =>
      new Promise((resolve, reject) => {
        lastRequestNo += 1
        waiting.set(lastRequestNo, { resolve, reject })
        const request = { ...ask, requestNo: lastRequestNo } satisfies ReceiverRequest
        // A key is handed over, not copied: there is one place less to overwrite.
        worker.postMessage(request, request.ask === 'open' ? [request.key.buffer] : [])
      }),
    end: () => worker.terminate(),
  }
}

function hear(
  word: ReceiverWord,
  { waiting, events }: { waiting: Map<number, Waiting>; events: ReceiverEvents },
): void {
  switch (word.say) {
    case 'counted':
      events.onCounted(word.recordingId, word.counters)
      return
    case 'failed':
      events.onFailed(word.recordingId, word.failure)
      return
    case 'head':
      events.onHead(word.recordingId, word.head)
      return
    case 'done':
    case 'refused': {
      const asker = waiting.get(word.requestNo)
      waiting.delete(word.requestNo)
      if (word.say === 'done') asker?.resolve(word.port)
      else asker?.reject(new ReceiverFault(word.failure.why, word.failure.code))
      return
    }
    default:
      assertNever(word)
  }
}
