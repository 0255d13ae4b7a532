import { Refusal } from '@visavis/contract/errors'
import type { pictureCommands } from '@visavis/contract/pictures-control'
import type { Handlers } from '@visavis/platform/control-server'
import type { Rooms } from './rooms.ts'

/** Carries out the commands about officers' pictures. */
export function pictureHandlers(rooms: Rooms): Handlers<typeof pictureCommands> {
  return {
    getStill: async ({ visitId, seatId, known }) => {
      const still = rooms.find(visitId)?.pictures.still(seatId)
      if (!still) throw new Refusal('NOT_FOUND')
      const { version, takenAt, picture } = still
      return {
        ...{ version, takenAt: takenAt.toISOString() },
        picture: version === known ? null : picture,
      }
    },
  }
}
