import type { z } from 'zod'
import type { WallVisit } from '@visavis/contract/visit'
import type { WallRouter } from '@visavis/contract/wall-socket'
import type { Rooms } from '../rooms/index.ts'
import { wallVisitOf } from '../visits/index.ts'
import type { LiveVisits, VisitRecord } from '../visits/index.ts'
import type { Wall } from './walls.ts'

type RouterTile = z.input<typeof WallRouter>

/** What walls show of visits, and the routers they need for it. */
export type WallTiles = {
  readonly tileOf: (visit: VisitRecord) => z.input<typeof WallVisit>
  /** Every router that now carries watchable visits of the wall's facility; from here on it knows them. */
  readonly routersFor: (wall: Wall) => RouterTile[]
  /** The router of a visit, if that wall may watch it and does not know the router yet. */
  readonly newRouterFor: (wall: Wall, visit: VisitRecord) => RouterTile | null
}

export function createWallTiles(deps: {
  visits: LiveVisits
  rooms: Rooms
  isBeingRecorded: (visitId: string) => boolean
}): WallTiles {
  const { visits, rooms, isBeingRecorded } = deps
  const routerOf = (visit: VisitRecord): RouterTile | null => {
    const placement = rooms.placementOf(visit.visitId)
    if (!placement || visit.policy.monitor === 'NONE') return null
    const { routerId, routerRtpCapabilities } = placement.router
    return { routerId, routerRtpCapabilities }
  }
  return {
    tileOf: (visit) => wallVisitOf(visit, visits.momentOf(visit), isBeingRecorded(visit.visitId)),
    routersFor(wall) {
      const routers = visits
        .open()
        .filter((visit) => visit.facilityId === wall.facilityId)
        .flatMap((visit) => routerOf(visit) ?? [])
      routers.forEach(({ routerId }) => wall.routerIds.add(routerId))
      return [...new Map(routers.map((router) => [router.routerId, router])).values()]
    },
    newRouterFor(wall, visit) {
      const router = visit.facilityId === wall.facilityId ? routerOf(visit) : null
      if (!router || wall.routerIds.has(router.routerId)) return null
      wall.routerIds.add(router.routerId)
      return router
    },
  }
}
