import { z } from 'zod'
import { adviceCommands } from './advice.ts'
import { defineCommand, defineEvent } from './command.ts'
import type { CommandEvents, EventsOf } from './command.ts'
import { coverageCommands, coverageEvents } from './coverage-socket.ts'
import { HelpAnswerShape } from './help.ts'
import { FacilityId, Instant, SeatId, VisitId } from './ids.ts'
import { MAX_INTERVENTION_TEXT } from './interventions.ts'
import { interventionCommands } from './interventions-socket.ts'
import { wallPictureEvents } from './pictures-socket.ts'
import { SeatQuality } from './quality.ts'
import {
  ConsumerInfo,
  DtlsParameters,
  IceParameters,
  IceServer,
  RtpCapabilities,
  TransportInfo,
} from './rtc.ts'
import { VisitClock, WallVisit } from './visit.ts'

/** The socket.io namespace of an officer's wall. It shares no event with the parties' namespace. */
export const WALL_NAMESPACE = '/wall'

export const WallHandshake = z.strictObject({ protocolVersion: z.number().int() })

/** Reasons for turning a person away at the ID check; each has words in every catalogue. */
export const REFUSAL_REASONS = ['NOT_THE_PERSON', 'NO_DOCUMENT', 'CONDUCT', 'OTHER'] as const
/** Reasons for another look at somebody, of {@link PUT_BACK_REASONS}; the person is told in words. */
export const LOOK_AGAIN_REASONS = [
  'FACE_NOT_VISIBLE',
  'SHOW_DOCUMENT',
  'ONE_BY_ONE',
  'OTHER',
] as const
/** Reasons for taking somebody out of a visit; each has words in every catalogue. */
export const REMOVAL_REASONS = ['LEFT_PICTURE', 'CONDUCT', 'OTHER'] as const
/** Reasons for ending a visit; each has words in every catalogue. */
export const TERMINATION_REASONS = ['CONDUCT', 'SECURITY', 'UNADMITTED_PERSON', 'OTHER'] as const

/** By how many minutes staff may make a visit longer at a time (LV-5). */
export const EXTENSION_MINUTES = [5, 10] as const

/** Most tiles one wall may watch live (OV-4). */
export const MAX_WATCHED_VISITS = 25

/** Most visits of which one wall may see still pictures, besides those it watches live (OV-4). */
export const MAX_STILL_VISITS = 200

/** A router that carries visits of this wall: one receiving transport is needed for each. */
export const WallRouter = z.object({
  routerId: z.uuid(),
  routerRtpCapabilities: RtpCapabilities,
})

const wallRefusals = ['VISIT_NOT_FOUND', 'VISIT_WRONG_STATE'] as const
const seatPayload = z.strictObject({ visitId: VisitId, seatId: SeatId })

export const wallCommands = {
  /**
   * Opens the wall of one facility: its visits of today and the routers they run on. Wants a proof of the last five
   * minutes, unless a wall of this sign-in was open until lately.
   */
  open: defineCommand({
    name: 'wall:open',
    payload: z.strictObject({ facilityId: FacilityId }),
    reply: z.object({ visits: z.array(WallVisit), routers: z.array(WallRouter) }),
    refusals: ['NOT_FOUND', 'STEP_UP_REQUIRED'],
    isByMachine: true,
  }),
  /**
   * Says what is on screen, as a whole: these visits at the lowest layer, others as still pictures, and
   * one with sound. Each newly watched visit is entered in the audit log before its media flows (TR-1).
   */
  watch: defineCommand({
    name: 'wall:watch',
    payload: z.strictObject({
      visitIds: z.array(VisitId).max(MAX_WATCHED_VISITS),
      stillVisitIds: z.array(VisitId).max(MAX_STILL_VISITS).default([]),
      focusVisitId: VisitId.nullable(),
      /** The visit whose figures are wanted (OV-9), also of one that nobody may watch; left out: the focused one. */
      chosenVisitId: VisitId.nullable().optional(),
    }),
    reply: z.object({
      /** Visits that may not be watched at all, with the code saying why. */
      refused: z.array(z.object({ visitId: VisitId, code: z.string() })),
    }),
    refusals: ['NOT_JOINED'],
    isByMachine: true,
  }),
  /** Opens (or opens anew) the wall's receiving transport on a router. */
  openMedia: defineCommand({
    name: 'media:open',
    payload: z.strictObject({ routerId: z.uuid(), rtpCapabilities: RtpCapabilities }),
    reply: z.object({ receive: TransportInfo, iceServers: z.array(IceServer) }),
    refusals: ['NOT_JOINED', 'MEDIA_UNAVAILABLE'],
    isByMachine: true,
  }),
  connectTransport: defineCommand({
    name: 'transport:connect',
    payload: z.strictObject({ transportId: z.uuid(), dtlsParameters: DtlsParameters }),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'TRANSPORT_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
    isByMachine: true,
  }),
  restartIce: defineCommand({
    name: 'transport:restartIce',
    payload: z.strictObject({ routerId: z.uuid() }),
    reply: z.object({ iceParameters: IceParameters }),
    refusals: ['NOT_JOINED', 'TRANSPORT_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
    isByMachine: true,
  }),
  resumeConsumer: defineCommand({
    name: 'consumer:resume',
    payload: z.strictObject({ consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'CONSUMER_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
    isByMachine: true,
  }),
  /** Begins the ID check of one person: from now on the officer, and only the officer, sees them (LV-3). */
  checkSeat: defineCommand({
    name: 'seat:check',
    payload: seatPayload,
    reply: z.object({}),
    refusals: [...wallRefusals, 'SEAT_NOT_FOUND', 'SEAT_WRONG_STATE'],
  }),
  admitSeat: defineCommand({
    name: 'seat:admit',
    payload: seatPayload,
    reply: z.object({}),
    refusals: [...wallRefusals, 'SEAT_NOT_FOUND', 'SEAT_WRONG_STATE'],
  }),
  refuseSeat: defineCommand({
    name: 'seat:refuse',
    payload: seatPayload.extend({ reason: z.enum(REFUSAL_REASONS) }),
    reply: z.object({}),
    refusals: [...wallRefusals, 'SEAT_NOT_FOUND', 'SEAT_WRONG_STATE'],
  }),
  /** Answers a call for help; its caller is told at once. A later answer replaces the one before. */
  answerHelp: defineCommand({
    name: 'help:answer',
    payload: seatPayload.extend({ answer: HelpAnswerShape }),
    reply: z.object({}),
    refusals: [...wallRefusals, 'VISIT_ENDED', 'SEAT_NOT_FOUND', 'HELP_NOT_CALLED'],
  }),
  /** Another look at somebody who is checked, admitted or in; until then nobody sees them (LV-3). */
  putBackSeat: defineCommand({
    name: 'seat:putBack',
    payload: seatPayload.extend({ reason: z.enum(LOOK_AGAIN_REASONS) }),
    reply: z.object({}),
    refusals: [...wallRefusals, 'SEAT_NOT_FOUND', 'SEAT_WRONG_STATE'],
  }),
  /** Takes one person out for good: who was turned away and has left the camera, or who may not stay. */
  removeSeat: defineCommand({
    name: 'seat:remove',
    payload: seatPayload.extend({ reason: z.enum(REMOVAL_REASONS) }),
    reply: z.object({}),
    refusals: [...wallRefusals, 'SEAT_NOT_FOUND', 'SEAT_WRONG_STATE'],
  }),
  /** Lets a visit go on that an officer or a restriction paused; refused while a restriction stands (EL-4). */
  resumeVisit: defineCommand({
    name: 'visit:resume',
    payload: z.strictObject({ visitId: VisitId }),
    reply: z.object({}),
    refusals: [...wallRefusals, 'RESTRICTED', 'VISIT_ENDED'],
  }),
  /** Lets a visit that waits for its recorder go on unrecorded, with the officer's reason (RC-3). */
  goOnUnrecorded: defineCommand({
    name: 'visit:goOnUnrecorded',
    payload: z.strictObject({
      visitId: VisitId,
      reason: z.string().trim().min(3, 'Say why, in a few words.').max(500),
    }),
    reply: z.object({}),
    refusals: wallRefusals,
  }),
  /**
   * Makes a visit under way longer (LV-5). `NO_PLACE` says in `taken` what somebody else has in that time:
   * `TERMINAL`, `LINK_CENTRE_ROOM`, `MONITOR_SEAT`, `ESCORT`, `INMATE` or `VISITOR`.
   */
  extendVisit: defineCommand({
    name: 'visit:extend',
    payload: z.strictObject({ visitId: VisitId, minutes: z.literal(EXTENSION_MINUTES) }),
    reply: z.object({ endsAt: Instant }),
    refusals: [...wallRefusals, 'VISIT_ENDED', 'NO_PLACE'],
  }),
  endVisit: defineCommand({
    name: 'visit:end',
    payload: z.strictObject({
      visitId: VisitId,
      reason: z.enum(TERMINATION_REASONS),
      /** The officer's own words, for the file. */
      text: z.string().trim().min(1).max(MAX_INTERVENTION_TEXT).optional(),
    }),
    reply: z.object({}),
    refusals: [...wallRefusals, 'VISIT_ENDED'],
  }),
  ...interventionCommands,
  ...adviceCommands,
  ...coverageCommands,
} as const

export const wallEvents = {
  visitChanged: defineEvent('wall:changed', WallVisit),
  ticked: defineEvent('wall:ticked', z.object({ visitId: VisitId, clock: VisitClock })),
  /** How the connections of the visit are that this wall has chosen, every two seconds (OV-9). */
  qualityMeasured: defineEvent(
    'wall:quality',
    z.object({ visitId: VisitId, seats: z.array(SeatQuality) }),
  ),
  /** A router began to carry visits of this facility. */
  routerAdded: defineEvent('wall:routerAdded', WallRouter),
  /** A router is gone with all that stood on it. */
  routerRemoved: defineEvent('wall:routerRemoved', z.object({ routerId: z.uuid() })),
  consumerCreated: defineEvent('consumer:created', ConsumerInfo.extend({ routerId: z.uuid() })),
  consumerClosed: defineEvent('consumer:closed', z.object({ consumerId: z.uuid() })),
  ...wallPictureEvents,
  ...coverageEvents,
} as const

export type WallClientToServer = CommandEvents<typeof wallCommands>
export type WallServerToClient = EventsOf<typeof wallEvents>
export type WallRouter = z.output<typeof WallRouter>
