import { createHash } from 'node:crypto'
import { Fault } from '@visavis/contract/errors'
import { RESULT_FILE, RecordingResult, recordingFolderOf } from '@visavis/contract/recording-result'
import type { ObjectStore } from '@visavis/platform/object-store/index'

/** A recording's result as it lies in the object store. */
export type ReadResult = { readonly result: RecordingResult; readonly sha256: string }

/**
 * Reads a recording's `result.json`; `sha256` (hex) is what it was told to be, null when nobody told. A Fault
 * when there is none, when it is another file, or of another recording.
 */
export async function readResult(
  store: Pick<ObjectStore, 'sizeOf' | 'readAt'>,
  recording: {
    readonly visitId: string
    readonly recordingId: string
    readonly sha256: string | null
  },
): Promise<ReadResult> {
  const key = `${recordingFolderOf(recording)}/${RESULT_FILE}`
  const size = await store.sizeOf(key)
  if (size === null || size === 0) throw new Fault('a recording has no result')
  const bytes = await store.readAt(key, 0, size - 1)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (recording.sha256 !== null && recording.sha256 !== sha256) {
    throw new Fault('a recording’s result is not the one that was told')
  }
  const result = parse(bytes)
  const isOfThis =
    result.recordingId === recording.recordingId && result.visitId === recording.visitId
  if (!isOfThis) throw new Fault('a recording’s result is of another recording')
  return { result, sha256 }
}

function parse(bytes: Buffer): RecordingResult {
  try {
    return RecordingResult.parse(JSON.parse(bytes.toString('utf8')))
  } catch (error) {
    throw new Fault('a recording’s result cannot be read', { cause: error })
  }
}
