import type { ConsumerInfo } from '@visavis/contract/rtc'
import type {
  WallClientToServer,
  WallRouter,
  WallServerToClient,
} from '@visavis/contract/wall-socket'
import { createConsumerInbox } from './consumer-inbox.ts'
import {
  capabilitiesOf,
  connectAhead,
  iceOf,
  loadDevice,
  transportOptions,
} from './media-library.ts'
import type { ConnectPayload } from './media-library.ts'
import { isPassing, isSignallingError } from './passing-refusals.ts'
import { createReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'
import type { RemoteStreams } from './remote-streams.ts'
import { createReruns } from './reruns.ts'
import type { RunResult } from './reruns.ts'
import type { Signalling } from './signalling.ts'
import { watchTransport } from './transport-watch.ts'

export type WallSignalling = Signalling<WallClientToServer, WallServerToClient>

/** What a wall receives from one router: one transport for all its tiles there. */
export type RouterReception = {
  readonly created: (info: ConsumerInfo) => void
  readonly closed: (consumerId: string) => void
  readonly close: () => void
}

export type RouterReceptionOptions = {
  readonly router: WallRouter
  readonly signalling: WallSignalling
  readonly streams: RemoteStreams
}

type Media = { readonly receiver: Receiver; readonly close: () => void }

/** Opens the reception and keeps it up while the link stands; a new link needs new receptions. */
export function openRouterReception(options: RouterReceptionOptions): RouterReception {
  const inbox = createConsumerInbox()
  let isClosed = false
  let media: Media | null = null

  const drop = (): void => {
    media?.close()
    media = null
    inbox.hold()
    inbox.clear()
  }
  const open = async (): Promise<RunResult> => {
    if (!options.signalling.isConnected()) return 'wait'
    drop()
    try {
      media = await openMedia(options, reruns.ask)
    } catch (error) {
      const isFinal = isSignallingError(error) && !isPassing(error.code)
      return isFinal ? 'wait' : 'retry'
    }
    if (isClosed) media.close()
    else inbox.release(media.receiver)
    return 'done'
  }
  const reruns = createReruns(open)
  reruns.ask()
  return {
    created: inbox.created,
    closed: inbox.closed,
    close() {
      isClosed = true
      reruns.close()
      media?.close()
    },
  }
}

async function openMedia(options: RouterReceptionOptions, onBroken: () => void): Promise<Media> {
  const { signalling, streams } = options
  const { routerId, routerRtpCapabilities } = options.router
  const device = await loadDevice(routerRtpCapabilities)
  const rtpCapabilities = capabilitiesOf(device)
  const opened = await signalling.request('media:open', { routerId, rtpCapabilities })
  const transport = device.createRecvTransport({
    ...transportOptions(opened.receive),
    iceServers: opened.iceServers as RTCIceServer[],
  })
  const connect = (payload: ConnectPayload) => signalling.request('transport:connect', payload)
  connectAhead(transport, connect, onBroken)
  const watch = watchTransport({
    transport,
    restartIce: async () => iceOf(await signalling.request('transport:restartIce', { routerId })),
    onChange: () => watch.health() === 'lost' && onBroken(),
  })
  const receiver = createReceiver({
    ...{ transport, streams, onBroken },
    resume: (consumerId) => signalling.request('consumer:resume', { consumerId }),
  })
  return {
    receiver,
    close() {
      watch.close()
      receiver.close()
      transport.close()
    },
  }
}
