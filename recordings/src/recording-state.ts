import type { RecordingInfo } from '@visavis/contract/recorder-control'

/** Which recording it is; the ids come from its grant or its folder. */
export type RecordingKey = Pick<RecordingInfo, 'recordingId' | 'visitId' | 'epoch'>

/** A recording as the recorder holds it: OPEN → FINISHING → FINISHED, or FAILED from either of the first two. */
export type Recording = { readonly key: RecordingKey } & (
  | {
      readonly state: 'OPEN'
      /** The UDP port once it is bound; shared by everyone who asks for the same recording. */
      readonly port: Promise<number>
      readonly packets: number
    }
  | { readonly state: 'FINISHING'; readonly packets: number }
  | { readonly state: 'FINISHED'; readonly info: RecordingInfo; readonly endedAtMs: number }
  | {
      readonly state: 'FAILED'
      readonly why: string
      readonly packets: number
      readonly endedAtMs: number
    }
)

/** What a server is told of a recording. */
export function recordingInfo(recording: Recording): RecordingInfo {
  if (recording.state === 'FINISHED') return recording.info
  const { key, state, packets } = recording
  return { ...key, state, packets, tracks: [] }
}

/** Whether it ended before `sinceMs` (Unix time), so that every server has long heard of it. */
export function endedBefore(recording: Recording, sinceMs: number): boolean {
  return 'endedAtMs' in recording && recording.endedAtMs < sinceMs
}
