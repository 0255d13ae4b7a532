import { WHEN_NOT_WATCHED } from '@visavis/contract/coverage'
import { Detectors } from '@visavis/contract/advice'
import type { FacilityMediaPolicy } from '@visavis/contract/media-policy'
import { z } from 'zod'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** The database's own limit for `busy_until` after the end of a visit. */
const LONGEST_TURNAROUND_MS = 2 * HOUR_MS
/** The database's own limit for a visit. */
const LONGEST_VISIT_MINUTES = 240

const MediaPolicy = z.strictObject({
  monitor: z.enum(['AV', 'SIGHT_ONLY', 'NONE']),
  isRecorded: z.boolean(),
})

/** Whether somebody must watch visits of a class, and what follows where nobody does (OV-7). */
const ClassCoverage = z.strictObject({
  mustBeWatched: z.boolean().default(false),
  whenNotWatched: z.enum(WHEN_NOT_WATCHED).default('FLAG'),
})
const NOT_COVERED = { mustBeWatched: false, whenNotWatched: 'FLAG' } as const

const durationMs = (fallback: number) => z.number().int().min(0).default(fallback)
const turnaroundMs = z.number().int().min(0).max(LONGEST_TURNAROUND_MS)
const count = (fallback: number) => z.number().int().min(1).default(fallback)

const days = (fallback: number) => z.number().int().min(1).max(3650).default(fallback)

const Quota = z.strictObject({
  /** Visits a period; null: as many as there are places. */
  visits: z.number().int().min(0).nullable(),
  period: z.enum(['MONTH', 'FOUR_WEEKS', 'YEAR']),
})

/**
 * What a facility decides for itself: the `policy` column. What a visit gets to be seen is
 * `mediaPolicyOf`'s answer, and no duration or number here reaches beyond the jurisdiction's limits.
 * A key that a stored policy does not have yet takes its default.
 */
export const FacilityPolicy = z.strictObject({
  media: z.strictObject({ social: MediaPolicy, official: MediaPolicy, privileged: MediaPolicy }),
  /** How long a terminal stays taken after a visit (BK-1). */
  terminalTurnaroundMs: turnaroundMs,
  /** Whether an escort brings each inmate to the terminal, and how long it stays taken after (BK-1). */
  usesEscorts: z.boolean().default(false),
  escortTurnaroundMs: turnaroundMs.default(30 * MINUTE_MS),
  /** Which terminals an inmate may be brought to: those of the inmate's wing, or any. */
  terminalScope: z.enum(['WING', 'FACILITY']).default('FACILITY'),
  /** Whether a terminal whose own test fails has its visits moved at once, or staff decide (BK-13). */
  movesFromBrokenTerminals: z.boolean().default(false),
  /** How long a hold lasts (BK-2), and an offer from the waiting list (BK-10). */
  holdMs: durationMs(10 * MINUTE_MS),
  offerMs: durationMs(15 * MINUTE_MS),
  /** Whether inmates may ring a visitor, and for how long it rings (BK-8). */
  isOnDemandAllowed: z.boolean().default(true),
  ringMs: durationMs(45_000),
  /** People on the visitor side, children included, and from which age one is an adult (EL-6). */
  maxVisitors: count(4),
  adultAge: count(18),
  /** Whether a host's look at person and document lets somebody in at a link centre (LV-3). */
  canHostAdmit: z.boolean().default(true),
  /** How long a visit is where no template says otherwise. */
  visitMinutes: z.number().int().min(5).max(LONGEST_VISIT_MINUTES).default(30),
  /** The booking window: not less than, not more than this far ahead (BK-8). */
  noticeMs: durationMs(2 * DAY_MS),
  horizonMs: durationMs(28 * DAY_MS),
  /** Visits granted to each inmate (BK-9), and how many unused ones are kept. */
  quota: Quota.default({ visits: 4, period: 'MONTH' }),
  maxSavedVisits: z.number().int().min(0).default(26),
  /** How soon a request of a person is to be decided. */
  approvalMs: durationMs(3 * DAY_MS),
  /** Until when before the start a cancelled visit is given back, and when after it nobody comes any more (LV-7). */
  freeCancelMs: durationMs(DAY_MS),
  noShowMs: durationMs(10 * MINUTE_MS),
  /** How long an officer's pause lasts before the wall asks what to do (OV-5). */
  pauseAskMs: durationMs(5 * MINUTE_MS),
  /** Which visits must be watched (OV-7). A privileged one never is. */
  coverage: z
    .strictObject({
      social: ClassCoverage.default(NOT_COVERED),
      official: ClassCoverage.default(NOT_COVERED),
    })
    .default({ social: NOT_COVERED, official: NOT_COVERED }),
  /** Which detectors advise officers (LV-11); those of faces are off until a facility turns them on. */
  detectors: Detectors.default({ face: false, dark: true, silent: true }),
  /** Whether a visit that is to be recorded waits for its recorder, or goes on with a gap (RC-3). */
  whenNotRecorded: z.enum(['WAIT', 'GO_ON']).default('WAIT'),
  /** How long recordings of each class are kept, in days (RC-7). */
  retentionDays: z
    .strictObject({ social: days(90), official: days(90) })
    .default({ social: 90, official: 90 }),
  /** How many visits' recordings one person may open within an hour (RC-5). */
  playsPerHour: count(30),
  /** How old the custody register's last word may be before eligibility counts as unknown (EL-9); null: any age. */
  registerMaxAgeMs: z.number().int().min(1).nullable().default(null),
})

/** A facility's own rules, as parsed from its `policy` column. Durations are in milliseconds. */
export type FacilityPolicy = Readonly<Omit<z.output<typeof FacilityPolicy>, 'media' | 'quota'>> & {
  readonly media: FacilityMediaPolicy
  readonly quota: Readonly<z.output<typeof Quota>>
}

/** The rules a new facility starts with: social visits watched and recorded, lawyers' visits neither. */
export const DEFAULT_FACILITY_POLICY = FacilityPolicy.parse({
  media: {
    social: { monitor: 'AV', isRecorded: true },
    official: { monitor: 'SIGHT_ONLY', isRecorded: false },
    privileged: { monitor: 'NONE', isRecorded: false },
  },
  terminalTurnaroundMs: 5 * MINUTE_MS,
})
