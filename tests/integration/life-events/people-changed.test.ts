import { afterAll, beforeAll, expect, it } from 'vitest'
import { listen } from '@visavis/prisma'
import { VISIT_HIT_CHANNEL } from '../../../server/src/modules/life-events/index.ts'
import { until } from '../../support/until.ts'
import { aFamily } from '../booking/booking-world.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import {
  aBookedFamily,
  aPrison,
  aRunningVisit,
  staffOf,
  stateOf,
  tasksAbout,
} from './life-world.ts'

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())

const restriction = (kind: string, people: object) => ({
  kind,
  source: 'FACILITY',
  ...people,
  startsAt: world.clock.now().toISOString(),
  endsAt: null,
  reason: 'For the test',
})

it('[EL-4] [BK-13] an order makes a task of each booking that it touches, and cancels none', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const touched = await aBookedFamily(world, prison)
  const other = await aBookedFamily(world, prison, 1)
  const { visitorId, inmateId } = touched.family
  const payload = restriction('NO_CONTACT', { visitorId, inmateId })
  const answer = await desk.post('/api/restrictions', payload)
  expect(answer).toMatchObject({ status: 200, body: { affectedVisits: [touched.visitId] } })
  expect(await tasksAbout(world, touched.visitId)).toEqual(['RESTRICTION_HITS_VISIT'])
  expect(await stateOf(world, touched.visitId)).toMatchObject({ bookingState: 'CONFIRMED' })
  expect(await tasksAbout(world, other.visitId)).toEqual([])
})

it('[BK-13] a ban cancels by itself and gives the visit back', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const { family, visitId } = await aBookedFamily(world, prison)
  const payload = restriction('BAN', { visitorId: family.visitorId })
  const answer = await desk.post('/api/restrictions', payload)
  expect(answer.status).toBe(200)
  expect(await stateOf(world, visitId)).toEqual({
    bookingState: 'CANCELLED',
    stateReason: 'BANNED',
  })
  expect(await world.db.quotaEntry.count({ where: { visitId, kind: 'REFUND' } })).toBe(1)
})

it('[EL-4] every server hears of a running visit, and only once the entry is there', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const family = await aFamily(world, prison)
  const visitId = await aRunningVisit(world, prison, family)
  const heard: string[] = []
  const ears = await listen({
    url: world.config.databaseUrl,
    channel: VISIT_HIT_CHANNEL,
    onMessage: (message) => heard.push(message),
    onReconnected: () => undefined,
    onLost: () => undefined,
  })
  const { visitorId, inmateId } = family
  const payload = restriction('NO_CONTACT', { visitorId, inmateId })
  expect((await desk.post('/api/restrictions', payload)).status).toBe(200)
  await until(() => (heard.length > 0 ? true : null), 'the news')
  expect(heard).toEqual([visitId])
  expect(await tasksAbout(world, visitId)).toEqual(['RESTRICTION_HITS_VISIT'])
  await ears.close()
})
