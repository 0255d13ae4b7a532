import type { linkCentreRoutes } from '@visavis/contract/http'
import {
  insertInmate,
  insertLinkCentreRoom,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { aRoomCode, aRoomVisit, deskOf } from '../support/room-visit.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/link-centres`. */
export function linkCentresSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof linkCentreRoutes, SampleMaker> {
  const aVisit = () => aRoomVisit(world(), place())
  return {
    linkCentres: async () => ({}),
    setOpeningHours: async () => ({
      payload: { openingHours: { '1': [{ fromMinute: 540, toMinute: 1140 }] } },
    }),
    deskDay: async () => ({}),
    checkIn: async () => {
      const { visitId, seatIds } = await aVisit()
      const [seatId = ''] = seatIds
      return { params: { visitId }, payload: { seatId, documentName: 'Passport' } }
    },
    answerRoomHelp: async () => {
      const { visitId, seatIds } = await aVisit()
      const [seatId = ''] = seatIds
      const now = world().clock.now()
      const data = { helpNeed: 'NO_SOUND', helpCalledAt: now, helpToldAt: now }
      await world().db.seat.update({ where: { seatId }, data })
      return { params: { visitId }, payload: { seatId, answer: 'COMING' } }
    },
    issueRoomCode: async () => {
      const { visitId, seatIds } = await aVisit()
      await deskOf(world(), place()).checkIn(visitId, seatIds[0] ?? '')
      return { params: { visitId } }
    },
    roomSignIn: async () => ({
      payload: { code: await aRoomCode(world(), place(), await aVisit()) },
    }),
    visitReceipt: async () => ({ params: { visitId: await aPastVisit({ world, place }) } }),
  }
}

/** A visit that is over, of the place's visitor at its link centre: past ones claim nothing. */
async function aPastVisit({ world, place }: SampleWorld): Promise<string> {
  const { db } = world()
  const { facilityId, linkCentreId, visitorId } = place()
  const { linkCentreRoomId } = await insertLinkCentreRoom(db, { linkCentreId })
  const { visit } = await insertVisit(db, {
    facilityId,
    linkCentreRoomId,
    terminalId: (await insertTerminal(db, { facilityId })).terminalId,
    inmateId: (await insertInmate(db, { facilityId })).inmateId,
    visitorIds: [visitorId],
    bookingState: 'FULFILLED',
  })
  return visit.visitId
}
