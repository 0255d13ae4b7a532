import { z } from 'zod'
import { defineCommand, defineEvent } from './command.ts'
import type { CommandEvents, EventsOf } from './command.ts'
import { VisitId } from './ids.ts'
import {
  ConsumerInfo,
  Direction,
  DtlsParameters,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from './rtc.ts'
import { VisitClock, VisitSnapshot } from './visit.ts'

/** The socket.io namespace of a seat: a visitor's browser or an inmate's terminal. */
export const VISIT_NAMESPACE = '/visit'

/** Which of a browser's sign-ins speaks: one browser can hold a visitor's and a terminal's at once. */
export const VisitHandshake = z.strictObject({
  protocolVersion: z.number().int(),
  signInAs: z.enum(['account', 'inmate']),
})

const Epoch = z.number().int().min(1)

/** A server's ICE helper for the client; empty where the SFU is reached directly. */
const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
})

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

export const visitCommands = {
  join: defineCommand({
    name: 'seat:join',
    payload: z.strictObject({
      visitId: VisitId,
      /** The epoch of the transports the client still holds, or null for a fresh start. */
      holdingEpoch: Epoch.nullable(),
    }),
    reply: z.object({ snapshot: VisitSnapshot, media: SeatMedia }),
    refusals: [
      'VISIT_NOT_FOUND',
      'VISIT_NOT_JOINABLE',
      'VISIT_ENDED',
      'SEAT_REFUSED',
      'OUTSIDE_VISIT_WINDOW',
      'MEDIA_UNAVAILABLE',
    ],
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
  /** Created paused; answer with `consumer:resume`. */
  consumerCreated: defineEvent('consumer:created', ConsumerInfo),
  consumerClosed: defineEvent('consumer:closed', z.object({ consumerId: z.uuid() })),
  /** The room was placed anew: build all media again for this epoch. */
  mediaReset: defineEvent('media:reset', z.object({ epoch: Epoch })),
  /** LV-4: another connection took this seat; this one is closed next. */
  seatReplaced: defineEvent('seat:replaced', z.object({ visitId: VisitId })),
} as const

export type VisitClientToServer = CommandEvents<typeof visitCommands>
export type VisitServerToClient = EventsOf<typeof visitEvents>
export type SeatMedia = z.output<typeof SeatMedia>
