import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSummary } from '@visavis/contract/http'
import { insertVisit } from '@visavis/prisma/seed'
import { accountCookie, inmateCookie } from './support/callers.ts'
import { MINUTE_MS, aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { addStatement } from './support/statement.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

const DAY_MS = 86_400_000

let world: RestWorld
let place: Place
let cookie: string

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  cookie = await accountCookie(world, place.accounts.visitor)
})
afterAll(() => world.close())

async function book(startsInMs: number, given: object = {}): Promise<string> {
  const { facilityId, terminalId, inmateId, visitorId } = place
  const startsAt = new Date(world.clock.now().getTime() + startsInMs)
  const endsAt = new Date(startsAt.getTime() + 30 * MINUTE_MS)
  const booked = await insertVisit(world.db, {
    ...{ facilityId, terminalId, inmateId, startsAt, endsAt },
    visitorIds: [visitorId],
    ...given,
  })
  return booked.visit.visitId
}

const myVisits = async (): Promise<VisitSummary[]> => {
  const answer = await world.app.inject({ url: '/api/my/visits', headers: { cookie } })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<{ visits: VisitSummary[] }>().visits
}

describe('a visitor’s visits', () => {
  it('come with both clocks’ facts, the notice and the other side’s first name', async () => {
    const [visit] = await myVisits()
    const opensBefore = Date.parse(visit?.startsAt ?? '') - Date.parse(visit?.opensAt ?? '')
    expect(visit).toMatchObject({
      visitId: place.visitId,
      seatId: place.seats.find(({ party }) => party === 'VISITOR')?.seatId,
      party: 'VISITOR',
      visitClass: 'social',
      state: 'SCHEDULED',
      facility: { timeZone: 'Asia/Krasnoyarsk' },
      withWhom: ['Dmitri'],
      notice: { monitor: 'AV', isRecorded: true },
      outcome: null,
      deliveredMs: 0,
      bookedMs: 30 * MINUTE_MS,
    })
    expect(opensBefore).toBe(15 * MINUTE_MS)
    const one = await world.app.inject({
      url: `/api/my/visits/${place.visitId}`,
      headers: { cookie },
    })
    expect(one.json()).toEqual(visit)
  })

  it('are asked for by an id, and a malformed one is named', async () => {
    const answer = await world.app.inject({ url: '/api/my/visits/none', headers: { cookie } })
    expect(answer.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'visitId' }] })
  })

  it('are listed next first and past last, without holds and requests', async () => {
    const endedAt = world.clock.now()
    const tomorrow = await book(DAY_MS)
    const later = await book(2 * DAY_MS)
    const lastWeek = await book(-7 * DAY_MS)
    const yesterday = await book(-DAY_MS, {
      bookingState: 'FULFILLED',
      session: { state: 'ENDED', outcome: 'COMPLETED', endedAt, deliveredMs: 1_790_000 },
    })
    await book(3 * DAY_MS, { bookingState: 'REQUESTED' })
    const visits = await myVisits()
    expect(visits.map(({ visitId }) => visitId)).toEqual([
      place.visitId,
      tomorrow,
      later,
      yesterday,
      lastWeek,
    ])
    expect(visits[3]).toMatchObject({
      state: 'ENDED',
      outcome: 'COMPLETED',
      deliveredMs: 1_790_000,
    })
  })
})

describe('[LV-6] the receipt of a visit', () => {
  const receiptAs = async (kind: 'my' | 'terminal', visitId: string, asker: string) =>
    world.app.inject({
      url: `/api/${kind}/visits/${visitId}/receipt`,
      headers: { cookie: asker },
    })

  it('is read by both sides once there is one, and says the same to both', async () => {
    const visitId = await book(-DAY_MS, { bookingState: 'FULFILLED' })
    const { device, inmateId, terminalId } = place
    const inmate = await inmateCookie(world, { device, inmateId, terminalId, visitId })
    const early = await receiptAs('my', visitId, cookie)
    expect(early.json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    await addStatement(world.db, { visitId, madeAt: world.clock.now() })
    const mine = await receiptAs('my', visitId, cookie)
    expect(mine.json()).toMatchObject({
      visitId,
      bookedMs: 30 * MINUTE_MS,
      deliveredMs: 29 * MINUTE_MS,
      gaps: [{ ms: MINUTE_MS, cause: 'VISITOR_NETWORK' }],
      isGivenBack: false,
      creditMs: 0,
    })
    expect((await receiptAs('terminal', visitId, inmate)).json()).toEqual(mine.json())
  })

  it('[EL-2] is not there for anybody else', async () => {
    const visitId = await book(-2 * DAY_MS, { bookingState: 'FULFILLED' })
    await addStatement(world.db, { visitId, madeAt: world.clock.now() })
    const other = await aPlace(world)
    const { device, inmateId, terminalId } = other
    const stranger = await accountCookie(world, other.accounts.visitor)
    const neighbour = await inmateCookie(world, {
      ...{ device, inmateId, terminalId },
      visitId: other.visitId,
    })
    expect((await receiptAs('my', visitId, stranger)).statusCode).toBe(404)
    expect((await receiptAs('terminal', visitId, neighbour)).statusCode).toBe(404)
  })
})
