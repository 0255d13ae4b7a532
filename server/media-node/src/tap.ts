import { isIP } from 'node:net'
import type { types } from 'mediasoup'
import type { z } from 'zod'
import { Refusal, panic } from '@visavis/contract/errors'
import type { TapTrack } from '@visavis/contract/media-control'
import { demandPermit } from '@visavis/contract/media-permits'
import type { RecordPermit } from '@visavis/contract/media-permits'
import { recorderCapabilities } from './codecs.ts'
import type { OpenRouter, TapTransport } from './media-router.ts'
import type { ConsumeRequest, OwnedConsumer, Sink } from './peer.ts'

/** Where a recorder takes the media of one recording. */
export type TapTarget = {
  readonly recordingId: string
  readonly address: string
  /** UDP port for RTP and RTCP. */
  readonly port: number
}

const LOOPBACK = '127.0.0.1'

type TapParts = {
  readonly router: OpenRouter
  readonly transport: TapTransport
  readonly target: TapTarget
  /** RC-1: without it there is no tap. */
  readonly permit: RecordPermit
}

/** The recorder's end of a room: one plain transport for all tracks. Exists on open routers only. */
export class Tap implements Sink {
  readonly target: TapTarget
  readonly #router: OpenRouter
  readonly #transport: TapTransport

  constructor({ router, transport, target, permit }: TapParts) {
    demandPermit(permit, { use: 'RECORD', isPrivileged: false })
    this.#router = router
    this.#transport = transport
    this.target = target
  }

  /** Where the recorder sends its RTCP. */
  get local(): { address: string; port: number } {
    const { localAddress, localPort } = this.#transport.tuple
    return { address: localAddress, port: localPort }
  }

  /** Whether this tap already feeds that target. */
  feeds({ recordingId, address, port }: TapTarget): boolean {
    const { target } = this
    return (
      !this.#transport.closed &&
      target.recordingId === recordingId &&
      target.address === address &&
      target.port === port
    )
  }

  /** A paused consumer of the best layer. */
  consume({ producerId, owner }: ConsumeRequest): Promise<OwnedConsumer> {
    return this.#transport.consume({
      producerId,
      rtpCapabilities: recorderCapabilities(this.#router.rtpCapabilities),
      paused: true,
      enableRtx: true,
      appData: owner,
    })
  }

  /** Idempotent. */
  close(): void {
    this.#transport.close()
  }
}

/** What a tap is opened for. */
type TapRequest = Pick<TapParts, 'target' | 'permit'> & {
  readonly visitId: string
  readonly listenIp: string
}

/** Opens a plain transport and points it at the recorder, on loopback if the recorder is there. */
export async function openTap(
  router: OpenRouter,
  { visitId, target, listenIp, permit }: TapRequest,
): Promise<Tap> {
  demandPermit(permit, { use: 'RECORD', isPrivileged: false })
  if (isIP(target.address) === 0) {
    throw new Refusal('BAD_REQUEST', { fields: [{ field: 'address', cure: 'give an IP address' }] })
  }
  const isLocal = target.address.startsWith('127.')
  const transport = await router.openTapTransport(
    { role: 'tap', visitId },
    isLocal ? LOOPBACK : listenIp,
  )
  try {
    await transport.connect({ ip: target.address, port: target.port })
  } catch (error) {
    transport.close()
    throw error
  }
  return new Tap({ router, transport, target, permit })
}

/** One tapped track as its recorder is told of it. */
export function tapTrackOf(
  { id, kind, rtpParameters }: OwnedConsumer,
  { seatId, tappedAt }: { seatId: string; tappedAt: Date },
): z.input<typeof TapTrack> {
  const codec = rtpParameters.codecs.find((candidate) => !isRtx(candidate))
  const ssrc = rtpParameters.encodings?.[0]?.ssrc
  if (!codec || ssrc === undefined) return panic('a consumer without codec or SSRC')
  return {
    trackId: id,
    seatId,
    kind,
    ssrc,
    payloadType: codec.payloadType,
    mimeType: codec.mimeType,
    clockRate: codec.clockRate,
    ...(codec.channels ? { channels: codec.channels } : {}),
    ...rtxOf(rtpParameters),
    tappedAt: tappedAt.toISOString(),
  }
}

function isRtx({ mimeType }: { mimeType: string }): boolean {
  return mimeType.toLowerCase().endsWith('/rtx')
}

function rtxOf({ codecs, encodings }: types.RtpParameters): {
  rtxSsrc?: number
  rtxPayloadType?: number
} {
  const rtx = codecs.find(isRtx)
  const ssrc = encodings?.[0]?.rtx?.ssrc
  return rtx && ssrc !== undefined ? { rtxSsrc: ssrc, rtxPayloadType: rtx.payloadType } : {}
}
