import { RecordingGrant } from '@visavis/contract/grant'
import type { JournalNote } from '@visavis/contract/recorder-control'
import type { z } from 'zod'
import { isToBeRecorded, isUnderWay } from '../visits/index.ts'
import type { VisitRecord } from '../visits/index.ts'
import type { TimelineNote } from '../timeline/index.ts'

/** A grant outlives its visit a little: media that was on its way belongs to it. */
const GRANT_OUTLIVES_MS = 60 * 60_000

/** The class to be recorded under, or null: what is not positively recordable is not recorded (RC-1). */
export function recordableClass(visit: VisitRecord): RecordingGrant['visitClass'] | null {
  const { visitClass } = visit
  return isToBeRecorded(visit) && visitClass !== 'privileged' ? visitClass : null
}

/**
 * Whether a visit's recording should stand now: from the moment on when everybody is let in, so that the
 * beginning only lets media flow into it. One that was opened stays, whoever is looked at again.
 */
export function isRecordingDue(visit: VisitRecord, isOpened: boolean): boolean {
  const { state } = visit.session
  if (recordableClass(visit) === null || state === 'ENDED') return false
  return isUnderWay(state) || state === 'READY' || isOpened
}

/** The grant for one recording of a visit. */
export function grantFor(
  visit: VisitRecord,
  recording: Pick<z.input<typeof RecordingGrant>, 'epoch' | 'number'> & {
    readonly recordingId: string
    readonly visitClass: RecordingGrant['visitClass']
  },
  now: Date,
): RecordingGrant {
  const endsMs = Math.max(visit.endsAt.getTime(), now.getTime())
  const expiresAt = new Date(endsMs + GRANT_OUTLIVES_MS).toISOString()
  return RecordingGrant.parse({ ...recording, visitId: visit.visitId, expiresAt })
}

/** A note of the visit's course as the journal has it: content-free. */
export function journalNoteOf({
  at,
  kind,
  seatId,
  detail,
}: TimelineNote): z.input<typeof JournalNote> {
  const { code } = detail
  return {
    at: at.toISOString(),
    kind,
    ...(seatId === null ? {} : { seatId }),
    ...(typeof code === 'string' ? { code } : {}),
  }
}
