import type { WallClientToServer, WallServerToClient } from '@visavis/contract/wall-socket'
import type { DefaultEventsMap, Socket } from 'socket.io'
import type { AccountActor, Asked } from '../identity/index.ts'
import { observersOf, watchingNothing } from './observer-rules.ts'
import type { Watching } from './observer-rules.ts'

/** What the server keeps with a wall's socket. */
export type WallSocketData = {
  authorise: (asked: Asked) => Promise<AccountActor>
  authSessionId: string
  /** Names this connection at the media nodes, and nobody else's. */
  observerId: string
}

/** An officer's socket in the namespace of walls. */
export type WallSocket = Socket<
  WallClientToServer,
  WallServerToClient,
  DefaultEventsMap,
  WallSocketData
>

/** One open wall, in memory only: it ends with its socket. */
export type Wall = {
  readonly observerId: string
  readonly socket: WallSocket
  readonly facilityId: string
  readonly accountId: string
  watching: Watching
  /** When its page was last heard of (OV-7). */
  heardAt: Date
  /** When its sign-in was last noted to have a wall; in ms. */
  keptAtMs: number
  /** Its open rows of observation, by what they are of. */
  readonly observations: Map<string, string>
  /** What it was denied at its last wish, so that asking again fills no log. */
  deniedVisitIds: ReadonlySet<string>
  /** The visit it has chosen, whether or not it may be watched: figures may be seen of every class (OV-9). */
  chosenVisitId: string | null
  /** Routers that this wall was told of. */
  readonly routerIds: Set<string>
  /** Where its transports and consumers are, by their ids. */
  readonly routerOfTransport: Map<string, string>
  readonly routerOfConsumer: Map<string, string>
}

type NewWall = Pick<Wall, 'observerId' | 'socket' | 'facilityId' | 'accountId' | 'heardAt'>

/** The open walls of this server. */
export type Walls = {
  readonly open: (wall: NewWall) => Wall
  readonly of: (observerId: string) => Wall | undefined
  readonly ofFacility: (facilityId: string) => readonly Wall[]
  readonly all: () => readonly Wall[]
  readonly remove: (observerId: string) => void
  readonly observersOf: (visitId: string) => ReturnType<typeof observersOf>
}

/** No walls yet. */
export function createWalls(): Walls {
  const walls = new Map<string, Wall>()
  return {
    open(given) {
      const { observerId } = given
      const wall: Wall = {
        ...given,
        watching: watchingNothing(observerId),
        keptAtMs: 0,
        observations: new Map(),
        deniedVisitIds: new Set(),
        chosenVisitId: null,
        routerIds: new Set(),
        routerOfTransport: new Map(),
        routerOfConsumer: new Map(),
      }
      walls.set(observerId, wall)
      return wall
    },
    of: (observerId) => walls.get(observerId),
    ofFacility: (facilityId) =>
      [...walls.values()].filter((wall) => wall.facilityId === facilityId),
    all: () => [...walls.values()],
    remove: (observerId) => void walls.delete(observerId),
    observersOf: (visitId) =>
      observersOf(
        [...walls.values()].map(({ watching }) => watching),
        visitId,
      ),
  }
}
