import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import { insertSmallWorld, insertTemplate } from '@visavis/prisma/seed'
import { createAudit } from '../../../server/src/modules/audit/index.ts'
import { createPolicy } from '../../../server/src/modules/policy/index.ts'
import { createFillService } from '../../../server/src/modules/timetable/fill.service.ts'
import { wallTimeOf } from '../../../server/src/modules/timetable/index.ts'
import { createSeriesService } from '../../../server/src/modules/timetable/series.service.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { createTestDatabase } from '@visavis/prisma/test-database'
import type { TestDatabase } from '@visavis/prisma/test-database'
import { movableClock } from '../rest/support/movable-clock.ts'

const DAY_MS = 86_400_000
const HALF_YEAR_MS = 182 * DAY_MS

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

/** The slots of a template of a facility in that zone, half a year of them from an instant on. */
async function slotsIn(zone: string, [start, weekday, startMinute]: [string, number, number]) {
  const { db } = test
  const { facility } = await insertSmallWorld(db)
  const { facilityId } = facility
  const policy = { ...DEFAULT_FACILITY_POLICY, horizonMs: HALF_YEAR_MS }
  await db.facility.update({ where: { facilityId }, data: { timeZone: zone, policy } })
  const template = await insertTemplate(db, { facilityId, weekday, startMinute })
  const clock = movableClock(new Date(start))
  const deps = { db, clock, audit: createAudit(clock), transact: createTransact(db) }
  await createFillService(deps).fillSlots()
  const { templateId } = template
  return db.slot.findMany({ where: { templateId }, orderBy: { startsAt: 'asc' } })
}

const seriesFrom = (slotId: string, everyWeeks: number, count: number) =>
  createSeriesService({ policy: createPolicy(test.db) }).seriesSlots(test.db, {
    slotId,
    everyWeeks,
    count,
  })

describe('[BK-6] [BK-11] a weekly series', () => {
  it.each([
    ['Europe/Berlin', '2026-03-01T00:00:00Z'],
    ['Europe/Berlin', '2026-10-01T00:00:00Z'],
    ['America/New_York', '2026-02-15T00:00:00Z'],
    ['America/New_York', '2026-10-01T00:00:00Z'],
    ['Asia/Krasnoyarsk', '2026-03-01T00:00:00Z'],
  ])('in %s from %s finds a slot each week at the same local time', async (zone, start) => {
    const slots = await slotsIn(zone, [start, 6, 570])
    const series = await seriesFrom(slots[0]?.slotId ?? '', 1, 12)
    expect(series.map(({ slot }) => slot?.slotId)).toEqual(
      slots.slice(0, 12).map(({ slotId }) => slotId),
    )
    const minutes = series.map(({ startsAt }) => wallTimeOf(startsAt, zone).minute)
    expect(new Set(minutes)).toEqual(new Set([570]))
  })

  it('finds the slot of the night in which its time is left out', async () => {
    const slots = await slotsIn('Europe/Berlin', ['2026-03-16T00:00:00Z', 7, 150])
    const series = await seriesFrom(slots[0]?.slotId ?? '', 1, 3)
    expect(series.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      '2026-03-22T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z', // Three o’clock: there is no half past two.
      '2026-04-05T00:30:00.000Z',
    ])
    // Also when the series begins in that night.
    const [, night] = slots
    const later = await seriesFrom(night?.slotId ?? '', 1, 2)
    expect(later.map(({ slot }) => slot?.slotId)).toEqual([night?.slotId, slots[2]?.slotId])
  })

  it('says when it would be where the template has no open slot', async () => {
    const slots = await slotsIn('Europe/Berlin', ['2026-03-01T00:00:00Z', 1, 540])
    const [first, , third] = slots
    const where = { slotId: third?.slotId ?? '' }
    await test.db.slot.update({ where, data: { closedAt: new Date() } })
    const series = await seriesFrom(first?.slotId ?? '', 2, 3)
    expect(series).toMatchObject([
      { slot: { slotId: first?.slotId } },
      { slot: null, startsAt: third?.startsAt },
      { slot: { slotId: slots[4]?.slotId } },
    ])
  })

  it('is refused for a slot that is not there', async () => {
    await expect(seriesFrom(crypto.randomUUID(), 1, 2)).rejects.toMatchObject({
      code: 'SLOT_NOT_FOUND',
    })
  })
})
