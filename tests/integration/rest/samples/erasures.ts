import type { erasureRoutes } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { insertRestriction, insertVisitor } from '@visavis/prisma/seed'
import type { SampleMaker, SampleWorld } from './sample.ts'

const DAY_MS = 86_400_000

/** Samples of the routes of `contract/http/erasures`. */
export function erasureSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof erasureRoutes, SampleMaker> {
  const aWish = async (visitorId: string) => {
    const askedAt = new Date(world().clock.now().getTime() - 10 * DAY_MS)
    const { erasureId } = await world().db.erasure.create({
      data: {
        ...{ erasureId: newId(), visitorId, askedBy: place().accounts.visitor, askedAt },
        dueAt: new Date(askedAt.getTime() + DAY_MS),
      },
    })
    return erasureId
  }
  return {
    myErasure: async () => ({}),
    askErasure: async () => ({}),
    withdrawErasure: async () => {
      const { visitorId } = place()
      await world().db.erasure.deleteMany({ where: { visitorId } })
      await aWish(visitorId)
      return {}
    },
    erasures: async () => ({}),
    keepAgainstErasure: async () => {
      const { visitorId } = await insertVisitor(world().db)
      const { facilityId, accounts } = place()
      await insertRestriction(world().db, {
        ...{ facilityId, visitorId, kind: 'BAN', createdBy: accounts.facilityAdmin },
      })
      return { params: { erasureId: await aWish(visitorId) }, payload: { reason: 'COURT_ORDER' } }
    },
  }
}
