import { parentPort } from 'node:worker_threads'
import { Fault, assertNever, panic } from '@visavis/contract/errors'
import { systemClock } from '@visavis/platform/clock'
import { explain, failureOf } from '../recording-failure.ts'
import { openReception } from './reception.ts'
import type { Reception } from './reception.ts'
import type { ReceiverRequest, ReceiverWord } from './receiver-messages.ts'

/**
 * The receiving thread: nothing here waits for the recorder's main thread, so that no work there can
 * make the kernel drop packets.
 */

/** Often enough for a page that shows that something arrives. */
const COUNT_EVERY_MS = 1_000

const port = parentPort ?? panic('the receiver runs as a worker thread only')
const receptions = new Map<string, Reception>()
const say = (word: ReceiverWord): void => port.postMessage(word)

port.on('message', (request: ReceiverRequest) => {
  const { requestNo } = request
  carryOut(request).then(
    (udpPort) => say({ say: 'done', requestNo, port: udpPort }),
    (error: unknown) => say({ say: 'refused', requestNo, failure: failureFrom(error) }),
  )
})

setInterval(() => {
  for (const [recordingId, reception] of receptions) {
    say({ say: 'counted', recordingId, counters: reception.counters() })
  }
}, COUNT_EVERY_MS)

async function carryOut(request: ReceiverRequest): Promise<number> {
  switch (request.ask) {
    case 'open':
      return open(request)
    case 'note':
      await known(request.recordingId).note(request.event)
      return 0
    case 'close':
      await close(request.recordingId)
      return 0
    case 'stop':
      await Promise.allSettled([...receptions.values()].map((reception) => reception.close('LEFT')))
      return 0
    default:
      return assertNever(request)
  }
}

async function open(request: Extract<ReceiverRequest, { ask: 'open' }>): Promise<number> {
  const { recordingId } = request
  const reception = await openReception({
    ...request,
    clock: systemClock,
    onHead: (head) => say({ say: 'head', recordingId, head }),
    onFailed: (error) => fail(recordingId, error),
  })
  receptions.set(recordingId, reception)
  return reception.port
}

function fail(recordingId: string, error: Error): void {
  const reception = receptions.get(recordingId)
  receptions.delete(recordingId)
  reception?.close('LEFT').catch(() => undefined)
  say({ say: 'failed', recordingId, failure: failureFrom(error) })
}

async function close(recordingId: string): Promise<void> {
  const reception = known(recordingId)
  receptions.delete(recordingId)
  await reception.close('CLOSED')
  say({ say: 'counted', recordingId, counters: reception.counters() })
}

function known(recordingId: string): Reception {
  const reception = receptions.get(recordingId)
  if (!reception) throw new Fault('the receiver has no such recording')
  return reception
}

function failureFrom(error: unknown) {
  return { code: failureOf(error), why: explain(error) }
}
