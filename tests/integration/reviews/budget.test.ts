import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aKeptVisit } from '../rest/support/kept-visit.ts'
import { MINUTE_MS, aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aReviewDesk } from './review-desk.ts'

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())

const HOUR_MS = 60 * MINUTE_MS
const PLAYS_PER_HOUR = 5

/** A facility where five visits may be read within an hour, with more than that. */
async function aReadingPlace(): Promise<{ place: Place; visitIds: string[] }> {
  const place = await aPlace(world)
  const { facilityId } = place
  const policy = { ...DEFAULT_FACILITY_POLICY, playsPerHour: PLAYS_PER_HOUR }
  await world.db.facility.update({ where: { facilityId }, data: { policy } })
  const visitIds: string[] = []
  for (let hour = 1; hour <= 7; hour += 1) {
    const startsAt = new Date(world.clock.now().getTime() - hour * 24 * HOUR_MS)
    visitIds.push((await aKeptVisit(world, place, { startsAt })).visitId)
  }
  return { place, visitIds }
}

const alarmsAt = ({ facilityId }: Place) =>
  world.db.task.findMany({ where: { facilityId, kind: 'RECORDING_ALARM' } })

describe('[RC-5] the reading budget', () => {
  it('is told with each visit, alarms at four fifths, and is then used up until its hour is over', async () => {
    const { place, visitIds } = await aReadingPlace()
    const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = visitIds
    const desk = await aReviewDesk(world, place)
    for (const [index, visitId] of [first, second, third].entries()) {
      expect((await desk.open(visitId)).budget).toEqual({ used: index + 1, of: PLAYS_PER_HOUR })
    }
    expect(await alarmsAt(place)).toEqual([])
    expect((await desk.open(fourth)).budget).toMatchObject({ used: 4 })
    const subjectId = place.accounts.investigator
    expect(await alarmsAt(place)).toMatchObject([{ subjectId, state: 'OPEN' }])
    await desk.open(fifth)
    // What was opened within the hour costs nothing more.
    expect((await desk.open(first)).budget).toMatchObject({ used: 5 })
    const refused = await desk.tryOpen(sixth)
    const liftsAt = new Date(world.clock.now().getTime() + HOUR_MS).toISOString()
    expect(refused.json()).toMatchObject({ status: 429, code: 'READING_BUDGET_USED', liftsAt })
    expect((await entriesOf(world.db, place.facilityId)).at(-1)).toMatchObject({
      action: 'recording.play',
      outcome: 'deny',
      reason: 'READING_BUDGET_USED',
      object: { objectId: sixth },
    })
    expect(await alarmsAt(place)).toHaveLength(1)
    world.clock.advance(HOUR_MS)
    const later = await aReviewDesk(world, place)
    expect((await later.open(sixth)).budget).toEqual({ used: 1, of: PLAYS_PER_HOUR })
  })

  it('alarms once an hour, also when the task was settled meanwhile', async () => {
    const { place, visitIds } = await aReadingPlace()
    const { facilityId } = place
    for (const visitId of visitIds.slice(0, 4))
      await (await aReviewDesk(world, place)).open(visitId)
    const settled = { state: 'DONE', doneAt: world.clock.now(), resolution: 'Known.' } as const
    await world.db.task.updateMany({
      where: { facilityId, kind: 'RECORDING_ALARM' },
      data: settled,
    })
    await (await aReviewDesk(world, place)).open(visitIds[4] ?? '')
    expect(await alarmsAt(place)).toHaveLength(1)
    world.clock.advance(HOUR_MS)
    const later = await aReviewDesk(world, place)
    for (const visitId of visitIds.slice(0, 4)) await later.open(visitId)
    expect(await alarmsAt(place)).toHaveLength(2)
  })

  it('is not exceeded by asking for everything at once', async () => {
    const { place, visitIds } = await aReadingPlace()
    const desk = await aReviewDesk(world, place)
    const asked = [...visitIds, ...visitIds]
    const codes = await Promise.all(
      asked.map(async (visitId) => (await desk.tryOpen(visitId)).statusCode),
    )
    expect(codes.every((code) => code === 200 || code === 429)).toBe(true)
    const plays = await world.db.playSession.findMany({
      where: { accountId: place.accounts.investigator },
    })
    expect(new Set(plays.map(({ visitId }) => visitId)).size).toBe(PLAYS_PER_HOUR)
  })
})
