import { z } from 'zod'
import { AdviceView, Detectors } from './advice.ts'
import { WHEN_NOT_WATCHED } from './coverage.ts'
import { WallFlag } from './flags.ts'
import { HelpCallView, HelpFigures } from './help.ts'
import { FacilityId, Instant, LanguageTag, ObserverId, SeatId, VisitId, ZoneName } from './ids.ts'
import { WallInterventions, WarningView } from './interventions.ts'
import { HeldKindShape, LayerAskShape, LinkLevelShape } from './quality.ts'
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
  /** This person is let in; somebody at the same camera is not yet. */
  'COMPANION_BEING_CHECKED',
  /** An officer wants another look. */
  'CHECK_AGAIN',
  'OTHER_SIDE_BEING_CHECKED',
  'ABOUT_TO_START',
  /** Staff have something to put right first (RC-3). */
  'STAFF',
] as const
export const WaitingReason = z.enum(WAITING_REASONS)
export type WaitingReason = (typeof WAITING_REASONS)[number]

/** Who somebody is in a visit: one of those who meet, or who interprets between them. */
export const SEAT_ROLES = ['PERSON', 'INTERPRETER'] as const
export const SeatRoleShape = z.enum(SEAT_ROLES)
export type SeatRole = (typeof SEAT_ROLES)[number]

/**
 * Why somebody is looked at again (LV-3). The officer's reasons have words for the person; MOVED is ours:
 * the admission was for another camera.
 */
export const PUT_BACK_REASONS = [
  'FACE_NOT_VISIBLE',
  'SHOW_DOCUMENT',
  'ONE_BY_ONE',
  'OTHER',
  'MOVED',
] as const
export const PutBackReasonShape = z.enum(PUT_BACK_REASONS)
export type PutBackReason = (typeof PUT_BACK_REASONS)[number]

/**
 * Why nothing may flow between the parties of a visit (EL-4, EL-6; ADMISSION: LV-3, somebody is to be let
 * in; OFFICER: OV-5, an officer has paused it; NO_MONITOR: OV-7, nobody watches it though somebody must;
 * NO_RECORDER: RC-3, it should be recorded and is not).
 */
export const PAUSE_REASONS = [
  'RESTRICTION',
  'ADULT_MISSING',
  'ADMISSION',
  'OFFICER',
  'NO_MONITOR',
  'NO_RECORDER',
] as const
export const PauseReasonShape = z.enum(PAUSE_REASONS)
export type PauseReason = (typeof PAUSE_REASONS)[number]

/** Both-way milliseconds delivered so far (LV-5), what is left of them, and whether the clock runs now. */
export const VisitClock = z.object({
  deliveredMs: z.number().int().min(0),
  bookedMs: z.number().int().min(0),
  /** What was not delivered yet, as far as the end of the visit leaves room for it. */
  leftMs: z.number().int().min(0),
  isRunning: z.boolean(),
  /** The server's instant at which this was so; between two of them a running clock goes on by itself. */
  at: Instant,
})
export type VisitClock = z.output<typeof VisitClock>

/** The lines of a visit as one of its parties sees them (LV-9). */
export const LinesView = z.object({
  /** How this seat's own connection is, as the SFU finds it; null: not measured yet. */
  connection: LinkLevelShape.nullable(),
  /** How much the smallest layer of this seat's picture may take (LV-9): for its client, not for people. */
  asked: LayerAskShape,
  others: z.array(
    z.object({
      seatId: SeatId,
      /** Null until they are in, or not measured yet. */
      connection: LinkLevelShape.nullable(),
      /** What does not come from them for now, by either side's line, so that the other stays. */
      held: HeldKindShape.nullable(),
    }),
  ),
})
export type LinesView = z.output<typeof LinesView>

/** A visit as one of its parties sees it. It says nothing about observers (OV-3). */
export const VisitSnapshot = z.object({
  visitId: VisitId,
  version: z.number().int().min(0),
  state: SessionStateShape,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  startsAt: Instant,
  endsAt: Instant,
  you: z.object({
    seatId: SeatId,
    party: PartyShape,
    role: SeatRoleShape,
    state: SeatStateShape,
    /** First arrival; null: not yet. */
    arrivedAt: Instant.nullable(),
    /** Why an officer looks again, while that is to come. */
    checkAgain: PutBackReasonShape.nullable(),
    /** Who may be said to be at this camera, besides whoever is (LV-3); empty where a host says it. */
    mayGather: z.array(SeatId),
    isDataSaver: z.boolean(),
    /** What the facility has devices look for (LV-11). */
    detectors: Detectors,
    /** An officer has switched this side's sound off (OV-5). */
    isMuted: z.boolean(),
  }),
  /** Somebody signs: in this visit the picture goes last (LV-9). */
  keepsPicture: z.boolean(),
  others: z.array(
    z.object({
      seatId: SeatId,
      party: PartyShape,
      role: SeatRoleShape,
      displayName: z.string(),
      state: SeatStateShape,
      /** The seat at whose camera this person is; null: at their own. */
      cameraSeatId: SeatId.nullable(),
      /** Their page is out of sight or their devices were taken: they come back by themselves (LV-10). */
      isAway: z.boolean(),
      /** Switched off by the person, or never there. */
      isCameraOff: z.boolean(),
      isMicrophoneOff: z.boolean(),
      /** An officer has switched this side's sound off (OV-5). */
      isMuted: z.boolean(),
    }),
  ),
  lines: LinesView,
  notice: MediaPolicyShape,
  /** It is to be recorded and, as the facility or an officer decided, goes on without for now (RC-3). */
  isUnrecorded: z.boolean(),
  waitingReason: WaitingReason.nullable(),
  clock: VisitClock,
  /** Why it is paused, as far as the parties are told: no more than that an officer decides (EL-8). */
  pausedFor: z.enum(['OFFICER', 'ADULT_MISSING', 'ADMISSION', 'STAFF']).nullable(),
  /** The last adult has left (EL-6): from here on it will be paused. */
  adultMissing: z.object({ pausesAt: Instant }).nullable(),
  /** The own call for help, as far as it is not taken back; the other side never learns of it (EL-8). */
  help: HelpCallView.nullable(),
  /** An officer's warning to this seat, the oldest that it has not acknowledged (OV-5). */
  warning: WarningView.nullable(),
  /** An officer speaks to both sides; sound and picture come as those of a seat with this id (OV-5). */
  speaker: z.object({ speakerId: z.uuid() }).nullable(),
  outcome: OutcomeShape.nullable(),
})
export type VisitSnapshot = z.output<typeof VisitSnapshot>

/** Why a visit wants an officer's eye, most urgent first (OV-4). */
export const ATTENTION_REASONS = [
  'HELP_CALLED',
  'VIOLATION',
  'RESTRICTION',
  'NO_RECORDER',
  'NO_MONITOR',
  /** Of this wall alone: a colleague has handed it over, or it was left, and it was not looked at yet. */
  'HANDED_OVER',
  'ID_PENDING',
  'FLAGGED',
  'CONNECTION_TROUBLE',
  'PAUSED',
  'ADVICE',
  'STARTING',
] as const
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
  /** What the people in it speak, by their own word. */
  languages: z.array(LanguageTag),
  /** Somebody in it signs. */
  isSigned: z.boolean(),
  seats: z.array(
    z.object({
      seatId: SeatId,
      party: PartyShape,
      role: SeatRoleShape,
      name: z.string(),
      state: SeatStateShape,
      /** The seat at whose camera this person is; null: at their own. */
      cameraSeatId: SeatId.nullable(),
      /** Who let them in; null: nobody yet. A host did it on site, with the document in hand. */
      admittedBy: z.enum(['OFFICER', 'HOST', 'SIGN_IN']).nullable(),
      checkAgain: PutBackReasonShape.nullable(),
      /** Whether a picture of them is on file, to be compared with. */
      hasPicture: z.boolean(),
    }),
  ),
  clock: VisitClock,
  attention: AttentionReason.nullable(),
  /** Who called for help and how their line fared (OV-9); in a privileged visit it is all there is to see. */
  help: z.array(
    HelpCallView.extend({ seatId: SeatId, party: PartyShape, figures: HelpFigures.nullable() }),
  ),
  pauseReason: PauseReasonShape.nullable(),
  interventions: WallInterventions,
  /** What detectors advise of it (LV-11); empty where nobody may watch. */
  advice: z.array(AdviceView),
  /** Whether somebody must watch it, and since when nobody does (OV-7). */
  coverage: z.object({
    mustBeWatched: z.boolean(),
    whenNotWatched: z.enum(WHEN_NOT_WATCHED),
    unwatchedSince: Instant.nullable(),
  }),
  /** Whether it must be recorded, since when it is not, and whether an officer let it go on so (RC-3). */
  recording: z.object({
    isRequired: z.boolean(),
    missingSince: Instant.nullable(),
    /** An officer is asked: nobody has recorded it for half a minute. */
    isAsking: z.boolean(),
    goesOnWithout: z.boolean(),
  }),
  /** What was flagged in it, newest first (OV-6). */
  flags: z.array(WallFlag),
  outcome: OutcomeShape.nullable(),
})
export type WallVisit = z.output<typeof WallVisit>

/** The wire form of media-graph's `RoomFacts`. */
export const RoomFactsShape = z.strictObject({
  visitClass: VisitClassShape,
  policy: MediaPolicyShape,
  state: SessionStateShape,
  seats: z
    .array(
      z.strictObject({
        seatId: SeatId,
        party: PartyShape,
        state: SeatStateShape,
        isInterpreter: z.boolean().optional(),
      }),
    )
    .max(16),
  observers: z.array(z.strictObject({ observerId: ObserverId, hasFocus: z.boolean() })).max(64),
  hasRecordingGrant: z.boolean(),
  mutedSeatIds: z.array(z.uuid()).max(16).readonly().optional(),
  speakerId: z.uuid().nullable().optional(),
})

/** Who is signed in, for the pages. */
export const Language = LanguageTag
