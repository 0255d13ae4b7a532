import type { Device, types } from 'mediasoup-client'
import type {
  LoopConsumer,
  LoopPath,
  PreflightClientToServer,
  PreflightServerToClient,
} from '@visavis/contract/preflight-socket'
import { videoLayersFor } from './encodings.ts'
import { answerConnect, capabilitiesOf, transportOptions, wireParameters } from './media-library.ts'
import type { ConnectPayload } from './media-library.ts'
import type { LoopSample } from './preflight-figures.ts'
import type { Signalling } from './signalling.ts'
import { receiveFiguresOf, sendFiguresOf, transportFiguresOf } from './stats-report.ts'
import type { ReportEntries } from './stats-report.ts'

export type PreflightSignalling = Signalling<PreflightClientToServer, PreflightServerToClient>

/** The estimate begins here and not at a blur; kbit/s. */
const START_KBPS = 500
/** A way that is open is found in well under a second; a firewall that drops packets never says so. */
const CONNECT_MS = 6_000

/** One way there and back, with tracks on it. */
export type LoopLink = {
  /** Whether both directions came up in time. */
  readonly connected: Promise<boolean>
  readonly sample: () => Promise<LoopSample>
  readonly close: () => void
}

export type LoopLinkOptions = {
  readonly device: Device
  readonly signalling: PreflightSignalling
  readonly path: LoopPath
  readonly tracks: readonly MediaStreamTrack[]
  /** Given only where the way shall lead through a relay. */
  readonly relays?: readonly RTCIceServer[]
  /** Dropped: waiting ends. */
  readonly signal: AbortSignal
}

/** Opens the way and sends the tracks into it. Throws Refusals and Faults of the service. */
export async function openLoopLink(options: LoopLinkOptions): Promise<LoopLink> {
  const { device, signalling, path, relays, tracks, signal } = options
  const rtpCapabilities = capabilitiesOf(device)
  const infos = await signalling.request('link:open', { path, rtpCapabilities })
  const ice = relays ? { iceServers: [...relays], iceTransportPolicy: 'relay' as const } : {}
  const send = device.createSendTransport({ ...transportOptions(infos.send), ...ice })
  const receive = device.createRecvTransport({ ...transportOptions(infos.receive), ...ice })
  const connect = (dtls: ConnectPayload) => signalling.request('transport:connect', dtls)
  const close = (): void => {
    send.close()
    receive.close()
  }
  answerConnect(send, connect)
  answerConnect(receive, connect)
  const back = answerProduce(send, signalling)
  const connected = Promise.all([isUp(send, signal), isUp(receive, signal)])
  try {
    for (const track of tracks) {
      if (device.canProduce(track.kind as types.MediaKind)) await send.produce(optionsFor(track))
    }
    for (const consumer of back) await takeBack(receive, consumer, signalling)
  } catch (error) {
    close()
    throw error
  }
  return {
    connected: connected.then((ups) => ups.every(Boolean)),
    sample: () => sampleOf(send, receive),
    close,
  }
}

function answerProduce(
  transport: types.Transport,
  signalling: PreflightSignalling,
): LoopConsumer[] {
  const back: LoopConsumer[] = []
  transport.on('produce', ({ kind, rtpParameters }, done, fail) => {
    signalling
      .request('producer:create', { kind, rtpParameters: wireParameters(rtpParameters) })
      .then(({ producerId, consumer }) => {
        back.push(consumer)
        done({ id: producerId })
      }, fail)
  })
  return back
}

async function takeBack(
  transport: types.Transport,
  { consumerId, producerId, kind, rtpParameters }: LoopConsumer,
  signalling: PreflightSignalling,
): Promise<void> {
  await transport.consume({
    id: consumerId,
    producerId,
    kind,
    rtpParameters: rtpParameters as types.RtpParameters,
  })
  await signalling.request('consumer:resume', { consumerId })
}

/** As in a visit, so that the line carries what it will have to. The page owns the track. */
function optionsFor(track: MediaStreamTrack): types.ProducerOptions {
  const shared = { track, stopTracks: false, disableTrackOnPause: false }
  if (track.kind === 'audio') return { ...shared, codecOptions: { opusDtx: false, opusFec: true } }
  return {
    ...shared,
    encodings: videoLayersFor(track.getSettings()),
    codecOptions: { videoGoogleStartBitrate: START_KBPS },
  }
}

/** Resolves to whether the transport came up; a failure is not waited out, for a blocked way has no other. */
function isUp(transport: types.Transport, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isOpen: boolean): void => {
      clearTimeout(timer)
      transport.off('connectionstatechange', look)
      signal.removeEventListener('abort', giveUp)
      resolve(isOpen)
    }
    const giveUp = (): void => settle(false)
    const look = (state: RTCPeerConnectionState): void => {
      if (state === 'connected') settle(true)
      else if (state === 'failed' || state === 'closed') settle(false)
    }
    const timer = setTimeout(giveUp, CONNECT_MS)
    signal.addEventListener('abort', giveUp)
    transport.on('connectionstatechange', look)
    look(transport.connectionState)
  })
}

async function sampleOf(send: types.Transport, receive: types.Transport): Promise<LoopSample> {
  const [sent, received] = await Promise.all([entriesOf(send), entriesOf(receive)])
  return {
    atMs: performance.now(),
    send: { transport: transportFiguresOf(sent), tracks: sendFiguresOf(sent) },
    receive: { transport: transportFiguresOf(received), tracks: receiveFiguresOf(received) },
  }
}

async function entriesOf(transport: types.Transport): Promise<ReportEntries> {
  const entries: Readonly<Record<string, unknown>>[] = []
  // The DOM's type of a report knows `forEach` only.
  const report = await transport.getStats()
  report.forEach((entry: Readonly<Record<string, unknown>>) => void entries.push(entry))
  return entries
}
