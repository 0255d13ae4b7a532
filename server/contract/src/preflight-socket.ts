import { z } from 'zod'
import { defineCommand } from './command.ts'
import type { CommandEvents } from './command.ts'
import { VisitId } from './ids.ts'
import {
  CAMERA_STATES,
  LIGHTS,
  MICROPHONE_STATES,
  PATH_STATES,
  PREFLIGHT_CAUSES,
  PREFLIGHT_PROBLEMS,
  SPEAKER_STATES,
} from './preflight-rules.ts'
import type { PreflightFindings } from './preflight-rules.ts'
import {
  DtlsParameters,
  IceServer,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from './rtc.ts'
import { SocketProof } from './terminal-proof-shapes.ts'

/** The socket.io namespace of the test of devices and network (LV-10). It has no events. */
export const PREFLIGHT_NAMESPACE = '/preflight'

export const PreflightHandshake = z.strictObject({
  protocolVersion: z.number().int(),
  /** `terminal`: the device itself, with nobody signed in. */
  signInAs: z.enum(['account', 'inmate', 'terminal']),
  /** Of a terminal's page: that its key is at hand (TR-5). */
  device: SocketProof.optional(),
})

/** Which way to the SFU a link is forced to; `any` leaves it to ICE, relays included. */
export const LoopPath = z.enum(['udp', 'tcp', 'any'])
export type LoopPath = z.output<typeof LoopPath>

/** What a client needs to build its end of what comes back to it. */
export const LoopConsumer = z.object({
  consumerId: z.uuid(),
  producerId: z.uuid(),
  kind: MediaKind,
  rtpParameters: RtpParameters,
})
export type LoopConsumer = z.output<typeof LoopConsumer>

const Share = z.number().min(0).max(1)
const Milliseconds = z.number().min(0).max(600_000)
const BitsPerSecond = z.number().min(0).max(10_000_000_000)

export const LoopFiguresShape = z.strictObject({
  ms: Milliseconds,
  protocol: z.enum(['udp', 'tcp']),
  isRelayed: z.boolean(),
  roundTripMs: Milliseconds.nullable(),
  jitterMs: Milliseconds.nullable(),
  lossUp: Share,
  lossDown: Share,
  upBps: BitsPerSecond,
  downBps: BitsPerSecond,
  capacityBps: BitsPerSecond.nullable(),
})

export const PreflightFindingsShape = z.strictObject({
  microphone: z.enum(MICROPHONE_STATES),
  camera: z.enum(CAMERA_STATES),
  speaker: z.enum(SPEAKER_STATES),
  udp: z.enum(PATH_STATES),
  tcp: z.enum(PATH_STATES),
  relay: z.enum(PATH_STATES),
  loop: LoopFiguresShape.nullable(),
}) satisfies z.ZodType<PreflightFindings>

export const LightShape = z.enum(LIGHTS)
export const PreflightProblemShape = z.enum(PREFLIGHT_PROBLEMS)
export const PreflightCauseShape = z.enum(PREFLIGHT_CAUSES)

const LINKING_REFUSALS = ['NOT_JOINED', 'TRANSPORT_NOT_FOUND', 'MEDIA_UNAVAILABLE'] as const

export const preflightCommands = {
  /**
   * Opens the caller's loop at a media node, closing one that the same sign-in has; it lasts a minute at
   * most. Refused with TOO_MANY_REQUESTS while the nodes have as many as they take.
   */
  open: defineCommand({
    name: 'loop:open',
    payload: z.strictObject({}),
    reply: z.object({ routerRtpCapabilities: RtpCapabilities, iceServers: z.array(IceServer) }),
    refusals: ['MEDIA_UNAVAILABLE'],
  }),
  /** Opens both transports by that way, closing those of the last one. */
  openLink: defineCommand({
    name: 'link:open',
    payload: z.strictObject({ path: LoopPath, rtpCapabilities: RtpCapabilities }),
    reply: z.object({ send: TransportInfo, receive: TransportInfo }),
    refusals: LINKING_REFUSALS,
  }),
  connectTransport: defineCommand({
    name: 'transport:connect',
    payload: z.strictObject({ transportId: z.uuid(), dtlsParameters: DtlsParameters }),
    reply: z.object({}),
    refusals: LINKING_REFUSALS,
  }),
  /** Sends a track into the loop; what comes back of it is made at once, paused. */
  createProducer: defineCommand({
    name: 'producer:create',
    payload: z.strictObject({ kind: MediaKind, rtpParameters: RtpParameters }),
    reply: z.object({ producerId: z.uuid(), consumer: LoopConsumer }),
    refusals: [...LINKING_REFUSALS, 'PRODUCER_REFUSED'],
  }),
  resumeConsumer: defineCommand({
    name: 'consumer:resume',
    payload: z.strictObject({ consumerId: z.uuid() }),
    reply: z.object({}),
    refusals: [...LINKING_REFUSALS, 'CONSUMER_NOT_FOUND'],
  }),
  /**
   * Ends the loop and keeps what was found, for a visit or for itself. Loss on the way to us is what the
   * SFU counted, where it counted any.
   */
  report: defineCommand({
    name: 'preflight:report',
    payload: z.strictObject({
      visitId: VisitId.nullable(),
      cause: PreflightCauseShape,
      isPhone: z.boolean(),
      findings: PreflightFindingsShape,
    }),
    reply: z.object({
      light: LightShape,
      problems: z.array(PreflightProblemShape),
      findings: PreflightFindingsShape,
    }),
    refusals: ['VISIT_NOT_FOUND', 'VISIT_ENDED'],
  }),
} as const

export type PreflightClientToServer = CommandEvents<typeof preflightCommands>
export type PreflightServerToClient = Readonly<Record<string, never>>
