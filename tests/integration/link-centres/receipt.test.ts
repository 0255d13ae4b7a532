import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTimeline } from '../../../server/src/modules/timeline/index.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { MINUTE_MS, aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { addStatement } from '../rest/support/statement.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aRoomVisit, deskOf } from '../rest/support/room-visit.ts'

let world: RestWorld
let place: Place
let desk: ReturnType<typeof deskOf>

beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
  desk = deskOf(world, place)
})
afterAll(() => world.close())

describe('the receipt', () => {
  const readBy = async (cookie: string, visitId: string) =>
    desk.ask(`/api/visits/${visitId}/receipt`, undefined, cookie)

  it('tells a visitor of it, the host and the facility’s desk what was booked and delivered', async () => {
    const { visitId, room, accountIds, seatIds } = await aRoomVisit(world, place)
    const data = { state: 'ENDED', outcome: 'COMPLETED', endedAt: world.clock.now() } as const
    await world.db.visitSession.update({
      where: { visitId },
      data: { ...data, deliveredMs: 29 * MINUTE_MS },
    })
    await addStatement(world.db, { visitId, madeAt: world.clock.now() })
    const at = world.clock.now()
    const note = { kind: 'ARRIVED', seatId: seatIds[0] ?? null, detail: {} } as const
    await createTimeline(world.db).add(visitId, [{ at, ...note }])
    const readers = [accountIds[0] ?? '', place.accounts.host, place.accounts.scheduler]
    for (const accountId of readers) {
      const answer = await readBy(await accountCookie(world, accountId), visitId)
      expect(answer.json()).toMatchObject({
        visitId,
        room: room.name,
        facility: { timeZone: 'Asia/Krasnoyarsk' },
        linkCentre: { address: '1 Example Street' },
        inmateFirstName: 'Dmitri',
        visitorNames: [expect.stringContaining('Vera Visitor')],
        bookedMs: 30 * MINUTE_MS,
        deliveredMs: 29 * MINUTE_MS,
        outcome: 'COMPLETED',
        statement: { visitId, gaps: [{ cause: 'VISITOR_NETWORK' }] },
        // What happened, note by note, is for the facility's staff only.
        course:
          accountId === place.accounts.scheduler
            ? [
                {
                  at: at.toISOString(),
                  kind: 'ARRIVED',
                  who: expect.stringContaining('Vera') as unknown,
                },
              ]
            : null,
        printedAt: world.clock.now().toISOString(),
      })
    }
  })

  it('names no link centre for a visit at home', async () => {
    const answer = await readBy(await accountCookie(world, place.accounts.visitor), place.visitId)
    expect(answer.json()).toMatchObject({
      linkCentre: null,
      room: null,
      outcome: null,
      statement: null,
    })
  })

  it('[TR-3] [EL-2] is not there for anybody else', async () => {
    const { visitId } = await aRoomVisit(world, place)
    const other = await aPlace(world)
    const { visitor, host, scheduler } = other.accounts
    for (const accountId of [visitor, host, scheduler, place.accounts.visitor]) {
      const answer = await readBy(await accountCookie(world, accountId), visitId)
      expect(answer.json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    }
    const atHome = await readBy(await accountCookie(world, place.accounts.host), place.visitId)
    expect(atHome.json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
  })
})
