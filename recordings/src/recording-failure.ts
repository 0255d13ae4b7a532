import { Fault, errorCodeOf } from '@visavis/contract/errors'
import type { RecordingFailure } from '@visavis/contract/recorder-control'
import { JournalFault } from './journal/journal-disk.ts'

/** Why a recording could not go on, on its way between threads. */
export class ReceiverFault extends Fault {
  readonly why: RecordingFailure
  constructor(message: string, why: RecordingFailure) {
    super(message, { code: 'RECORDER_UNAVAILABLE' })
    this.why = why
  }
}

/** Why a recording could not go on: the disk's word, else the receiver's. */
export function failureOf(error: unknown): RecordingFailure {
  const isSaid = error instanceof JournalFault || error instanceof ReceiverFault
  return isSaid ? error.why : 'RECEIVER_FAILED'
}

/** What happened, for the log; nothing of what was said or shown is ever in it. */
export function explain(error: unknown): string {
  if (!(error instanceof Fault)) return error instanceof Error ? error.message : errorCodeOf(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
