import { z } from 'zod'
import { Instant } from './ids.ts'

/**
 * What is noted of a visit's course, besides what its states tell. Each kind has words in the catalogues;
 * `detail` holds figures and codes, never anything that was said or shown.
 */
export const TIMELINE_KINDS = [
  // people and connections
  'ARRIVED',
  'CHECKED',
  'ADMITTED',
  'REFUSED',
  // another look; `detail`: {code}
  'PUT_BACK',
  'REMOVED',
  // at another's camera from now on, or not any more; `detail`: {isTogether}
  'TOGETHER',
  'DROPPED',
  'CAME_BACK',
  'LEFT',
  'AWAY',
  'BACK',
  // the visit
  'STARTED',
  'PAUSED',
  'RESUMED',
  'EXTENDED',
  'MEDIA_REBUILT',
  'ENDED',
  // a stretch in which media did not flow both ways; `detail`: {ms, cause}
  'GAP',
  // quality and devices
  'QUALITY',
  'DEVICE',
  'PREFLIGHT',
  // help
  'HELP_CALLED',
  'HELP_ANSWERED',
  // interventions (OV-5); `detail`: {code} for a reason or a party, {count} for a warning told again
  'WARNED',
  'WARNING_REPEATED',
  'WARNING_SEEN',
  'MUTED',
  'UNMUTED',
  'OFFICER_SPOKE',
  'OFFICER_SILENT',
  // nobody watched though somebody must, or somebody does again (OV-7); `detail`: {code} for what followed
  'UNWATCHED',
  'WATCHED',
  // a moment to be looked at again (OV-6), or not any more; `detail`: {code} for its category
  'FLAGGED',
  'UNFLAGGED',
  // it should be recorded and is not, or is again, or goes on without by an officer's word (RC-3)
  'UNRECORDED',
  'RECORDED',
  'GOES_ON_UNRECORDED',
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]
export const TimelineKindShape = z.enum(TIMELINE_KINDS)

/** One note of a visit's course, as staff read it. */
export const CourseNote = z.object({
  at: Instant,
  kind: TimelineKindShape,
  /** Whom it is about; null: the visit as a whole. */
  who: z.string().nullable(),
  /** Codes and figures, by name. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type CourseNote = z.output<typeof CourseNote>
