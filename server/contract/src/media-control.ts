import { z } from 'zod'
import { censusCommands, censusEvents } from './census-control.ts'
import { defineCommand, defineEvent } from './command.ts'
import type { CommandEvents, EventsOf } from './command.ts'
import { SignedGrant } from './grant.ts'
import { RecordingId, SeatId, VisitId } from './ids.ts'
import { speakerCommands } from './interventions-control.ts'
import { loopCommands } from './loop-control.ts'
import { pictureCommands, pictureEvents } from './pictures-control.ts'
import { NO_WISHES, QualityWishes, SeatQuality } from './quality.ts'
import { FlowStretch } from './receipt.ts'
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
import { RoomFactsShape } from './visit.ts'

/**
 * How a server drives a media node: over a private, authenticated connection, with the same kind of
 * commands as everywhere. The node keeps rooms and peers when the server is gone, and tells all it
 * holds in `node:describe`, so that a server that comes back finds its rooms again.
 */

/** Which pool of workers a room belongs to; the private pool makes no plain, pipe or direct transport. */
export const WorkerPool = z.enum(['open', 'private'])

const Epoch = z.number().int().min(1)

/** A peer is a seat (in a room) or an observer (on a router); its id is the seat's or observer's. */
const PeerKey = { routerId: z.uuid(), peerId: z.uuid() }

export const RouterInfo = z.object({
  routerId: z.uuid(),
  pool: WorkerPool,
  workerPid: z.number().int(),
  routerRtpCapabilities: RtpCapabilities,
})

export const RoomInfo = z.object({
  visitId: VisitId,
  epoch: Epoch,
  routerId: z.uuid(),
  /** Both-way milliseconds measured in this room's epoch so far (LV-5). */
  bothWayMs: z.number().int().min(0),
  /** What the media did in this epoch, oldest first; the latest thousand stretches. */
  flow: z.array(FlowStretch),
  peers: z.array(
    z.object({
      peerId: z.uuid(),
      hasTransports: z.boolean(),
      producers: z.array(z.object({ producerId: z.uuid(), kind: MediaKind })),
      consumers: z.array(ConsumerInfo),
    }),
  ),
  tapRecordingId: RecordingId.nullable(),
})

/** One track as the recorder receives it. */
export const TapTrack = z.object({
  trackId: z.uuid(),
  seatId: SeatId,
  kind: MediaKind,
  ssrc: z.number().int(),
  payloadType: z.number().int(),
  mimeType: z.string(),
  clockRate: z.number().int(),
  channels: z.number().int().optional(),
  rtxSsrc: z.number().int().optional(),
  rtxPayloadType: z.number().int().optional(),
  /** Wall clock of the node when the track was tapped. */
  tappedAt: z.iso.datetime(),
})

export const mediaCommands = {
  describe: defineCommand({
    name: 'node:describe',
    payload: z.strictObject({}),
    reply: z.object({
      /** New at each start of the node: rooms of an older boot are gone. */
      bootId: z.uuid(),
      routers: z.array(RouterInfo),
      rooms: z.array(RoomInfo),
    }),
  }),
  /** Opens a room; the same visit and epoch again is an update. A higher epoch replaces the room. */
  openRoom: defineCommand({
    name: 'room:open',
    payload: z.strictObject({ visitId: VisitId, epoch: Epoch, facts: RoomFactsShape }),
    reply: RouterInfo,
    refusals: ['MEDIA_UNAVAILABLE', 'MEDIA_EPOCH_CHANGED', 'MEDIA_POLICY_FORBIDS'],
  }),
  /** Replaces the room's facts; consumers that they no longer allow are closed before the answer. Another class closes the room. */
  updateRoom: defineCommand({
    name: 'room:update',
    payload: z.strictObject({ visitId: VisitId, epoch: Epoch, facts: RoomFactsShape }),
    reply: z.object({}),
    refusals: ['ROOM_NOT_FOUND', 'MEDIA_EPOCH_CHANGED', 'MEDIA_POLICY_FORBIDS'],
  }),
  closeRoom: defineCommand({
    name: 'room:close',
    payload: z.strictObject({ visitId: VisitId }),
    reply: z.object({ bothWayMs: z.number().int().min(0), flow: z.array(FlowStretch) }),
    refusals: ['ROOM_NOT_FOUND'],
  }),
  /** Opens a seat's or observer's peer anew, closing an older one; observers only receive. */
  openPeer: defineCommand({
    name: 'peer:open',
    payload: z.strictObject({
      ...PeerKey,
      /** The seat's room; null for an observer. */
      visitId: VisitId.nullable(),
      rtpCapabilities: RtpCapabilities,
      wishes: QualityWishes.default(NO_WISHES),
    }),
    reply: z.object({ send: TransportInfo.nullable(), receive: TransportInfo }),
    refusals: ['ROOM_NOT_FOUND', 'SEAT_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  /** What the person in a seat wishes of the quality; kept as long as the peer. */
  preferQuality: defineCommand({
    name: 'peer:prefer',
    payload: z.strictObject({ ...PeerKey, wishes: QualityWishes }),
    reply: z.object({}),
    refusals: ['TRANSPORT_NOT_FOUND'],
  }),
  closePeer: defineCommand({
    name: 'peer:close',
    payload: z.strictObject(PeerKey),
    reply: z.object({}),
  }),
  connectTransport: defineCommand({
    name: 'transport:connect',
    payload: z.strictObject({
      ...PeerKey,
      transportId: z.uuid(),
      dtlsParameters: DtlsParameters,
    }),
    reply: z.object({}),
    refusals: ['TRANSPORT_NOT_FOUND'],
  }),
  restartIce: defineCommand({
    name: 'transport:restartIce',
    payload: z.strictObject({ ...PeerKey, direction: Direction }),
    reply: z.object({ iceParameters: IceParameters }),
    refusals: ['TRANSPORT_NOT_FOUND'],
  }),
  createProducer: defineCommand({
    name: 'producer:create',
    payload: z.strictObject({ ...PeerKey, kind: MediaKind, rtpParameters: RtpParameters }),
    reply: z.object({ producerId: z.uuid() }),
    refusals: ['TRANSPORT_NOT_FOUND', 'PRODUCER_REFUSED'],
  }),
  resumeConsumer: defineCommand({
    name: 'consumer:resume',
    payload: z.strictObject({ ...PeerKey, consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: ['CONSUMER_NOT_FOUND'],
  }),
  /** Asks the sender of what is consumed for a key frame. */
  askKeyFrame: defineCommand({
    name: 'consumer:keyFrame',
    payload: z.strictObject({ ...PeerKey, consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: ['CONSUMER_NOT_FOUND'],
  }),
  /** Closes a consumer and makes it anew, if it is still allowed. */
  renewConsumer: defineCommand({
    name: 'consumer:renew',
    payload: z.strictObject({ ...PeerKey, consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: ['CONSUMER_NOT_FOUND'],
  }),
  /** Opens the recorder's tap on a room: one plain transport, only with a valid grant, never on a private worker. */
  openTap: defineCommand({
    name: 'tap:open',
    payload: z.strictObject({
      visitId: VisitId,
      epoch: Epoch,
      grant: SignedGrant,
      /** Where the recorder receives RTP and RTCP (one port). */
      address: z.string().max(255),
      port: z.number().int().min(1).max(65535),
    }),
    reply: z.object({
      /** Where the recorder sends RTCP. */
      address: z.string(),
      port: z.number().int(),
      /** Tracks tapped already; later ones come as `tap:trackAdded`. */
      tracks: z.array(TapTrack),
    }),
    refusals: ['ROOM_NOT_FOUND', 'MEDIA_EPOCH_CHANGED', 'GRANT_REFUSED', 'MEDIA_POLICY_FORBIDS'],
  }),
  closeTap: defineCommand({
    name: 'tap:close',
    payload: z.strictObject({ visitId: VisitId }),
    reply: z.object({}),
    refusals: ['ROOM_NOT_FOUND'],
  }),
  ...loopCommands,
  ...censusCommands,
  ...pictureCommands,
  ...speakerCommands,
} as const

const Addressed = { visitId: VisitId, routerId: z.uuid(), peerId: z.uuid() }

export const mediaEvents = {
  consumerCreated: defineEvent(
    'consumer:created',
    z.object({ ...Addressed, consumer: ConsumerInfo }),
  ),
  consumerClosed: defineEvent('consumer:closed', z.object({ ...Addressed, consumerId: z.uuid() })),
  /** A peer's transports came up or went down, as the SFU sees it. */
  peerConnectionChanged: defineEvent(
    'peer:connectionChanged',
    z.object({ ...Addressed, visitId: VisitId.nullable(), isConnected: z.boolean() }),
  ),
  /** Once a second for each room in which the parties may talk. */
  roomMeasured: defineEvent(
    'room:measured',
    z.object({
      visitId: VisitId,
      epoch: Epoch,
      bothWayMs: z.number().int().min(0),
      /** Whether media flowed both ways at the last look. */
      isFlowing: z.boolean(),
      /** Stretches that are new or have grown since the last measure. */
      flow: z.array(FlowStretch),
    }),
  ),
  /** Every two seconds for each room with peers, and at once when something is held back or let go (LV-9). */
  roomQuality: defineEvent(
    'room:quality',
    z.object({ visitId: VisitId, epoch: Epoch, seats: z.array(SeatQuality) }),
  ),
  /** The worker under this room died; place it anew with the next epoch. */
  roomLost: defineEvent('room:lost', z.object({ visitId: VisitId, epoch: Epoch })),
  /** Something consumed what it may not: the room was closed before this was told (OV-8). */
  roomViolated: defineEvent(
    'room:violated',
    z.object({ visitId: VisitId, epoch: Epoch, what: z.string() }),
  ),
  routerAdded: defineEvent('router:added', RouterInfo),
  routerRemoved: defineEvent('router:removed', z.object({ routerId: z.uuid() })),
  tapTrackAdded: defineEvent(
    'tap:trackAdded',
    z.object({ visitId: VisitId, recordingId: RecordingId, track: TapTrack }),
  ),
  ...censusEvents,
  ...pictureEvents,
} as const

export type MediaControlToNode = CommandEvents<typeof mediaCommands>
export type MediaControlToServer = EventsOf<typeof mediaEvents>
export type RouterInfo = z.output<typeof RouterInfo>
export type RoomInfo = z.output<typeof RoomInfo>
export type TapTrack = z.output<typeof TapTrack>
export type WorkerPool = z.output<typeof WorkerPool>
