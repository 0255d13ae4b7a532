import type {
  RecordingFailure,
  RecordingInfo,
  recorderEvents,
} from '@visavis/contract/recorder-control'
import type { Clock } from '@visavis/platform/clock'
import type { ControlServer } from '@visavis/platform/control-server'
import type { Logger } from '@visavis/platform/log'
import { finishedBefore, recordingInfo } from './recording-state.ts'
import type { Recording, RecordingKey } from './recording-state.ts'

/** All recordings a recorder knows, and the only place where their states change. */
export type RecordingBook = {
  readonly get: (recordingId: string) => Recording | undefined
  /** Those still going on or without their files, and those that were finished within a day. */
  readonly list: () => Recording[]
  readonly enter: (recording: Recording) => void
  /** Takes back an opening that did not succeed: the same grant may be tried again. */
  readonly takeBack: (recordingId: string) => void
  readonly count: (recordingId: string, packets: number) => void
  readonly finishing: (key: RecordingKey) => void
  /** Ends it with its files, and tells the servers. */
  readonly finished: (info: RecordingInfo) => void
  /** Ends it without, and tells the servers; `cause` is for the log. */
  readonly failed: (key: RecordingKey, why: RecordingFailure, cause: string) => void
}

/** A server that was away for a day has been missed by people; until then it is told what ended meanwhile. */
export const TOLD_FOR_MS = 24 * 60 * 60 * 1000

/** Creates an empty book. */
export function createRecordingBook(options: {
  clock: Clock
  tell: ControlServer<typeof recorderEvents>['tell']
  log: Logger
}): RecordingBook {
  const recordings = new Map<string, Recording>()
  const nowMs = (): number => options.clock.now().getTime()
  const enter = (recording: Recording): void => {
    recordings.set(recording.key.recordingId, recording)
  }
  return {
    get: (recordingId) => recordings.get(recordingId),
    enter,
    takeBack: (recordingId) => void recordings.delete(recordingId),
    list() {
      const oldest = nowMs() - TOLD_FOR_MS
      const kept = [...recordings.values()].filter(
        (recording) => !finishedBefore(recording, oldest),
      )
      recordings.clear()
      kept.forEach(enter)
      return kept
    },
    count(recordingId, packets) {
      const recording = recordings.get(recordingId)
      const isGoingOn = recording?.state === 'OPEN' || recording?.state === 'FINISHING'
      if (isGoingOn) enter({ ...recording, packets })
    },
    ...endings({ ...options, recordings, enter, nowMs }),
  }
}

function endings({
  recordings,
  enter,
  nowMs,
  tell,
  log,
}: Parameters<typeof createRecordingBook>[0] & {
  recordings: ReadonlyMap<string, Recording>
  enter: (recording: Recording) => void
  nowMs: () => number
}): Pick<RecordingBook, 'finishing' | 'finished' | 'failed'> {
  const packetsOf = ({ recordingId }: RecordingKey): number => {
    const recording = recordings.get(recordingId)
    return recording ? recordingInfo(recording).packets : 0
  }
  return {
    finishing(key) {
      enter({ key, state: 'FINISHING', packets: packetsOf(key) })
      log.info(key, 'recording closed, making its files')
    },
    finished(info) {
      const { recordingId, visitId, epoch, packets } = info
      const key = { recordingId, visitId, epoch }
      enter({ key, state: 'FINISHED', info, endedAtMs: nowMs() })
      log.info({ ...key, packets }, 'recording finished')
      tell('recording:finished', info)
    },
    failed(key, why, cause) {
      enter({ key, state: 'FAILED', why, packets: packetsOf(key) })
      log.error({ ...key, why, cause }, 'recording failed')
      tell('recording:failed', { recordingId: key.recordingId, visitId: key.visitId, why })
    },
  }
}
