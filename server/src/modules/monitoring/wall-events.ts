import type { Logger } from '@visavis/platform/log'
import type { EventHold } from '../../platform/event-hold.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Rooms } from '../rooms/index.ts'
import { clockOf } from '../visits/index.ts'
import type { LiveVisits, VisitRecord } from '../visits/index.ts'
import type { Observations } from './observations.service.ts'
import { without } from './observer-rules.ts'
import type { WallTiles } from './wall-tiles.ts'
import type { Wall, Walls } from './walls.ts'

type Deps = {
  readonly walls: Walls
  readonly tiles: WallTiles
  readonly visits: LiveVisits
  readonly rooms: Rooms
  /** A visit's recording began or ended. */
  readonly recordingChanged: Signal<{ visitId: string }>
  readonly hold: EventHold
  readonly observations: Observations
  readonly log: Logger
}

/** Tells each wall what concerns its facility, and each observer what concerns its media. */
export function tellWalls(deps: Deps): void {
  const { walls, tiles, visits, recordingChanged } = deps
  const showTile = (visit: VisitRecord): void => {
    const tile = tiles.tileOf(visit)
    walls.ofFacility(visit.facilityId).forEach(({ socket }) => socket.emit('wall:changed', tile))
  }
  visits.acts.changed.on(({ visit }) => {
    showTile(visit)
    if (visit.session.state === 'ENDED') unwatch(deps, visit.visitId)
  })
  visits.wished.on(showTile)
  visits.advice.changed.on(showTile)
  recordingChanged.on(({ visitId }) => {
    const visit = visits.open().find((candidate) => candidate.visitId === visitId)
    if (visit) showTile(visit)
  })
  visits.ticker.ticked.on(({ visit }) => {
    const { visitId } = visit
    const clock = clockOf(visit, visits.momentOf(visit))
    walls
      .ofFacility(visit.facilityId)
      .forEach(({ socket }) => socket.emit('wall:ticked', { visitId, clock }))
  })
  tellFigures(deps)
  tellRouters(deps)
  tellConsumers(deps)
}

/** OV-9: figures of the chosen visit only, and only at its own facility (TR-3). */
function tellFigures({ walls, visits }: Deps): void {
  visits.qualityMeasured.on(({ visit: { visitId, facilityId }, seats }) => {
    const isAbout = ({ chosenVisitId }: Wall): boolean => chosenVisitId === visitId
    for (const { socket } of walls.ofFacility(facilityId).filter(isAbout)) {
      socket.emit('wall:quality', { visitId, seats: [...seats] })
    }
  })
}

function tellRouters({ walls, tiles, visits, rooms, log }: Deps): void {
  const tellRouterOf = ({ visitId }: { visitId: string }): void => {
    const visit = visits.open().find((candidate) => candidate.visitId === visitId)
    if (!visit) return
    for (const wall of walls.ofFacility(visit.facilityId)) {
      const router = tiles.newRouterFor(wall, visit)
      if (router) wall.socket.emit('wall:routerAdded', router)
    }
    // A room that opens after it was put on a screen has its observers still to hear of.
    const observers = walls.observersOf(visitId)
    if (observers.length === 0) return
    rooms.setObservers(visitId, observers).catch((error: unknown) => {
      log.warn({ visitId, err: error }, 'observers not told')
    })
  }
  rooms.signals.placed.on(tellRouterOf)
  rooms.signals.found.on(tellRouterOf)
  rooms.signals.routerRemoved.on(({ routerId }) => {
    for (const wall of walls.all()) {
      forget(wall.routerOfTransport, routerId)
      forget(wall.routerOfConsumer, routerId)
      if (wall.routerIds.delete(routerId)) wall.socket.emit('wall:routerRemoved', { routerId })
    }
  })
}

function tellConsumers({ walls, rooms, hold }: Deps): void {
  rooms.signals.consumerCreated.on(({ peerId, routerId, consumer }) => {
    const wall = walls.of(peerId)
    if (!wall) return
    wall.routerOfConsumer.set(consumer.consumerId, routerId)
    hold.pass(peerId, () => wall.socket.emit('consumer:created', { ...consumer, routerId }))
  })
  rooms.signals.consumerClosed.on(({ peerId, consumerId }) => {
    const wall = walls.of(peerId)
    if (!wall?.routerOfConsumer.delete(consumerId)) return
    hold.pass(peerId, () => wall.socket.emit('consumer:closed', { consumerId }))
  })
}

function unwatch({ walls, observations, log }: Deps, visitId: string): void {
  for (const wall of walls.all()) {
    wall.watching = without(wall.watching, new Set([visitId]))
    observations.endVisit(wall, visitId).catch((error: unknown) => {
      log.error({ visitId, err: error }, 'end of watching not stored')
    })
  }
}

function forget(routers: Map<string, string>, routerId: string): void {
  for (const [key, value] of routers) if (value === routerId) routers.delete(key)
}
