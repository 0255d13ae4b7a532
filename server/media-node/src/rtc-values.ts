import type { types } from 'mediasoup'
import type { z } from 'zod'
import type {
  DtlsParameters,
  RtpCapabilities,
  RtpParameters,
  TransportInfo,
} from '@visavis/contract/rtc'

/**
 * Between the contract's WebRTC values and the library's. Both describe the same JSON; they differ in
 * how absent fields are typed, and JSON knows no `undefined`. The library checks the meaning itself.
 */

export const capabilitiesForLibrary = (given: RtpCapabilities) => given as types.RtpCapabilities

export const rtpForLibrary = (given: RtpParameters) => given as types.RtpParameters

export const dtlsForLibrary = (given: DtlsParameters) => given as types.DtlsParameters

export const capabilitiesForWire = (given: types.RtpCapabilities) => given as RtpCapabilities

export const rtpForWire = (given: types.RtpParameters) => given as RtpParameters

/** What a client needs to build its end of this transport. */
export function transportForWire(transport: types.WebRtcTransport): z.input<typeof TransportInfo> {
  return {
    transportId: transport.id,
    iceParameters: transport.iceParameters,
    iceCandidates: transport.iceCandidates,
    dtlsParameters: transport.dtlsParameters,
  }
}
