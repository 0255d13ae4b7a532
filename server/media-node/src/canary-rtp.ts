import { randomInt } from 'node:crypto'
import type { MediaKind, RtpCapabilities, RtpParameters } from '@visavis/contract/rtc'

/** What a canary's seat would send, had it anything to send. */
export function syntheticTrack(kind: MediaKind): RtpParameters {
  const codec =
    kind === 'audio'
      ? { payloadType: 111, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }
      : { payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 }
  return {
    mid: kind,
    codecs: [codec],
    headerExtensions: [],
    encodings: [{ ssrc: randomInt(1, 0x7fff_ffff) }],
    rtcp: { cname: 'canary' },
  }
}

/** A receiver that can take just that. */
export const SYNTHETIC_RECEIVER: RtpCapabilities = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      clockRate: 48_000,
      channels: 2,
      preferredPayloadType: 111,
    },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 96 },
  ],
  headerExtensions: [],
}
