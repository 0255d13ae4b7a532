import type { TapTrack } from '@visavis/contract/media-control'
import { genericNacks, pictureLoss } from '../rtp/rtcp-feedback.ts'
import { RTX_HEADER_BYTES, rtxOriginal } from '../rtp/rtx.ts'
import type { RtpPacket } from '@visavis/platform/rtp/rtp-packet'
import { isVp8Key, parseVp8Descriptor } from '@visavis/platform/rtp/vp8'
import { createLossTracker } from './loss-rules.ts'

/** What one track lacks, and what to ask its sender for. */
export type TrackRepair = {
  /** A packet of its stream, or of the stream of its repetitions, came in this datagram. */
  readonly heard: (packet: RtpPacket, bytes: Buffer) => void
  /** Packets of RTCP to send at `nowMs` (any monotonic clock). */
  readonly due: (nowMs: number) => readonly Buffer[]
  /** Whether there is anything to ask for, now or soon. */
  readonly isLacking: () => boolean
}

/** A sender that is asked more often makes worse pictures, not more of them. */
const PICTURE_ASKED_EVERY_MS = 1_000

/** Creates it for one described track; repetitions count by the number of what they repeat. */
export function createTrackRepair(track: TapTrack): TrackRepair {
  const losses = createLossTracker()
  let needsPicture = false
  let pictureAskedAtMs = -Infinity
  return {
    heard(packet, bytes) {
      const heard = ofTrack(track, packet, bytes)
      if (!heard) return
      losses.arrived(heard.sequence)
      if (needsPicture && beginsKeyPicture(heard.payload)) needsPicture = false
    },
    due(nowMs) {
      const { ask, givenUp } = losses.due(nowMs)
      needsPicture ||= givenUp > 0 && track.kind === 'video'
      const asks = genericNacks(track.ssrc, ask)
      if (!needsPicture || nowMs - pictureAskedAtMs < PICTURE_ASKED_EVERY_MS) return asks
      pictureAskedAtMs = nowMs
      return [...asks, pictureLoss(track.ssrc)]
    },
    isLacking: () => needsPicture || losses.isLacking(),
  }
}

type Heard = { readonly sequence: number; readonly payload: Buffer }

function ofTrack(track: TapTrack, packet: RtpPacket, bytes: Buffer): Heard | null {
  const { ssrc, payloadType, sequence, payloadAt, payloadBytes } = packet
  const payload = bytes.subarray(payloadAt, payloadAt + payloadBytes)
  if (ssrc === track.ssrc && payloadType === track.payloadType) return { sequence, payload }
  const isRepetition = ssrc === track.rtxSsrc && payloadType === track.rtxPayloadType
  if (!isRepetition || payloadBytes < RTX_HEADER_BYTES) return null
  return { sequence: rtxOriginal(payload), payload: payload.subarray(RTX_HEADER_BYTES) }
}

function beginsKeyPicture(payload: Buffer): boolean {
  const descriptor = parseVp8Descriptor(payload)
  return descriptor?.isFrameStart === true && isVp8Key(payload.subarray(descriptor.bytes))
}
