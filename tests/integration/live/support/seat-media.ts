import type { ConsumerInfo, RtpCapabilities } from '@visavis/contract/rtc'
import { RtcClient } from '../../../support/rtc-client.ts'
import type { MediaControl } from '../../../support/rtc-client.ts'
import type { SeatClient, WallClient } from './socket-client.ts'

/** Real media of a seat, negotiated over its socket and published. */
export async function openSeatMedia(
  client: SeatClient,
  seat: { seatId: string; visitId: string; epoch: number; routerRtpCapabilities: unknown },
): Promise<RtcClient> {
  const { seatId, visitId, epoch } = seat
  const key = { routerId: 'unknown to a seat', peerId: seatId }
  const media = await RtcClient.open(
    seatControl(client, { ...key, epoch }),
    routerOf(key.routerId, seat),
    {
      peerId: seatId,
      visitId,
    },
  )
  await media.publish()
  return media
}

/** An observer's real receiving end, negotiated over the wall's socket. */
export function openWallMedia(
  client: WallClient,
  router: { routerId: string; routerRtpCapabilities: unknown },
): Promise<RtcClient> {
  const key = { routerId: router.routerId, peerId: 'unknown to a wall' }
  return RtcClient.open(wallControl(client, key), routerOf(router.routerId, router), {
    peerId: key.peerId,
    visitId: null,
  })
}

function routerOf(routerId: string, { routerRtpCapabilities }: { routerRtpCapabilities: unknown }) {
  return {
    routerId,
    pool: 'open' as const,
    workerPid: 0,
    routerRtpCapabilities: routerRtpCapabilities as RtpCapabilities,
  }
}

type Key = { readonly routerId: string; readonly peerId: string }
type Asked = { [field: string]: never }

/** Lets the RTC client, which speaks to media nodes, speak to a seat's socket. */
function seatControl(client: SeatClient, key: Key & { epoch: number }): MediaControl {
  const call = (command: string, asked: Asked): Promise<unknown> => {
    const { rtpCapabilities, transportId, dtlsParameters, kind, rtpParameters, consumerId } =
      asked as never
    switch (command) {
      case 'openPeer':
        return client.call('openMedia', { epoch: key.epoch, rtpCapabilities })
      case 'connectTransport':
        return client.call('connectTransport', { transportId, dtlsParameters })
      case 'createProducer':
        return client.call('createProducer', { kind, rtpParameters })
      case 'resumeConsumer':
        return client.call('resumeConsumer', { consumerId })
      default:
        throw new Error(`a seat cannot ${command}`)
    }
  }
  return { call, on: follow(client, key) } as unknown as MediaControl
}

function wallControl(client: WallClient, key: Key): MediaControl {
  const call = async (command: string, asked: Asked): Promise<unknown> => {
    const { rtpCapabilities, transportId, dtlsParameters, consumerId } = asked as never
    switch (command) {
      case 'openPeer':
        return {
          send: null,
          ...(await client.call('openMedia', { routerId: key.routerId, rtpCapabilities })),
        }
      case 'connectTransport':
        return client.call('connectTransport', { transportId, dtlsParameters })
      case 'resumeConsumer':
        return client.call('resumeConsumer', { consumerId })
      default:
        throw new Error(`a wall cannot ${command}`)
    }
  }
  return { call, on: follow(client, key) } as unknown as MediaControl
}

/** Listens from the start and hands over what came before the RTC client listened. */
function follow({ socket }: SeatClient | WallClient, key: Key) {
  type Listener = (payload: unknown) => void
  const listeners = new Map<string, Listener>()
  const early: (readonly [string, unknown])[] = []
  for (const name of ['consumer:created', 'consumer:closed']) {
    socket.on(name, (told: ConsumerInfo) => {
      const payload = name === 'consumer:created' ? { ...key, consumer: told } : told
      const listener = listeners.get(name)
      if (listener) listener(payload)
      else early.push([name, payload])
    })
  }
  return (name: string, listener: Listener) => {
    listeners.set(name, listener)
    for (const [each, payload] of early) if (each === name) listener(payload)
  }
}
