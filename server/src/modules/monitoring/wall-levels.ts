import type { Rooms } from '../rooms/index.ts'
import type { Walls } from './walls.ts'

/** Tells each wall how loud it is in the visits on its screen, in one message (OV-4). */
export function tellLevels({
  walls,
  rooms,
}: {
  walls: Walls
  rooms: Pick<Rooms, 'signals'>
}): void {
  rooms.signals.levels.on((levels) => {
    for (const { socket, watching } of walls.all()) {
      const visits = levels
        .filter(
          ({ visitId }) => watching.visitIds.has(visitId) || watching.stillVisitIds.has(visitId),
        )
        .map(({ visitId, seats }) => ({ visitId, seats: [...seats] }))
      // The latest is all that counts: what cannot be sent at once is not kept.
      if (visits.length > 0) socket.volatile.emit('wall:levels', { visits })
    }
  })
}
