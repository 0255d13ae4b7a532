import { z } from 'zod'
import { FaceReport } from './advice.ts'
import { defineCommand, defineEvent } from './command.ts'
import type { CommandEvents, EventsOf } from './command.ts'
import { HelpFigures, HelpNeedShape } from './help.ts'
import { SeatId, VisitId } from './ids.ts'
import { QualityStepShape, QualityWishes } from './quality.ts'
import {
  ConsumerInfo,
  Direction,
  DtlsParameters,
  IceParameters,
  IceServer,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from './rtc.ts'
import { SocketProof } from './terminal-proof-shapes.ts'
import { LinesView, VisitClock, VisitSnapshot } from './visit.ts'

/** The socket.io namespace of a seat: a visitor's browser or an inmate's terminal. */
export const VISIT_NAMESPACE = '/visit'

/** Which of a browser's sign-ins speaks: one browser can hold a visitor's and a terminal's at once. */
export const VisitHandshake = z.strictObject({
  protocolVersion: z.number().int(),
  signInAs: z.enum(['account', 'inmate']),
  /** Of a terminal's page: that its key is at hand (TR-5). */
  device: SocketProof.optional(),
})

const Epoch = z.number().int().min(1)
/** More than any facility lets into a visit. */
const MAX_AT_CAMERA = 15
/** Events of a seat are numbered from 1, one after the other. */
const EventSeq = z.number().int().min(0)

/** What can stand in the way of taking a seat. */
const SEATING_REFUSALS = [
  'VISIT_NOT_FOUND',
  'VISIT_NOT_JOINABLE',
  'VISIT_ENDED',
  'SEAT_REFUSED',
  'OUTSIDE_VISIT_WINDOW',
  'MEDIA_UNAVAILABLE',
  // Whoever takes a seat is looked at again (EL-4).
  'VISITOR_NOT_VERIFIED',
  'RELATIONSHIP_MISSING',
  'RELATIONSHIP_PENDING',
  'RELATIONSHIP_SUSPENDED',
  'RELATIONSHIP_BANNED',
  'INMATE_NOT_AVAILABLE',
  'ADULT_REQUIRED',
  'RESTRICTED',
  'NOT_TOGETHER',
  'PROFESSIONAL_REQUIRED',
  'VISITS_SUSPENDED',
] as const

/** Where a seat's media stands when it joins. */
export const SeatMedia = z.object({
  /** Bumped whenever the room was placed anew; every id of an older epoch is void. */
  epoch: Epoch,
  routerRtpCapabilities: RtpCapabilities,
  iceServers: z.array(IceServer),
  /** True when the media of `holding.epoch` still stands at the SFU and may be kept as it is. */
  isResumed: z.boolean(),
  /** Every consumer that stands for this seat; whatever the client holds besides is void. */
  consumers: z.array(ConsumerInfo),
})

/** What lets a client take up its seat after a lost socket without losing an event. */
export const ResumeKey = z.object({
  sessionId: z.uuid(),
  /** 256 random bits, base64url. Kept in the page's memory only; never logged. */
  resumeSecret: z.string().length(43),
})

/** How a camera or microphone fares, as the seat's own page finds it (LV-10). */
export const DEVICE_STATES = [
  'ON',
  /** Switched off by the person. */
  'OFF',
  /** There is none, or it was not allowed. */
  'NONE',
  /** It was pulled out or taken away. */
  'ENDED',
  /** The system withholds it for now: a call, a locked screen. */
  'INTERRUPTED',
  /** It is on, but gives black pictures or nothing to hear. */
  'DARK',
  'SILENT',
] as const

export const visitCommands = {
  join: defineCommand({
    name: 'seat:join',
    payload: z.strictObject({
      visitId: VisitId,
      /** The epoch of the transports the client still holds, or null for a fresh start. */
      holdingEpoch: Epoch.nullable(),
    }),
    reply: z.object({
      snapshot: VisitSnapshot,
      media: SeatMedia,
      resume: ResumeKey,
      /** The newest event that the snapshot holds already. */
      lastEventSeq: EventSeq,
    }),
    refusals: SEATING_REFUSALS,
  }),
  /**
   * Takes the seat up again on a new socket: every event after `lastEventSeq` is told again, in order,
   * before the answer. RESUME_REFUSED, for whatever reason, means: join.
   */
  resume: defineCommand({
    name: 'seat:resume',
    payload: z.strictObject({
      ...ResumeKey.shape,
      visitId: VisitId,
      lastEventSeq: EventSeq,
      holdingEpoch: Epoch.nullable(),
    }),
    reply: z.object({ snapshot: VisitSnapshot, media: SeatMedia, lastEventSeq: EventSeq }),
    refusals: ['RESUME_REFUSED', ...SEATING_REFUSALS],
  }),
  /** How this seat's page and devices fare, as a whole, told at each change (LV-10). */
  report: defineCommand({
    name: 'seat:report',
    payload: z.strictObject({
      /** The page is out of sight: a locked phone, another tab or app. */
      isAway: z.boolean(),
      camera: z.enum(DEVICE_STATES),
      microphone: z.enum(DEVICE_STATES),
      /** What was found in the own picture (LV-11); null: nothing to say, or nobody looked. */
      face: FaceReport.nullable().default(null),
    }),
    reply: z.object({}),
    refusals: ['NOT_JOINED'],
  }),
  /**
   * Calls an officer, in every class of visit (OV-9); null takes the call back. Who calls for something
   * else while nobody has answered changes the call; the snapshot has it. TOO_MANY_REQUESTS says when
   * one may call again.
   */
  help: defineCommand({
    name: 'seat:help',
    payload: z.strictObject({
      need: HelpNeedShape.nullable(),
      figures: HelpFigures.nullable(),
    }),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'VISIT_ENDED', 'SEAT_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  /** Whoever is at this seat has read an officer's warning (OV-5); again, or one that is over, is no error. */
  acknowledge: defineCommand({
    name: 'warning:acknowledge',
    payload: z.strictObject({ warningId: z.uuid() }),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'VISIT_ENDED'],
  }),
  /** What this seat wishes of the quality and how well it sends, as a whole, told at each change (LV-9). */
  tellQuality: defineCommand({
    name: 'seat:quality',
    payload: QualityWishes.extend({ step: QualityStepShape }),
    reply: z.object({}),
    refusals: ['NOT_JOINED'],
  }),
  /** Opens (or opens anew) the seat's media: its capabilities and both transports. */
  openMedia: defineCommand({
    name: 'media:open',
    payload: z.strictObject({ epoch: Epoch, rtpCapabilities: RtpCapabilities }),
    reply: z.object({ send: TransportInfo, receive: TransportInfo }),
    refusals: ['NOT_JOINED', 'MEDIA_EPOCH_CHANGED', 'MEDIA_UNAVAILABLE'],
  }),
  connectTransport: defineCommand({
    name: 'transport:connect',
    payload: z.strictObject({ transportId: z.uuid(), dtlsParameters: DtlsParameters }),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'TRANSPORT_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  restartIce: defineCommand({
    name: 'transport:restartIce',
    payload: z.strictObject({ direction: Direction }),
    reply: z.object({ iceParameters: IceParameters }),
    refusals: ['NOT_JOINED', 'TRANSPORT_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  /** Publishes the seat's microphone or camera; a second one of a kind replaces the first. */
  createProducer: defineCommand({
    name: 'producer:create',
    payload: z.strictObject({ kind: MediaKind, rtpParameters: RtpParameters }),
    reply: z.object({ producerId: z.uuid() }),
    refusals: ['NOT_JOINED', 'TRANSPORT_NOT_FOUND', 'PRODUCER_REFUSED', 'MEDIA_UNAVAILABLE'],
  }),
  /** The client has built its end; only now does media flow to it. */
  resumeConsumer: defineCommand({
    name: 'consumer:resume',
    payload: z.strictObject({ consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'CONSUMER_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  /** The picture stands still here: asks its sender for one that can be decoded by itself. */
  askKeyFrame: defineCommand({
    name: 'consumer:keyFrame',
    payload: z.strictObject({ consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'CONSUMER_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  /** Has a consumer that does not work made anew; events tell of the old one's end and the new one. */
  renewConsumer: defineCommand({
    name: 'consumer:renew',
    payload: z.strictObject({ consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'CONSUMER_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  /** Asks no more than whether the server still hears: after a sleep or a change of network. */
  checkLink: defineCommand({
    name: 'link:check',
    payload: z.strictObject({}),
    reply: z.object({}),
  }),
  /**
   * Says, as a whole, who of the own side is at this seat's camera (LV-3); each is then let in on their own
   * before anything of it flows. Who was turned away stays until an officer has seen them go.
   */
  together: defineCommand({
    name: 'seat:together',
    payload: z.strictObject({ seatIds: z.array(SeatId).max(MAX_AT_CAMERA) }),
    reply: z.object({}),
    refusals: [
      'NOT_JOINED',
      'VISIT_ENDED',
      'VISIT_WRONG_STATE',
      'SEAT_NOT_FOUND',
      'SEAT_WRONG_STATE',
    ],
  }),
  /** Leaves without ending the visit; the seat may come back. */
  leave: defineCommand({
    name: 'seat:leave',
    payload: z.strictObject({}),
    reply: z.object({}),
    refusals: ['NOT_JOINED'],
  }),
  /** A party ends the visit for both sides. */
  end: defineCommand({
    name: 'visit:end',
    payload: z.strictObject({}),
    reply: z.object({}),
    refusals: ['NOT_JOINED', 'VISIT_WRONG_STATE', 'VISIT_ENDED'],
  }),
} as const

export const visitEvents = {
  /** The whole view anew; a client keeps the highest version. */
  changed: defineEvent('visit:changed', VisitSnapshot),
  ticked: defineEvent('visit:ticked', z.object({ visitId: VisitId, clock: VisitClock })),
  /** A line is better or worse than before, or something is held back or let go (LV-9). */
  linesMoved: defineEvent('visit:lines', z.object({ visitId: VisitId, lines: LinesView })),
  /** Created paused; answer with `consumer:resume`. */
  consumerCreated: defineEvent('consumer:created', ConsumerInfo),
  consumerClosed: defineEvent('consumer:closed', z.object({ consumerId: z.uuid() })),
  /** The room was placed anew: build all media again for this epoch. */
  mediaReset: defineEvent('media:reset', z.object({ epoch: Epoch })),
  /** LV-4: another connection took this seat; this one is closed next. */
  seatReplaced: defineEvent('seat:replaced', z.object({ visitId: VisitId })),
} as const

export type VisitClientToServer = CommandEvents<typeof visitCommands>
/** Each event comes with its number, so that a client which resumes can say what it heard last. */
export type VisitServerToClient = Numbered<EventsOf<typeof visitEvents>>
export type SeatMedia = z.output<typeof SeatMedia>
export type ResumeKey = z.output<typeof ResumeKey>
export type DeviceState = (typeof DEVICE_STATES)[number]
/** What a seat tells of how it sends and what it wishes. */
export type SeatQualityReport = z.output<typeof visitCommands.tellQuality.payload>
/** What a seat's page tells of itself. */
export type SeatReport = z.output<typeof visitCommands.report.payload>

type Numbered<Events> = {
  readonly [Name in keyof Events]: Events[Name] extends (payload: infer Payload) => void
    ? (payload: Payload, seq: number) => void
    : never
}
