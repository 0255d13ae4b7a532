import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Fault, Refusal, errorCodeOf } from '@visavis/contract/errors'
import { verifyGrant } from '@visavis/contract/grant'
import type { RecordingGrant } from '@visavis/contract/grant'
import type { TapTrack } from '@visavis/contract/media-control'
import type { recorderCommands, recorderEvents } from '@visavis/contract/recorder-control'
import type { Clock } from '@visavis/platform/clock'
import type { ControlServer, Handlers } from '@visavis/platform/control-server'
import type { Logger } from '@visavis/platform/log'
import { createFinisher } from './finish/finisher.ts'
import type { Finisher } from './finish/finisher.ts'
import { JOURNAL_VERSION } from './journal/journal-format.ts'
import type { JournalHeader } from './journal/journal-format.ts'
import { createReceiver } from './receive/receiver.ts'
import type { Receiver } from './receive/receiver.ts'
import { TOLD_FOR_MS, createRecordingBook } from './recording-book.ts'
import type { RecordingBook } from './recording-book.ts'
import { JOURNAL_FILE, findRecordings, recordingFolder } from './recording-folders.ts'
import { recordingInfo } from './recording-state.ts'
import type { RecordingKey } from './recording-state.ts'

/** Receives and finishes the recordings of many visits. */
export type Recorder = {
  readonly handlers: Handlers<typeof recorderCommands>
  readonly health: () => Record<string, unknown>
  /** Takes up what a recorder before this one left unfinished; once, however often it is called. */
  readonly recover: () => Promise<void>
  /** Leaves every open journal whole; the next start finishes them. Idempotent. */
  readonly close: () => Promise<void>
}

export type RecorderOptions = {
  /** Owned by one recorder alone: a second one would take its open journals for orphans. */
  readonly dataDir: string
  readonly listenAddress: string
  readonly grantSecret: string
  readonly clock: Clock
  readonly tell: ControlServer<typeof recorderEvents>['tell']
  readonly log: Logger
}

type Kit = RecorderOptions & {
  readonly book: RecordingBook
  readonly receiver: Receiver
  readonly finisher: Finisher
  readonly closing: AbortController
}

/** Creates a recorder; it does nothing before the first command or {@link Recorder.recover}. */
export function createRecorder(options: RecorderOptions): Recorder {
  const book = createRecordingBook(options)
  const receiver = createReceiver({
    onCounted: (recordingId, { rtp }) => book.count(recordingId, rtp),
    onFailed(recordingId, why) {
      const recording = book.get(recordingId)
      if (recording?.state === 'OPEN') book.failed(recording.key, why)
    },
  })
  const finisher = createFinisher(options.dataDir)
  const kit: Kit = { ...options, book, receiver, finisher, closing: new AbortController() }
  const bootId = randomUUID()
  let recovered: Promise<void> | null = null
  const recoverOnce = (): Promise<void> => (recovered ??= recover(kit))
  return {
    recover: recoverOnce,
    health: () => ({ bootId, recordings: countStates(book) }),
    handlers: {
      async describe() {
        await recoverOnce()
        return { bootId, recordings: book.list().map(recordingInfo) }
      },
      async open({ grant }) {
        await recoverOnce()
        return open(kit, grant)
      },
      async describeTrack({ recordingId, track }) {
        await describeTrack(kit, recordingId, track)
        return {}
      },
      async close({ recordingId }) {
        await close(kit, recordingId)
        return {}
      },
    },
    async close() {
      kit.closing.abort()
      await Promise.all([receiver.stop(), finisher.stop()])
    },
  }
}

async function open(kit: Kit, signedGrant: string) {
  const { grantSecret, clock, book, listenAddress } = kit
  const grant = await verifyGrant(signedGrant, { secret: grantSecret, now: clock.now() })
  const { recordingId } = grant
  const known = book.get(recordingId)
  // A journal is an original: once closed, nothing is added to it.
  if (known && known.state !== 'OPEN') throw new Refusal('GRANT_REFUSED', { why: 'used' })
  const port = known?.port ?? listen(kit, grant)
  return { recordingId, address: listenAddress, port: await port }
}

function listen(kit: Kit, { recordingId, visitId, epoch }: RecordingGrant): Promise<number> {
  const { book, receiver, clock, dataDir, listenAddress, log } = kit
  const key = { recordingId, visitId, epoch }
  const journalPath = join(recordingFolder(dataDir, key), JOURNAL_FILE)
  const header = journalHeader(key, clock)
  const port = receiver.open({ journalPath, header, address: listenAddress }).then(
    (opened) => {
      log.info({ ...key, port: opened.port }, 'recording opened')
      return opened.port
    },
    (error: unknown) => {
      book.takeBack(recordingId)
      throw error
    },
  )
  book.enter({ key, state: 'OPEN', port, packets: 0 })
  return port
}

function journalHeader(key: RecordingKey, clock: Clock): JournalHeader {
  const wallStart = clock.now().toISOString()
  const monoStart = process.hrtime.bigint().toString()
  return { v: JOURNAL_VERSION, ...key, wallStart, monoStart }
}

async function describeTrack(kit: Kit, recordingId: string, track: TapTrack): Promise<void> {
  const recording = kit.book.get(recordingId)
  if (recording?.state !== 'OPEN') throw new Refusal('RECORDING_NOT_FOUND')
  await recording.port
  await kit.receiver.note(recordingId, { event: 'trackDescribed', track })
}

/** Answers once the journal is whole; the files follow. What is closed already stays so. */
async function close(kit: Kit, recordingId: string): Promise<void> {
  const { book, receiver } = kit
  const recording = book.get(recordingId)
  if (!recording) throw new Refusal('RECORDING_NOT_FOUND')
  if (recording.state !== 'OPEN') return
  const { key } = recording
  await recording.port
  // Another close, or a failure, came first while the port was being bound.
  if (book.get(recordingId)?.state !== 'OPEN') return
  book.finishing(key)
  try {
    await receiver.close(recordingId)
  } catch (error) {
    book.failed(key, explain(error))
    return
  }
  void finish(kit, key)
}

async function finish(kit: Kit, key: RecordingKey): Promise<void> {
  try {
    kit.book.finished(await kit.finisher.finish(recordingFolder(kit.dataDir, key)))
  } catch (error) {
    // A job that was ended with the process is taken up at the next start.
    if (!kit.closing.signal.aborted) kit.book.failed(key, explain(error))
  }
}

/** Finds what a recorder before this one finished lately or left behind, and finishes the latter. */
async function recover(kit: Kit): Promise<void> {
  const { book, dataDir, clock, log } = kit
  for (const found of await findRecordings(dataDir, clock.now().getTime() - TOLD_FOR_MS)) {
    if (found.state === 'HEADLESS') log.warn({ folder: found.folder }, 'journal without a header')
    if (found.state === 'FINISHED') {
      const { recordingId, visitId, epoch } = found.info
      const key = { recordingId, visitId, epoch }
      book.enter({ key, state: 'FINISHED', info: found.info, endedAtMs: found.finishedAtMs })
    }
    if (found.state === 'LEFT') {
      log.warn(found.key, 'an earlier recorder left this recording open')
      book.finishing(found.key)
      void finish(kit, found.key)
    }
  }
}

function countStates(book: RecordingBook): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { state } of book.list()) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

function explain(error: unknown): string {
  if (!(error instanceof Fault)) return errorCodeOf(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
