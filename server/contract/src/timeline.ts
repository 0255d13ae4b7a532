import { z } from 'zod'

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
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]
export const TimelineKindShape = z.enum(TIMELINE_KINDS)
