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
/** How a receiver asks for a picture that can be decoded by itself. */
const KEY_FRAME_FEEDBACK: readonly string[] = ['nack pli', 'ccm fir']

/** What clients are told a router can do. */
export function clientCapabilities(router: types.RtpCapabilities): types.RtpCapabilities {
  return {
    ...router,
    headerExtensions: (router.headerExtensions ?? []).filter(({ uri }) => uri !== ORIENTATION),
  }
}

/** What a recorder can take: all of it, in the best layer, without congestion control. */
export function recorderCapabilities(router: types.RtpCapabilities): types.RtpCapabilities {
  return withoutFeedback(clientCapabilities(router), ({ type }) =>
    CONGESTION_FEEDBACK.includes(type),
  )
}

/**
 * What an officer's browser is taken to support (OV-3). It asks nobody for key frames: they come with the
 * beat. And its line takes no layers away by itself, which would ask for key frames as well.
 */
export function observerCapabilities(browser: types.RtpCapabilities): types.RtpCapabilities {
  return withoutFeedback(
    browser,
    ({ type, parameter }) =>
      CONGESTION_FEEDBACK.includes(type) || KEY_FRAME_FEEDBACK.includes(`${type} ${parameter}`),
  )
}

/**
 * What a seat of a visit that may be watched sends, as the worker is to take it. With in-band FEC declared it
 * tells the sender the worst loss of all who listen, officers too; without, that of the sender's own line
 * (OV-3). Receivers take FEC as it comes.
 */
export function deafToFarLoss(rtpParameters: types.RtpParameters): types.RtpParameters {
  return {
    ...rtpParameters,
    codecs: rtpParameters.codecs.map(({ parameters, ...codec }) => ({
      ...codec,
      parameters: { ...parameters, useinbandfec: 0 },
    })),
  }
}

type Feedback = { readonly type: string; readonly parameter: string }

/** Also without the extensions that only congestion control reads. */
function withoutFeedback(
  { codecs = [], headerExtensions = [] }: types.RtpCapabilities,
  isLeftOut: (feedback: Feedback) => boolean,
): types.RtpCapabilities {
  return {
    codecs: codecs.map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(
        ({ type, parameter = '' }) => !isLeftOut({ type, parameter }),
      ),
    })),
    headerExtensions: headerExtensions.filter(({ uri }) => !CONGESTION_EXTENSIONS.includes(uri)),
  }
}
