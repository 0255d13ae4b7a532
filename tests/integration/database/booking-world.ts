import type { BookingState } from '@visavis/contract/booking-lifecycle'
import type { Database, Prisma } from '@visavis/prisma'
import {
  aVisit,
  type GivenVisit,
  insertInmate,
  insertSlot,
  insertSmallWorld,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { answerTo } from './refused.ts'

/** A facility in which visits can be stored and changed, and what the database answered to it. */
export async function bookingWorld(db: Database) {
  const { facility } = await insertSmallWorld(db)
  const { facilityId } = facility

  /** An inmate and terminal of their own, so that only what is tested can refuse. */
  const given = async (): Promise<GivenVisit> => {
    const { inmateId } = await insertInmate(db, { facilityId })
    const { terminalId } = await insertTerminal(db, { facilityId })
    return { facilityId, inmateId, terminalId, visitorIds: [] }
  }
  const change = (visitId: string, data: Prisma.VisitUncheckedUpdateInput) =>
    answerTo(db.visit.update({ where: { visitId }, data }))

  return {
    facility,
    given,
    change,
    store: async (more: Partial<GivenVisit>) => {
      const { visit } = aVisit({ ...(await given()), ...more })
      return answerTo(db.visit.create({ data: visit }))
    },
    stored: async (more: Partial<GivenVisit> = {}) =>
      (await insertVisit(db, { ...(await given()), ...more })).visit.visitId,
    moveTo: (visitId: string, bookingState: BookingState) =>
      change(visitId, { bookingState, holdExpiresAt: null }),
    newSlot: (more: Partial<Parameters<typeof insertSlot>[1]> = {}) =>
      insertSlot(db, { facilityId, ...more }),
  }
}

/** What of a visit says that it is in the first place of a slot. */
export function inSlot({ slotId, startsAt, endsAt }: Awaited<ReturnType<typeof insertSlot>>) {
  return { slotId, slotPlace: 1, startsAt, endsAt } as const
}
