import type { Device, types } from 'mediasoup-client'
import type { ConsumerInfo } from '@visavis/contract/rtc'
import type {
  SeatMedia,
  VisitClientToServer,
  VisitServerToClient,
} from '@visavis/contract/visit-socket'
import {
  capabilitiesOf,
  connectAhead,
  iceOf,
  loadDevice,
  transportOptions,
  wireParameters,
} from './media-library.ts'
import type { ConnectPayload } from './media-library.ts'
import { mediaPhaseOf } from './media-phase.ts'
import { createPublisher, hasTracks } from './publisher.ts'
import type { Sending } from './publisher.ts'
import { createReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'
import type { RemoteStreams } from './remote-streams.ts'
import type { Signalling } from './signalling.ts'
import type { SendPlan } from './send-plan.ts'
import type { StatsTarget } from './stats-sampler.ts'
import type { Marks } from './timings.ts'
import { watchTransport } from './transport-watch.ts'
import type { TransportWatch } from './transport-watch.ts'
import type { LocalMedia, MediaPhase } from './types.ts'

export type VisitSignalling = Signalling<VisitClientToServer, VisitServerToClient>

/** A seat's media at the SFU in one epoch: two transports and what flows through them. */
export type SeatMediaSession = {
  readonly epoch: number
  readonly receiver: Receiver
  /** Sends what there is to send; resolves when the SFU has it. */
  readonly publish: () => Promise<void>
  /** The link is back and the SFU kept everything: compare consumers, mend what broke meanwhile. */
  readonly resume: (consumers: readonly ConsumerInfo[]) => void
  /** Has voice and picture go out like that from now on. */
  readonly limit: (plan: SendPlan) => void
  readonly linkLost: () => void
  /** The network woke up: contact that is lost is not waited for. */
  readonly hurry: () => void
  /** What the call's sampler asks. */
  readonly statsTarget: StatsTarget
  readonly phase: (previous: MediaPhase) => MediaPhase
  readonly close: () => void
}

export type SeatMediaOptions = {
  /** What the join told: epoch, the router's capabilities, ICE helpers. */
  readonly offer: Pick<SeatMedia, 'epoch' | 'routerRtpCapabilities' | 'iceServers'>
  readonly signalling: VisitSignalling
  readonly streams: RemoteStreams
  readonly local: LocalMedia
  readonly marks: Marks
  readonly sending: Sending
  /** The SFU was asked for the transports, and has not answered yet. */
  readonly onAsked: () => void
  /** Something changed that `phase` depends on. */
  readonly onChange: () => void
  /** These media cannot be mended: close them and open new ones. */
  readonly onBroken: () => void
}

type Pair = { readonly send: types.Transport; readonly receive: types.Transport }

/** Opens a seat's media anew; the SFU closes what this seat had before. Throws Refusals and Faults. */
export async function openSeatMedia(options: SeatMediaOptions): Promise<SeatMediaSession> {
  const { offer, signalling } = options
  const device = await loadDevice(offer.routerRtpCapabilities)
  const opening = signalling.request('media:open', {
    epoch: offer.epoch,
    rtpCapabilities: capabilitiesOf(device),
  })
  options.onAsked()
  const infos = await opening
  const iceServers = offer.iceServers as RTCIceServer[]
  const pair: Pair = {
    send: device.createSendTransport({ ...transportOptions(infos.send), iceServers }),
    receive: device.createRecvTransport({ ...transportOptions(infos.receive), iceServers }),
  }
  const connect = (dtls: ConnectPayload) => signalling.request('transport:connect', dtls)
  connectAhead(pair.send, connect, options.onBroken)
  connectAhead(pair.receive, connect, options.onBroken)
  answerProduce(pair.send, signalling)
  return assemble(options, device, pair)
}

function answerProduce(transport: types.Transport, signalling: VisitSignalling): void {
  transport.on('produce', ({ kind, rtpParameters }, done, fail) => {
    signalling
      .request('producer:create', { kind, rtpParameters: wireParameters(rtpParameters) })
      .then(({ producerId }) => done({ id: producerId }), fail)
  })
}

let generations = 0

/** Names the media that a sample was taken of: counts of other transports are not to be compared. */
function nextGeneration(): number {
  generations += 1
  return generations
}

function assemble(options: SeatMediaOptions, device: Device, pair: Pair): SeatMediaSession {
  const { offer, streams, local, marks, onBroken, sending } = options
  const watches = {
    send: watch('send', pair.send, options),
    receive: watch('receive', pair.receive, options),
  }
  const resume = (consumerId: string) =>
    options.signalling.request('consumer:resume', { consumerId })
  const shared = { onBroken, marks }
  const publisher = createPublisher({ ...shared, transport: pair.send, device, local, sending })
  const receiver = createReceiver({ ...shared, transport: pair.receive, streams, resume })
  const stopListening = local.subscribe(() => void publisher.sync())
  return {
    epoch: offer.epoch,
    receiver,
    publish: publisher.sync,
    limit: publisher.limit,
    resume(consumers) {
      receiver.sync(consumers)
      watches.send.linkBack()
      watches.receive.linkBack()
    },
    linkLost() {
      watches.send.linkLost()
      watches.receive.linkLost()
    },
    hurry() {
      watches.send.hurry()
      watches.receive.hurry()
    },
    statsTarget: { ...pair, consumers: receiver.standing, generation: nextGeneration() },
    phase: (previous) =>
      mediaPhaseOf({
        send: watches.send.health(),
        receive: watches.receive.health(),
        hasTracks: hasTracks(local.getState()),
        previous,
      }),
    close() {
      stopListening()
      watches.send.close()
      watches.receive.close()
      receiver.close()
      pair.send.close()
      pair.receive.close()
    },
  }
}

function watch(
  direction: 'send' | 'receive',
  transport: types.Transport,
  { signalling, onChange, onBroken }: SeatMediaOptions,
): TransportWatch {
  const made = watchTransport({
    transport,
    restartIce: async () => iceOf(await signalling.request('transport:restartIce', { direction })),
    onChange: () => {
      onChange()
      if (made.health() === 'lost') onBroken()
    },
  })
  return made
}
