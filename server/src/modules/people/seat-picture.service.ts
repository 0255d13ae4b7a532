import { Refusal } from '@visavis/contract/errors'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import { enter, facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { seatPictureRepo } from './seat-picture.repo.ts'

/** Who is here, and is to be compared with the picture of them. */
const HERE: readonly SeatState[] = ['WAITING', 'CHECKING', 'ADMITTED', 'IN', 'DISCONNECTED']

/** The picture on file of people who are here to be let in (LV-3). */
export type SeatPictureService = ReturnType<typeof createSeatPictureService>

export function createSeatPictureService(kit: PeopleKit) {
  return {
    /**
     * Decrypted for an officer of the visit's facility, and only while the person is in its session; entered
     * in the log before its first byte is read. NOT_FOUND: there is none on file.
     */
    picture: async (
      act: Act,
      { visitId, seatId }: { visitId: string; seatId: string },
    ): Promise<{ bytes: Buffer; mimeType: string }> => {
      const { visitorId, documentId, mimeType } = await kit.transact(async (tx) => {
        const seat = await seatPictureRepo.seat(tx, { visitId, seatId })
        if (seat?.facilityId !== facilityIdOf(act.actor)) throw new Refusal('SEAT_NOT_FOUND')
        if (seat.isEnded || !HERE.includes(seat.state)) throw new Refusal('SEAT_WRONG_STATE')
        const picture = seat.visitorId && (await seatPictureRepo.picture(tx, seat.visitorId))
        if (!picture) throw new Refusal('NOT_FOUND')
        await enter(tx, kit, {
          ...act,
          action: 'seat.viewPicture',
          object: { type: 'seat', objectId: seatId, visitId },
          detail: { documentId: picture.documentId, kind: picture.kind },
        })
        return picture
      })
      return { bytes: await kit.store.get({ visitorId, documentId }), mimeType }
    },
  }
}
