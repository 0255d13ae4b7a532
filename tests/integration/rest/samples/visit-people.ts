import type { visitPeopleRoutes } from '@visavis/contract/http'
import { insertAccount, insertVisitor } from '@visavis/prisma/seed'
import { storedDocument } from '../../people/support/people.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of what staff do about the people of a visit around its live part. */
export function visitPeopleSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof visitPeopleRoutes, SampleMaker> {
  return {
    seatPicture: async () => {
      const { db } = world()
      const { visitId, visitorId } = place()
      const { seatId } = await db.seat.findFirstOrThrow({ where: { visitId, visitorId } })
      await db.seat.update({ where: { seatId }, data: { state: 'CHECKING' } })
      const isStored =
        (await db.identityDocument.count({ where: { visitorId, removedAt: null } })) > 0
      if (!isStored) await storedDocument(world(), visitorId)
      return { params: { visitId, seatId } }
    },
    interpreters: async () => ({ params: { visitId: place().visitId } }),
    addInterpreter: async () => {
      const { login } = await anInterpreter()
      return { params: { visitId: place().visitId }, payload: { email: login } }
    },
    removeInterpreter: async () => {
      const { visitId } = place()
      const { visitorId } = await anInterpreter()
      const role = 'INTERPRETER'
      const { seatId } = await world().db.seat.create({
        data: { seatId: crypto.randomUUID(), visitId, party: 'VISITOR', role, visitorId },
      })
      return { params: { visitId, seatId } }
    },
  }
  async function anInterpreter() {
    const { db } = world()
    const { visitorId } = await insertVisitor(db)
    const { login } = await insertAccount(db, { role: 'visitor', visitorId })
    return { visitorId, login }
  }
}
