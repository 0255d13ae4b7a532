import type { RecordingFailure } from '@visavis/contract/recorder-control'
import type { JournalEvent, JournalHeader } from '../journal/journal-format.ts'

/** What the recorder asks of the receiving thread; each is answered under its `requestNo`. */
export type ReceiverRequest = { readonly requestNo: number } & (
  | {
      readonly ask: 'open'
      readonly recordingId: string
      readonly journalPath: string
      readonly header: JournalHeader
      /** The recording's; the thread has a copy of its own, and overwrites it at the end. */
      readonly key: Uint8Array<ArrayBuffer>
      readonly address: string
    }
  | { readonly ask: 'note'; readonly recordingId: string; readonly event: JournalEvent }
  | { readonly ask: 'close'; readonly recordingId: string }
  /** Closes all as a crash would find them, only with everything on disk. */
  | { readonly ask: 'stop' }
)

/** How many datagrams one recording received. */
export type ReceiverCounters = {
  readonly rtp: number
  readonly rtcp: number
  /** Neither RTP nor RTCP, and so not kept. */
  readonly foreign: number
}

/** How far a journal is on disk. */
export type ReceiverHead = {
  readonly chunks: number
  /** SHA-256 in hex. */
  readonly chain: string
  readonly bytes: number
}

/** What the receiving thread says. */
export type ReceiverWord =
  | { readonly say: 'done'; readonly requestNo: number; readonly port: number }
  | { readonly say: 'refused'; readonly requestNo: number; readonly failure: ReceiverFailure }
  | { readonly say: 'counted'; readonly recordingId: string; readonly counters: ReceiverCounters }
  | { readonly say: 'head'; readonly recordingId: string; readonly head: ReceiverHead }
  /** The journal or the socket broke; nothing more is kept of this recording. */
  | { readonly say: 'failed'; readonly recordingId: string; readonly failure: ReceiverFailure }

export type ReceiverFailure = {
  readonly code: RecordingFailure
  /** For the log. */
  readonly why: string
}
