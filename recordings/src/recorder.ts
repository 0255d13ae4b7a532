import { randomUUID } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { recorderCommands } from '@visavis/contract/recorder-control'
import type { Handlers } from '@visavis/platform/control-server'
import { createMetrics } from '@visavis/platform/metrics'
import { createDeriver } from './derive/deriver.ts'
import { hasRoom } from './disk-room.ts'
import { createFinisher } from './finish/finisher.ts'
import { createReceiver } from './receive/receiver.ts'
import type { ReceiverEvents } from './receive/receiver.ts'
import { derive } from './recorder-derive.ts'
import { finishLeft } from './recorder-finish.ts'
import type { RecorderKit, RecorderOptions } from './recorder-kit.ts'
import { closeRecording, describeTrack, noteCourse, openRecording } from './recorder-live.ts'
import { recover } from './recorder-recovery.ts'
import { createKeyRing } from './key-ring.ts'
import { createRecordingBook } from './recording-book.ts'
import type { RecordingBook } from './recording-book.ts'
import { measureRecorder } from './recorder-figures.ts'
import type { RecorderFigures } from './recorder-figures.ts'
import { createRecordingHeads } from './recording-heads.ts'
import type { RecordingHeads } from './recording-heads.ts'
import { recordingInfo } from './recording-state.ts'

/** Receives and finishes the recordings of many visits, and makes copies of them. */
export type Recorder = {
  readonly handlers: Handlers<typeof recorderCommands>
  readonly health: () => Record<string, unknown>
  /** Takes up what a recorder before this one left unfinished; once, however often it is called. */
  readonly recover: () => Promise<void>
  /** Leaves every open journal whole and forgets all keys; the next start tells of them as LEFT. Idempotent. */
  readonly close: () => Promise<void>
}

/** Creates a recorder; it does nothing before the first command or {@link Recorder.recover}. */
export function createRecorder(
  options: Omit<RecorderOptions, 'metrics'> & Partial<Pick<RecorderOptions, 'metrics'>>,
): Recorder {
  const kit = createKit({ ...options, metrics: options.metrics ?? createMetrics() })
  const bootId = randomUUID()
  let recovered: Promise<void> | null = null
  const recoverOnce = (): Promise<void> => (recovered ??= recover(kit))
  return {
    recover: recoverOnce,
    health: () => ({ bootId, recordings: countStates(kit.book) }),
    handlers: handlersOf(kit, { bootId, recoverOnce }),
    async close() {
      kit.closing.abort()
      await Promise.all([kit.receiver.stop(), kit.finisher.stop(), kit.deriver.stop()])
      kit.keys.forgetAll()
    },
  }
}

function createKit(options: RecorderOptions): RecorderKit {
  const book = createRecordingBook(options)
  const heads = counted(
    createRecordingHeads(options),
    measureRecorder(options.metrics, { ...options, book }),
  )
  const keys = createKeyRing()
  return {
    ...options,
    book,
    heads,
    keys,
    receiver: createReceiver(receiverEvents({ book, heads, keys })),
    finisher: createFinisher(options),
    deriver: createDeriver({
      workDir: options.dataDir,
      store: options.store,
      findFfmpeg: options.findFfmpeg,
      onProgress: (derivativeId, share) =>
        options.tell('derivative:progress', { derivativeId, share }),
    }),
    copies: new Set(),
    closing: new AbortController(),
  }
}

/** Heads that are counted as well. */
function counted(heads: RecordingHeads, figures: RecorderFigures): RecordingHeads {
  return {
    reached(key, head) {
      figures.reached(key.recordingId, head)
      heads.reached(key, head)
    },
    ended(key) {
      figures.ended(key.recordingId)
      heads.ended(key)
    },
  }
}

function receiverEvents({
  book,
  heads,
  keys,
}: Pick<RecorderKit, 'book' | 'heads' | 'keys'>): ReceiverEvents {
  return {
    onCounted: (recordingId, { rtp }) => book.count(recordingId, rtp),
    onHead(recordingId, head) {
      const recording = book.get(recordingId)
      if (recording) heads.reached(recording.key, head)
    },
    onFailed(recordingId, { code, why }) {
      const recording = book.get(recordingId)
      if (recording?.state !== 'OPEN') return
      keys.forget(recordingId)
      heads.ended(recording.key)
      book.failed(recording.key, code, why)
    },
  }
}

function handlersOf(
  kit: RecorderKit,
  { bootId, recoverOnce }: { bootId: string; recoverOnce: () => Promise<void> },
): Recorder['handlers'] {
  return {
    async describe() {
      await recoverOnce()
      return { bootId, recordings: kit.book.list().map(recordingInfo) }
    },
    probe: async () => ({ hasRoom: await hasRoom(kit.dataDir) }),
    async open(request) {
      await recoverOnce()
      return openRecording(kit, request)
    },
    async describeTrack({ recordingId, track }) {
      await describeTrack(kit, recordingId, track)
      return {}
    },
    async note({ recordingId, note }) {
      await noteCourse(kit, recordingId, note)
      return {}
    },
    async close({ recordingId }) {
      await closeRecording(kit, recordingId)
      return {}
    },
    async finish({ recordingId, sealedKey }) {
      await recoverOnce()
      await finishLeft(kit, recordingId, sealedKey)
      return {}
    },
    async derive({ job }) {
      if (kit.closing.signal.aborted) throw new Refusal('RECORDER_UNAVAILABLE')
      await derive(kit, job)
      return {}
    },
  }
}

function countStates(book: RecordingBook): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { state } of book.list()) counts[state] = (counts[state] ?? 0) + 1
  return counts
}
