import { randomInt } from 'node:crypto'
import type { DtlsParameters, MediaKind, RtpParameters, TransportInfo } from '@visavis/contract/rtc'
import { openRtcEnd } from './rtc-end.ts'
import { SyntheticTrack } from './synthetic-rtp.ts'

const OPUS = { payloadType: 111, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 } as const
const VP8 = { payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 } as const
const SEND_EVERY_MS = 20

/** How a speaker's end is negotiated: over a wall's socket, or with a media node itself. */
export type SpeakerControl = {
  readonly connect: (transport: {
    transportId: string
    dtlsParameters: DtlsParameters
  }) => Promise<unknown>
  readonly produce: (track: { kind: MediaKind; rtpParameters: RtpParameters }) => Promise<unknown>
}

/** An officer's voice and picture without a browser; `tag` names its packets at the other ends. */
export type SpeakerClient = { readonly tag: number; readonly close: () => void }

/** Connects, publishes sound and a picture, and sends until it is closed. */
export async function openSpeakerClient(
  send: TransportInfo,
  control: SpeakerControl,
): Promise<SpeakerClient> {
  const tag = randomInt(1, 0x7fff_ffff)
  const end = openRtcEnd(`speaker ${tag}`, send, 'send')
  await control.connect({
    transportId: send.transportId,
    dtlsParameters: end.dtlsParameters,
  })
  await end.opened
  const tracks = (['audio', 'video'] as const).map((kind) => {
    const { payloadType } = kind === 'audio' ? OPUS : VP8
    const ssrc = randomInt(1, 0xffff_ffff)
    return new SyntheticTrack({ kind, ssrc, payloadType, layer: 0, tag })
  })
  for (const { stream } of tracks) {
    const rtpParameters = {
      codecs: [stream.kind === 'audio' ? OPUS : VP8],
      encodings: [{ ssrc: stream.ssrc }],
      rtcp: { cname: 'speaker' },
    }
    await control.produce({ kind: stream.kind, rtpParameters: rtpParameters })
  }
  const timer = setInterval(() => {
    for (const track of tracks) end.send(track.next(performance.now()))
  }, SEND_EVERY_MS)
  return {
    tag,
    close() {
      clearInterval(timer)
      end.close()
    },
  }
}
