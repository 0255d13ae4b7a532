import type { recorderEvents } from '@visavis/contract/recorder-control'
import type { Clock } from '@visavis/platform/clock'
import type { ControlServer } from '@visavis/platform/control-server'
import type { ReceiverHead } from './receive/receiver-messages.ts'
import type { RecordingKey } from './recording-state.ts'

/** Tells servers how far each journal is on disk: every few seconds, and at its end. */
export type RecordingHeads = {
  readonly reached: (key: RecordingKey, head: ReceiverHead) => void
  /** Tells where it ended. Idempotent. */
  readonly ended: (key: RecordingKey) => void
}

/** What a crash of everything at once leaves unproved at most; a second of it is the chunk's own. */
const TELL_EVERY_MS = 3_000

/** A head that no server was told of yet. */
type Untold = { readonly head: ReceiverHead; readonly at: Date }

/** Creates it; a recording begins with its first head. */
export function createRecordingHeads(options: {
  clock: Clock
  tell: ControlServer<typeof recorderEvents>['tell']
}): RecordingHeads {
  const latest = new Map<string, Untold>()
  const lastToldAtMs = new Map<string, number>()
  const tell = ({ recordingId, visitId }: RecordingKey, { head, at }: Untold): void => {
    lastToldAtMs.set(recordingId, performance.now())
    latest.delete(recordingId)
    options.tell('recording:head', { recordingId, visitId, ...head, at: at.toISOString() })
  }
  return {
    reached(key, head) {
      const untold = { head, at: options.clock.now() }
      latest.set(key.recordingId, untold)
      const toldAtMs = lastToldAtMs.get(key.recordingId) ?? -Infinity
      if (performance.now() - toldAtMs >= TELL_EVERY_MS) tell(key, untold)
    },
    ended(key) {
      const untold = latest.get(key.recordingId)
      if (untold) tell(key, untold)
      lastToldAtMs.delete(key.recordingId)
    },
  }
}
