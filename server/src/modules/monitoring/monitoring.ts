import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import type { Server } from 'socket.io'
import { createEventHold } from '../../platform/event-hold.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Transact } from '../../platform/transact.ts'
import type { TurnConfig } from '../../platform/turn.ts'
import type { Audit } from '../audit/index.ts'
import type { ActorOfCookies } from '../identity/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { LiveVisits } from '../visits/index.ts'
import { createMonitoringRepo } from './monitoring.repo.ts'
import { createOfficerService } from './officer.service.ts'
import { tellWalls } from './wall-events.ts'
import { createWallMedia } from './wall-media.ts'
import { createWallService } from './wall.service.ts'
import { createWallTiles } from './wall-tiles.ts'
import { bindWallNamespace } from './wall.socket.ts'
import { createWalls } from './walls.ts'

/** Puts officers' walls on a server's visits. */
export function startMonitoring(deps: {
  io: Server
  db: Database
  transact: Transact
  audit: Audit
  actorOfCookies: ActorOfCookies
  visits: LiveVisits
  rooms: Rooms
  turn: TurnConfig | null
  recordings: {
    readonly isBeingRecorded: (visitId: string) => boolean
    readonly changed: Signal<{ visitId: string }>
  }
  clock: Clock
  log: Logger
}): void {
  const { visits, rooms, recordings, log } = deps
  const walls = createWalls()
  const hold = createEventHold()
  const tiles = createWallTiles({ visits, rooms, isBeingRecorded: recordings.isBeingRecorded })
  const repo = createMonitoringRepo(deps.db)
  tellWalls({ walls, tiles, visits, rooms, recordingChanged: recordings.changed, hold, log })
  bindWallNamespace({
    io: deps.io,
    actorOfCookies: deps.actorOfCookies,
    walls,
    service: createWallService({ ...deps, walls, tiles, repo }),
    media: createWallMedia({ rooms, hold, turn: deps.turn, clock: deps.clock }),
    officers: createOfficerService(visits),
    log,
  })
}
