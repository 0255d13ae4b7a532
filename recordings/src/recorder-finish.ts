import { Refusal } from '@visavis/contract/errors'
import { openKey } from '@visavis/contract/recording-key'
import type { RecorderKit } from './recorder-kit.ts'
import { explain } from './recording-failure.ts'
import type { RecordingKey } from './recording-state.ts'

/** A recording after its visit. */

/**
 * Makes the files of one that is LEFT or FAILED, now that its key is there; any other stays as it is. Refuses
 * a recording that is not known and a key that is bound to another.
 */
export async function finishLeft(
  kit: RecorderKit,
  recordingId: string,
  sealedKey: string,
): Promise<void> {
  const { book, keys, grantSecret: secret } = kit
  if (!book.get(recordingId)) throw new Refusal('RECORDING_NOT_FOUND')
  const key = await openKey(sealedKey, { secret, objectId: recordingId })
  const recording = book.get(recordingId)
  if (recording?.state !== 'LEFT' && recording?.state !== 'FAILED') return
  keys.keep(recordingId, key)
  book.finishing(recording.key)
  void makeFiles(kit, recording.key)
}

/** Makes a recording's files with the key that is kept for it, and forgets that key, however it ends. */
export async function makeFiles(kit: RecorderKit, recording: RecordingKey): Promise<void> {
  const { book, keys, finisher, closing } = kit
  const { recordingId } = recording
  const key = keys.copyOf(recordingId)
  if (!key) {
    book.failed(recording, 'FINISH_FAILED', 'its key is gone')
    return
  }
  try {
    const info = await finisher.finish({ recording, key })
    keys.forget(recordingId)
    book.finished(info)
  } catch (error) {
    keys.forget(recordingId)
    // A job that was ended with the process is LEFT at the next start.
    if (!closing.signal.aborted) book.failed(recording, 'FINISH_FAILED', explain(error))
  }
}
