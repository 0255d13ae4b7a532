import { z } from 'zod'
import { FacilityId, Instant, LanguageTag, ObserverId, SeatId, VisitId, ZoneName } from './ids.ts'
import { MONITOR_MODES, VISIT_CLASSES } from './media-policy.ts'
import { SEAT_STATES } from './seat-lifecycle.ts'
import { SESSION_STATES } from './session-lifecycle.ts'

export const VisitClassShape = z.enum(VISIT_CLASSES)
export const MonitorModeShape = z.enum(MONITOR_MODES)
export const SessionStateShape = z.enum(SESSION_STATES)
export const SeatStateShape = z.enum(SEAT_STATES)
export const PartyShape = z.enum(['VISITOR', 'INMATE'])
export const MediaPolicyShape = z.object({ monitor: MonitorModeShape, isRecorded: z.boolean() })

/** LV-7. How a visit came out; set once. */
export const OUTCOMES = [
  'COMPLETED',
  'VISITOR_EARLY',
  'INMATE_EARLY',
  'STAFF_TERMINATED',
  'NO_SHOW_VISITOR',
  'NO_SHOW_INMATE',
  'INMATE_REFUSED',
  'VISITOR_DENIED',
  'FAILED_TECH_VISITOR',
  'FAILED_TECH_FACILITY',
  'FAILED_TECH_PLATFORM',
  'FACILITY_CANCELLED',
] as const
export const OutcomeShape = z.enum(OUTCOMES)
export type Outcome = (typeof OUTCOMES)[number]

/** Why somebody in the lobby still waits (LV-2); the clients have the words. */
export const WAITING_REASONS = [
  'TOO_EARLY',
  'OTHER_SIDE_NOT_HERE',
  'OFFICER_WILL_CHECK',
  'OFFICER_IS_CHECKING',
  'OTHER_SIDE_BEING_CHECKED',
  'ABOUT_TO_START',
] as const
export const WaitingReason = z.enum(WAITING_REASONS)
export type WaitingReason = (typeof WAITING_REASONS)[number]

/** Why nothing may flow between the parties of a visit (EL-4, EL-6). */
export const PAUSE_REASONS = ['RESTRICTION', 'ADULT_MISSING'] as const
export const PauseReasonShape = z.enum(PAUSE_REASONS)
export type PauseReason = (typeof PAUSE_REASONS)[number]

/** Both-way milliseconds delivered so far (LV-5), and whether the clock runs now. */
export const VisitClock = z.object({
  deliveredMs: z.number().int().min(0),
  bookedMs: z.number().int().min(0),
  isRunning: z.boolean(),
  /** The server's instant at which this was so; between two of them a running clock goes on by itself. */
  at: Instant,
})
export type VisitClock = z.output<typeof VisitClock>

/** A visit as one of its parties sees it. It says nothing about observers (OV-3). */
export const VisitSnapshot = z.object({
  visitId: VisitId,
  version: z.number().int().min(0),
  state: SessionStateShape,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  startsAt: Instant,
  endsAt: Instant,
  you: z.object({ seatId: SeatId, party: PartyShape, state: SeatStateShape }),
  others: z.array(
    z.object({
      seatId: SeatId,
      party: PartyShape,
      displayName: z.string(),
      state: SeatStateShape,
      /** Their page is out of sight or their devices were taken: they come back by themselves (LV-10). */
      isAway: z.boolean(),
      /** Switched off by the person, or never there. */
      isCameraOff: z.boolean(),
      isMicrophoneOff: z.boolean(),
    }),
  ),
  notice: MediaPolicyShape,
  waitingReason: WaitingReason.nullable(),
  clock: VisitClock,
  /** Why it is paused, as far as the parties are told: no more than that an officer decides (EL-8). */
  pausedFor: z.enum(['OFFICER', 'ADULT_MISSING']).nullable(),
  /** The last adult has left (EL-6): from here on it will be paused. */
  adultMissing: z.object({ pausesAt: Instant }).nullable(),
  outcome: OutcomeShape.nullable(),
})
export type VisitSnapshot = z.output<typeof VisitSnapshot>

/** Why a visit wants an officer's eye, most urgent first (OV-4). */
export const ATTENTION_REASONS = ['ID_PENDING', 'CONNECTION_TROUBLE', 'PAUSED', 'STARTING'] as const
export const AttentionReason = z.enum(ATTENTION_REASONS)

/** A visit as an officer's wall shows it. */
export const WallVisit = z.object({
  visitId: VisitId,
  facilityId: FacilityId,
  version: z.number().int().min(0),
  state: SessionStateShape,
  visitClass: VisitClassShape,
  policy: MediaPolicyShape,
  isBeingRecorded: z.boolean(),
  startsAt: Instant,
  endsAt: Instant,
  terminal: z.object({ name: z.string(), wing: z.string() }),
  seats: z.array(
    z.object({
      seatId: SeatId,
      party: PartyShape,
      name: z.string(),
      state: SeatStateShape,
    }),
  ),
  clock: VisitClock,
  attention: AttentionReason.nullable(),
  pauseReason: PauseReasonShape.nullable(),
  outcome: OutcomeShape.nullable(),
})
export type WallVisit = z.output<typeof WallVisit>

/** The wire form of media-graph's `RoomFacts`. */
export const RoomFactsShape = z.strictObject({
  visitClass: VisitClassShape,
  policy: MediaPolicyShape,
  state: SessionStateShape,
  seats: z
    .array(z.strictObject({ seatId: SeatId, party: PartyShape, state: SeatStateShape }))
    .max(16),
  observers: z.array(z.strictObject({ observerId: ObserverId, hasFocus: z.boolean() })).max(64),
  hasRecordingGrant: z.boolean(),
})

/** Who is signed in, for the pages. */
export const Language = LanguageTag
