import type { types } from 'mediasoup'

/**
 * One audio and one video codec: one path to record, to watch and to test. FEC hides single lost
 * packets; DTX is off, so that silence is media and a gap always means loss.
 */
export const ROUTER_CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 0 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
]

/** Without it a phone turns the picture before it encodes, and a recording needs no turning. */
const ORIENTATION = 'urn:3gpp:video-orientation'
/** What congestion control reads. A recorder sends no such feedback and would be starved. */
const CONGESTION_EXTENSIONS: readonly string[] = [
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
]
const CONGESTION_FEEDBACK: readonly string[] = ['transport-cc', 'goog-remb']

/** What clients are told a router can do. */
export function clientCapabilities(router: types.RtpCapabilities): types.RtpCapabilities {
  return {
    ...router,
    headerExtensions: (router.headerExtensions ?? []).filter(({ uri }) => uri !== ORIENTATION),
  }
}

/** What a recorder can take: all of it, in the best layer, without congestion control. */
export function recorderCapabilities(router: types.RtpCapabilities): types.RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = clientCapabilities(router)
  return {
    codecs: codecs.map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(
        ({ type }) => !CONGESTION_FEEDBACK.includes(type),
      ),
    })),
    headerExtensions: headerExtensions.filter(({ uri }) => !CONGESTION_EXTENSIONS.includes(uri)),
  }
}
