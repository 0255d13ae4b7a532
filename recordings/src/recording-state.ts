import type { RecordingFailure, RecordingInfo } from '@visavis/contract/recorder-control'

/** Which recording it is; the ids come from its grant or its folder. */
export type RecordingKey = Pick<RecordingInfo, 'recordingId' | 'visitId' | 'epoch'>

/**
 * A recording as the recorder holds it: OPEN → FINISHING → FINISHED, or FAILED from either of the first two.
 * LEFT by a recorder before this one, or FAILED, it is FINISHING again when its key is brought.
 */
export type Recording = { readonly key: RecordingKey } & (
  | {
      readonly state: 'OPEN'
      /** The UDP port once it is bound; shared by everyone who asks for the same recording. */
      readonly port: Promise<number>
      readonly packets: number
    }
  | { readonly state: 'LEFT'; readonly packets: number; readonly isRecovered: boolean }
  | { readonly state: 'FINISHING'; readonly packets: number }
  | { readonly state: 'FINISHED'; readonly info: RecordingInfo; readonly endedAtMs: number }
  | { readonly state: 'FAILED'; readonly why: RecordingFailure; readonly packets: number }
)

/** What a server is told of a recording. */
export function recordingInfo(recording: Recording): RecordingInfo {
  if (recording.state === 'FINISHED') return recording.info
  const { key, state, packets } = recording
  const isRecovered = state === 'LEFT' && recording.isRecovered
  return { ...key, state, packets, ...(isRecovered ? { isRecovered } : {}) }
}

/** Whether it was finished before `sinceMs` (Unix time), so that every server has long heard of it. */
export function finishedBefore(recording: Recording, sinceMs: number): boolean {
  return recording.state === 'FINISHED' && recording.endedAtMs < sinceMs
}
