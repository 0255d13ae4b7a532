import { z } from 'zod'
import { Detectors } from '../advice.ts'
import { WHEN_NOT_WATCHED } from '../coverage.ts'
import { MONITOR_MODES } from '../media-policy.ts'
import { KEYED, SIGNED_IN, Version, route } from './route.ts'

const Whole = z.number().int().min(0)
const MediaWish = z.strictObject({ monitor: z.enum(MONITOR_MODES), isRecorded: z.boolean() })
const ClassCoverage = z.strictObject({
  mustBeWatched: z.boolean(),
  whenNotWatched: z.enum(WHEN_NOT_WATCHED),
})

/**
 * What a facility decides for itself; durations in milliseconds. How long recordings are kept is with what is
 * kept (`retentionRules`). Bounds and law are `settingFaults`.
 */
export const FacilitySettings = z.strictObject({
  media: z.strictObject({
    social: MediaWish,
    official: MediaWish,
    /** Never heard and never recorded, whatever anybody wishes. */
    privileged: z.strictObject({
      monitor: z.enum(['SIGHT_ONLY', 'NONE']),
      isRecorded: z.literal(false),
    }),
  }),
  visitMinutes: Whole,
  noticeMs: Whole,
  horizonMs: Whole,
  holdMs: Whole,
  offerMs: Whole,
  freeCancelMs: Whole,
  isOnDemandAllowed: z.boolean(),
  ringMs: Whole,
  quota: z.strictObject({
    visits: Whole.nullable(),
    period: z.enum(['MONTH', 'FOUR_WEEKS', 'YEAR']),
  }),
  maxSavedVisits: Whole,
  maxVisitors: Whole,
  adultAge: Whole,
  approvalMs: Whole,
  registerMaxAgeMs: Whole.nullable(),
  canHostAdmit: z.boolean(),
  terminalTurnaroundMs: Whole,
  usesEscorts: z.boolean(),
  escortTurnaroundMs: Whole,
  terminalScope: z.enum(['WING', 'FACILITY']),
  movesFromBrokenTerminals: z.boolean(),
  noShowMs: Whole,
  pauseAskMs: Whole,
  coverage: z.strictObject({ social: ClassCoverage, official: ClassCoverage }),
  detectors: Detectors,
  whenNotRecorded: z.enum(['WAIT', 'GO_ON']),
  playsPerHour: Whole,
})
export type FacilitySettings = z.output<typeof FacilitySettings>

const Count = z.number().int()

/** The limits of the law that a setting meets, as they are in force today at the facility. */
export const SettingsLaw = z.object({
  maxVisitMinutes: Count.optional(),
  maxPeople: Count.optional(),
  leadVisitorAge: Count.optional(),
  visitsPerMonth: Count.optional(),
  visitsPerYear: Count.optional(),
  guaranteedVisitsPerFourWeeks: Count.optional(),
  guaranteedVisitsPerYear: Count.optional(),
  isRecordingAllowed: z.boolean().optional(),
  minMonitor: z.enum(['AV', 'SIGHT_ONLY']).optional(),
  maxPrivilegedMonitor: z.enum(['SIGHT_ONLY', 'NONE']).optional(),
})

export const FacilitySettingsView = z.object({
  version: Version,
  /** Whose law binds the facility, for example `GB-EAW`. */
  jurisdiction: z.string(),
  settings: FacilitySettings,
  law: SettingsLaw,
})
export type FacilitySettingsView = z.output<typeof FacilitySettingsView>

const ADMIN = ['facilityAdmin'] as const

/** What a facility decides for itself, and the law about it. */
export const facilitySettingsRoutes = {
  facilitySettings: route({
    method: 'GET',
    path: '/api/facility/settings',
    summary: "The settings of the caller's facility, and what the law says of them.",
    access: { kind: 'account', roles: ADMIN },
    reply: FacilitySettingsView,
    refusals: SIGNED_IN,
  }),
  setFacilitySettings: route({
    method: 'PUT',
    path: '/api/facility/settings',
    summary: 'Changes settings. Open visits follow at once; bookings stay as they were made.',
    access: { kind: 'account', roles: ADMIN },
    stepUp: true,
    isKeyed: true,
    body: z.strictObject({ version: Version, settings: FacilitySettings }),
    reply: FacilitySettingsView,
    refusals: [...SIGNED_IN, ...KEYED, 'VERSION_CHANGED', 'LEGAL_LIMIT'],
  }),
} as const
