import { z } from 'zod'

/**
 * WebRTC values as mediasoup speaks them. Sizes are bounded so that no message can make the worker
 * busy; the library checks the meaning.
 */

export const MediaKind = z.enum(['audio', 'video'])
export type MediaKind = z.output<typeof MediaKind>

const Text = z.string().max(512)
const Uint = z.number().int().min(0).max(0xffffffff)

const CodecParameters = z.record(Text, z.union([Text, z.number(), z.boolean(), z.null()]))

const RtcpFeedback = z.object({ type: Text, parameter: Text.optional() })

const CodecCapability = z.object({
  kind: MediaKind,
  mimeType: Text,
  preferredPayloadType: z.number().int().min(0).max(127).optional(),
  clockRate: Uint,
  channels: z.number().int().min(1).max(8).optional(),
  parameters: CodecParameters.optional(),
  rtcpFeedback: z.array(RtcpFeedback).max(16).optional(),
})

const HeaderExtension = z.object({
  kind: MediaKind,
  uri: Text,
  preferredId: z.number().int().min(1).max(255),
  preferredEncrypt: z.boolean().optional(),
  direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
})

/** What an endpoint can decode. */
export const RtpCapabilities = z.object({
  codecs: z.array(CodecCapability).max(64).optional(),
  headerExtensions: z.array(HeaderExtension).max(64).optional(),
})

const Encoding = z.object({
  ssrc: Uint.optional(),
  rid: z.string().max(16).optional(),
  codecPayloadType: z.number().int().min(0).max(127).optional(),
  rtx: z.object({ ssrc: Uint }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z.string().max(16).optional(),
  scaleResolutionDownBy: z.number().min(1).max(64).optional(),
  maxBitrate: Uint.optional(),
  maxFramerate: z.number().min(0).max(240).optional(),
  active: z.boolean().optional(),
  priority: z.enum(['very-low', 'low', 'medium', 'high']).optional(),
  networkPriority: z.enum(['very-low', 'low', 'medium', 'high']).optional(),
})

/** What one track is sent as. */
export const RtpParameters = z.object({
  mid: z.string().max(64).optional(),
  codecs: z
    .array(
      z.object({
        mimeType: Text,
        payloadType: z.number().int().min(0).max(127),
        clockRate: Uint,
        channels: z.number().int().min(1).max(8).optional(),
        parameters: CodecParameters.optional(),
        rtcpFeedback: z.array(RtcpFeedback).max(16).optional(),
      }),
    )
    .min(1)
    .max(8),
  headerExtensions: z
    .array(
      z.object({
        uri: Text,
        id: z.number().int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: CodecParameters.optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z.array(Encoding).max(4).optional(),
  rtcp: z
    .object({
      cname: z.string().max(255).optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
  msid: z.string().max(255).optional(),
})

export const IceParameters = z.object({
  usernameFragment: z.string().max(256),
  password: z.string().max(256),
  iceLite: z.boolean().optional(),
})

const IceCandidate = z.object({
  foundation: Text,
  priority: Uint,
  ip: z.string().max(255),
  address: z.string().max(255),
  protocol: z.enum(['udp', 'tcp']),
  port: z.number().int().min(0).max(65535),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.enum(['active', 'passive', 'so']).optional(),
})

export const DtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  // An empty list once crashed a worker; the library's own check came later.
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().max(255),
      }),
    )
    .min(1)
    .max(8),
})

export const Direction = z.enum(['send', 'receive'])

/** What a client needs to build its end of a transport. */
export const TransportInfo = z.object({
  transportId: z.uuid(),
  iceParameters: IceParameters,
  iceCandidates: z.array(IceCandidate).max(32),
  dtlsParameters: DtlsParameters,
})

/** A server's ICE helper for the client; there is none where the SFU is reached directly. */
export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
})

/** What a client needs to build its end of a consumer. */
export const ConsumerInfo = z.object({
  consumerId: z.uuid(),
  producerId: z.uuid(),
  visitId: z.uuid(),
  /** Whose picture or voice it is: a seat's, or a speaking officer's (`speakerId`). */
  seatId: z.uuid(),
  kind: MediaKind,
  rtpParameters: RtpParameters,
})

export type RtpCapabilities = z.output<typeof RtpCapabilities>
export type RtpParameters = z.output<typeof RtpParameters>
export type TransportInfo = z.output<typeof TransportInfo>
export type ConsumerInfo = z.output<typeof ConsumerInfo>
export type DtlsParameters = z.output<typeof DtlsParameters>
