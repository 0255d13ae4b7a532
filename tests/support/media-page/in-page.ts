import type { types } from 'mediasoup-client'
import type { ConsumerInfo, RouterInfo, TransportInfo } from './wire.ts'
import { videoLayersFor } from '../../../web-client/call/src/encodings.ts'
import {
  capabilitiesOf,
  connectAhead,
  loadDevice,
  transportOptions,
  wireParameters,
} from '../../../web-client/call/src/media-library.ts'

/** What {@link MediaPage} puts into its page, and what it finds there. */
export type PageSide = {
  /** Carries a command to the media node. */
  readonly callNode: (name: string, payload: object) => Promise<unknown>
  /** Opens this page's peer; answers when both ends stand. */
  readonly openPeer: (who: Who) => Promise<void>
  readonly publish: () => Promise<void>
  /** Builds this end of a consumer and has it resumed. */
  readonly receive: (info: ConsumerInfo) => Promise<void>
}
export type Who = {
  readonly router: RouterInfo
  readonly peerId: string
  readonly visitId: string | null
}

const page = globalThis as unknown as { -readonly [Name in keyof PageSide]: PageSide[Name] }
let send: types.Transport | null = null
let receiving: types.Transport | null = null
let key = { routerId: '', peerId: '' }

const fail = (): never => {
  throw new Error('the transport could not be connected')
}

page.openPeer = async ({ router, peerId, visitId }) => {
  const { routerId, routerRtpCapabilities } = router
  key = { routerId, peerId }
  const device = await loadDevice(routerRtpCapabilities)
  const rtpCapabilities = capabilitiesOf(device)
  const opened = (await page.callNode('openPeer', { ...key, visitId, rtpCapabilities })) as {
    send: TransportInfo | null
    receive: TransportInfo
  }
  const connect = (payload: object) => page.callNode('connectTransport', { ...key, ...payload })
  receiving = device.createRecvTransport(transportOptions(opened.receive))
  connectAhead(receiving, connect, fail)
  if (!opened.send) return
  send = device.createSendTransport(transportOptions(opened.send))
  connectAhead(send, connect, fail)
  send.on('produce', ({ kind, rtpParameters }, done, refuse) => {
    const request = { ...key, kind, rtpParameters: wireParameters(rtpParameters) }
    page
      .callNode('createProducer', request)
      .then((answer) => done({ id: (answer as { producerId: string }).producerId }), refuse)
  })
}

page.publish = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: { ideal: 640 }, height: { ideal: 360 } },
  })
  for (const track of stream.getTracks()) {
    const encodings = track.kind === 'video' ? videoLayersFor(track.getSettings()) : []
    await send?.produce({
      track,
      encodings,
      codecOptions: { videoGoogleStartBitrate: 500, opusFec: true, opusDtx: false },
    })
  }
}

page.receive = async ({ consumerId, producerId, seatId, kind, rtpParameters }) => {
  const consumer = await receiving?.consume({
    ...{ id: consumerId, producerId, kind, streamId: seatId },
    rtpParameters: rtpParameters as types.RtpParameters,
  })
  if (!consumer) return
  const element = document.createElement(kind === 'video' ? 'video' : 'audio')
  element.dataset['seat'] = seatId
  element.muted = kind === 'video'
  element.srcObject = new MediaStream([consumer.track])
  document.body.append(element)
  // Settles with the first picture, which comes when the node knows that this end stands.
  element.play().catch(() => undefined)
  await page.callNode('resumeConsumer', { ...key, consumerId })
}
