import { Refusal } from '@visavis/contract/errors'
import type { Rooms } from '../rooms/index.ts'
import type { LiveVisits } from '../visits/index.ts'
import { whyNotWatch } from './observer-rules.ts'
import type { StillSource } from './stills.routes.ts'
import type { WallDoor } from './wall-door.ts'
import type { Wall, Walls } from './walls.ts'

/**
 * The stills of the walls that are open here: only for who has the visit on such a wall's screen, so that the
 * log and the row of observation come first (TR-1).
 */
export function wallStills({
  walls,
  rooms,
  visits,
  door,
}: {
  walls: Walls
  rooms: Pick<Rooms, 'still'>
  visits: Pick<LiveVisits, 'load'>
  door: Pick<WallDoor, 'noteDeniedVisit'>
}): StillSource {
  return async ({ actor, visitId, seatId, known }) => {
    const { authSessionId } = actor
    const own = walls.all().filter(({ socket }) => socket.data.authSessionId === authSessionId)
    if (!own.some((wall) => shows(wall, visitId))) {
      // Who merely took it off the screen has done nothing; who could never have had it has tried.
      const facilityId = actor.facilityId ?? ''
      const code = whyNotWatch(await visits.load(visitId), { facilityId, isStill: true })
      if (code && code !== 'VISIT_ENDED') await door.noteDeniedVisit(actor, { visitId, code })
      throw new Refusal('VISIT_NOT_FOUND')
    }
    return rooms.still({ visitId, seatId, ...(known === null ? {} : { known }) })
  }
}

/** Live or as stills: a picture that is to move begins as one that stands. */
function shows({ watching }: Wall, visitId: string): boolean {
  return watching.visitIds.has(visitId) || watching.stillVisitIds.has(visitId)
}
