import type { JournalEvent, JournalHeader } from '../journal/journal-format.ts'

/** What the recorder asks of the receiving thread; each is answered under its `requestNo`. */
export type ReceiverRequest = { readonly requestNo: number } & (
  | {
      readonly ask: 'open'
      readonly recordingId: string
      readonly journalPath: string
      readonly header: JournalHeader
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

/** What the receiving thread says. */
export type ReceiverWord =
  | { readonly say: 'done'; readonly requestNo: number; readonly port: number }
  | { readonly say: 'refused'; readonly requestNo: number; readonly why: string }
  | { readonly say: 'counted'; readonly recordingId: string; readonly counters: ReceiverCounters }
  /** The journal or the socket broke; nothing more is kept of this recording. */
  | { readonly say: 'failed'; readonly recordingId: string; readonly why: string }
