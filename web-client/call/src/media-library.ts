import { Device } from 'mediasoup-client'
import type { types } from 'mediasoup-client'
import type { RtpCapabilities, RtpParameters, TransportInfo } from '@visavis/contract/rtc'
import { deviceSupport } from './device-support.ts'

/**
 * The border to mediasoup-client. The contract and the library describe the same values, but the
 * contract's optional fields may be present and undefined, which the library's types do not allow.
 */

/** What the SFU must know before a transport can be connected. */
export type ConnectPayload = {
  readonly transportId: string
  readonly dtlsParameters: types.DtlsParameters
}

/** A device that speaks with the routers of these capabilities. Throws where the browser has no WebRTC. */
export async function loadDevice(routerRtpCapabilities: RtpCapabilities): Promise<Device> {
  const handlerFactory = await deviceSupport()
  const device = await Device.factory(handlerFactory ? { handlerFactory } : {})
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as types.RtpCapabilities })
  return device
}

/** What this browser can decode, as the contract writes it. */
export function capabilitiesOf(device: Device): RtpCapabilities {
  return device.recvRtpCapabilities as RtpCapabilities
}

/** What a track is sent as, as the contract writes it. */
export function wireParameters(rtpParameters: types.RtpParameters): RtpParameters {
  return rtpParameters as RtpParameters
}

/** Our end of a transport the SFU opened. */
export function transportOptions(info: TransportInfo): types.TransportOptions {
  return {
    id: info.transportId,
    iceParameters: iceOf(info),
    iceCandidates: info.iceCandidates as types.IceCandidate[],
    dtlsParameters: info.dtlsParameters as types.DtlsParameters,
  }
}

/** ICE parameters in the library's form. */
export function iceOf(carrier: Pick<TransportInfo, 'iceParameters'>): types.IceParameters {
  return carrier.iceParameters as types.IceParameters
}

/** Has the library's wish to connect a transport carried to the SFU. */
export function answerConnect(
  transport: types.Transport,
  connect: (payload: ConnectPayload) => Promise<unknown>,
): void {
  transport.on('connect', ({ dtlsParameters }, done, fail) => {
    connect({ transportId: transport.id, dtlsParameters }).then(done, fail)
  })
}

/**
 * The same without a wait for the answer: both ends know what ICE takes, and DTLS repeats its first word
 * until the SFU has heard of our fingerprint. `onBroken` is called where it never will.
 */
export function connectAhead(
  transport: types.Transport,
  connect: (payload: ConnectPayload) => Promise<unknown>,
  onBroken: () => void,
): void {
  transport.on('connect', ({ dtlsParameters }, done) => {
    connect({ transportId: transport.id, dtlsParameters }).catch(() => {
      if (!transport.closed) onBroken()
    })
    done()
  })
}
