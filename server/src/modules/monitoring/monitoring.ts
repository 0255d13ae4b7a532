import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import type { Server } from 'socket.io'
import { createEventHold } from '../../platform/event-hold.ts'
import { newId } from '../../platform/ids.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Transact } from '../../platform/transact.ts'
import type { TurnConfig } from '../../platform/turn.ts'
import type { Audit } from '../audit/index.ts'
import type { ActorOfCookies } from '../identity/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { OversightPort } from '../oversight/index.ts'
import { findReadyText } from '../ready-texts/index.ts'
import type { LiveVisits } from '../visits/index.ts'
import { isWatchedBy } from './coverage.ts'
import { createHandoversRepo } from './handovers.repo.ts'
import { createHandovers } from './handovers.service.ts'
import type { Handovers } from './handovers.service.ts'
import type { InterventionParts } from './interventions.service.ts'
import { createMonitoringRepo } from './monitoring.repo.ts'
import { BEAT_EVERY_MS, createObservations } from './observations.service.ts'
import type { Observations } from './observations.service.ts'
import { createObservationsRepo } from './observations.repo.ts'
import { actingOn, createOfficerService } from './officer.service.ts'
import { createSpeeches } from './speeches.ts'
import type { StillsPort } from './stills.routes.ts'
import { tellWalls } from './wall-events.ts'
import { tellLevels } from './wall-levels.ts'
import { wallStills } from './wall-stills.ts'
import { createWallDoor } from './wall-door.ts'
import { createWallMedia } from './wall-media.ts'
import { createWallService } from './wall.service.ts'
import { createWallTiles } from './wall-tiles.ts'
import { bindWallNamespace } from './wall.socket.ts'
import { createWalls } from './walls.ts'
import type { Walls } from './walls.ts'

/** The walls of a server, while it lives. */
export type Monitoring = {
  /** Ends what the walls watch, as their sockets are about to close. */
  readonly stop: () => Promise<void>
}

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
  /** The route of stills, which was put on the server before there were walls. */
  stills: StillsPort
  /** Who watches what, as the pages of oversight show it. */
  oversight: OversightPort
  recordings: {
    readonly isBeingRecorded: (visitId: string) => boolean
    readonly changed: Signal<{ visitId: string }>
  }
  clock: Clock
  log: Logger
}): Monitoring {
  const { visits, rooms, recordings, log } = deps
  const readyTextOf: InterventionParts['readyTextOf'] = (key) => findReadyText(deps.db, key)
  const walls = createWalls()
  const hold = createEventHold()
  const door = createWallDoor(deps)
  const tiles = createWallTiles({ visits, rooms, isBeingRecorded: recordings.isBeingRecorded })
  const repo = createMonitoringRepo(deps.db)
  const rows = createHandoversRepo(deps.db)
  const handovers = createHandovers({ ...deps, walls, repo, rows, newId })
  visits.watch.attach((visitId, now) => isWatchedBy(walls.all(), visitId, now))
  const observations = createObservations({ ...deps, newId, repo: createObservationsRepo(deps.db) })
  const changed = recordings.changed
  tellLevels({ walls, rooms })
  deps.oversight.attach((observerId) => walls.of(observerId)?.heardAt ?? null)
  deps.stills.attach(wallStills({ walls, rooms, visits, door }))
  tellWalls({ walls, tiles, visits, rooms, recordingChanged: changed, hold, observations, log })
  bindWallNamespace({
    io: deps.io,
    door,
    walls,
    service: createWallService({ ...deps, walls, tiles, repo, observations, door, handovers }),
    handovers,
    media: createWallMedia({ rooms, hold, turn: deps.turn, clock: deps.clock }),
    officers: createOfficerService(visits, { newId, readyTextOf }),
    speeches: createSpeeches({ ...deps, actOn: actingOn(visits), newId }),
    log,
  })
  return startBeating({ walls, observations, handovers, log })
}

type Beating = {
  readonly walls: Walls
  readonly observations: Observations
  readonly handovers: Handovers
  readonly log: Logger
}

function startBeating({ walls, observations, handovers, log }: Beating): Monitoring {
  const timer = setInterval(() => {
    observations.beat().catch((error: unknown) => log.warn({ err: error }, 'beat not stored'))
  }, BEAT_EVERY_MS).unref()
  return {
    async stop() {
      clearInterval(timer)
      handovers.stop()
      await Promise.all(walls.all().map((wall) => observations.end(wall, [], null)))
    },
  }
}
