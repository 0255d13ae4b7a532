import type { WallRouter } from '@visavis/contract/wall-socket'
import { createRemoteStreams } from './remote-streams.ts'
import { openRouterReception } from './router-reception.ts'
import type { RouterReception, WallSignalling } from './router-reception.ts'
import type { RemoteSeat } from './types.ts'

/** All that a wall receives, from every router that carries visits of its facility. */
export type WallMedia = {
  /** Begins to receive from a router; a known one is left as it is. */
  readonly add: (router: WallRouter) => void
  /** Gives up everything: on a new connection the server knows none of it. */
  readonly reset: () => void
  readonly close: () => void
}

export type WallMediaOptions = {
  readonly signalling: WallSignalling
  readonly onStreams: (streams: ReadonlyMap<string, MediaStream>) => void
}

/** Makes the wall's media and listens to what the server tells of routers and consumers. */
export function createWallMedia({ signalling, onStreams }: WallMediaOptions): WallMedia {
  const receptions = new Map<string, RouterReception>()
  const streams = createRemoteStreams({ onChange: () => onStreams(byFlowingSeat(streams.list())) })

  const add = (router: WallRouter): void => {
    if (receptions.has(router.routerId)) return
    receptions.set(router.routerId, openRouterReception({ router, signalling, streams }))
  }
  const remove = (routerId: string): void => {
    receptions.get(routerId)?.close()
    receptions.delete(routerId)
  }
  const reset = (): void => [...receptions.keys()].forEach(remove)

  signalling.on('wall:routerAdded', add)
  signalling.on('wall:routerRemoved', ({ routerId }) => remove(routerId))
  signalling.on('consumer:created', ({ routerId, ...info }) => {
    receptions.get(routerId)?.created(info)
  })
  // Consumer ids are unique; only the reception that has it will act.
  signalling.on('consumer:closed', ({ consumerId }) => {
    for (const reception of receptions.values()) reception.closed(consumerId)
  })
  return { add, reset, close: reset }
}

function byFlowingSeat(seats: readonly RemoteSeat[]): ReadonlyMap<string, MediaStream> {
  const flowing = seats.filter((seat) => seat.hasAudio || seat.hasVideo)
  return new Map(flowing.map((seat) => [seat.seatId, seat.stream]))
}
