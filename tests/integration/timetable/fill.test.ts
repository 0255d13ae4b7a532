import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import type { Database, Prisma } from '@visavis/prisma'
import { aFacility, aTemplate, insertEstate, insertOperator } from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import type { TestDatabase } from '@visavis/prisma/test-database'
import { createAudit } from '../../../server/src/modules/audit/index.ts'
import { createFillService } from '../../../server/src/modules/timetable/fill.service.ts'
import { wallTimeOf } from '../../../server/src/modules/timetable/index.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { movableClock } from '../rest/support/movable-clock.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
const NINE = 540

/** A database with facilities of their own and somebody who fills their slots. */
async function aFiller(start: string) {
  const test: TestDatabase = await createTestDatabase()
  const { db } = test
  const clock = movableClock(new Date(start))
  const { estateId } = await insertEstate(db)
  const { operatorId } = await insertOperator(db, { estateId })
  const filler = createFillService({
    db,
    transact: createTransact(db),
    audit: createAudit(clock),
    clock,
  })
  return {
    ...filler,
    db,
    clock,
    drop: () => test.drop(),
    facilities: async (zones: readonly string[]) => {
      const rows = zones.map((timeZone) => {
        const name = `Facility ${crypto.randomUUID()}`
        return aFacility({ estateId, operatorId, timeZone, name })
      })
      await db.facility.createMany({ data: rows })
      return rows.map(({ facilityId }) => facilityId)
    },
  }
}
type Filler = Awaited<ReturnType<typeof aFiller>>
type TemplateRow = Parameters<typeof aTemplate>[0]

const addTemplate = (db: Database, row: TemplateRow) =>
  db.sessionTemplate.create({ data: aTemplate(row) })
const startsOf = async (db: Database, where: Prisma.SlotWhereInput) =>
  (await db.slot.findMany({ where, orderBy: { startsAt: 'asc' } })).map(({ startsAt }) => startsAt)

describe('[BK-7] filling the slots of a facility', () => {
  let world: Filler
  let facilityId: string
  beforeAll(async () => {
    world = await aFiller('2026-03-01T12:00:00Z') // A Sunday.
    ;[facilityId = ''] = await world.facilities(['Europe/Berlin'])
  })
  afterAll(() => world.drop())

  it('goes to the horizon and a week more, once, and on with each day', async () => {
    const { db, clock } = world
    const { templateId } = await addTemplate(db, { facilityId, weekday: 1, startMinute: NINE })
    expect(await world.fillSlots()).toBe(5)
    expect(await world.fillSlots()).toBe(0)
    clock.advance(DAY_MS)
    expect(await world.fillSlots()).toBe(1)
    clock.advance(WEEK_MS)
    expect(await world.fillSlots()).toBe(1)
    const starts = await startsOf(db, { templateId })
    expect(starts.map((startsAt) => wallTimeOf(startsAt, 'Europe/Berlin'))).toEqual(
      ['02', '09', '16', '23', '30', '06', '13'].map((day, index) => ({
        date: `2026-0${index < 5 ? 3 : 4}-${day}`,
        minute: NINE,
      })),
    )
    // [BK-6] One hour of UTC earlier from the last Sunday of March on.
    expect(starts.map((startsAt) => startsAt.getUTCHours())).toEqual([8, 8, 8, 8, 7, 7, 7])
  })

  it('asks each facility how far ahead it books', async () => {
    const { db } = world
    const [far = ''] = await world.facilities(['America/New_York'])
    const policy = { ...DEFAULT_FACILITY_POLICY, horizonMs: 8 * WEEK_MS }
    await db.facility.update({ where: { facilityId: far }, data: { policy } })
    await addTemplate(db, { facilityId: far, weekday: 5 })
    await world.fillSlots()
    expect(await db.slot.count({ where: { facilityId: far } })).toBe(9)
  })

  it('makes no slot in the past, before the first day, or after the last', async () => {
    const { db, clock } = world
    const [other = ''] = await world.facilities(['Asia/Krasnoyarsk'])
    const days = (count: number) => new Date(clock.now().getTime() + count * DAY_MS)
    await addTemplate(db, { facilityId: other, validFrom: days(9), validTo: days(23) })
    await addTemplate(db, { facilityId: other, validTo: days(-1) })
    await world.fillSlots()
    const starts = await startsOf(db, { facilityId: other })
    expect(starts.length).toBeGreaterThanOrEqual(2)
    expect(starts.every((at) => at >= days(8) && at <= days(24))).toBe(true)
    const before = await db.auditEntry.count()
    expect(await world.fillSlots()).toBe(0)
    expect(await db.auditEntry.count()).toBe(before)
  })

  it('does not bring back what was closed', async () => {
    const { db, clock } = world
    await db.slot.updateMany({ where: { facilityId }, data: { closedAt: clock.now() } })
    clock.advance(WEEK_MS)
    expect(await world.fillSlots()).toBeGreaterThan(0)
    const open = await startsOf(db, { facilityId, closedAt: null })
    const closed = await startsOf(db, { facilityId, NOT: { closedAt: null } })
    expect(open.filter((at) => closed.some((other) => other.getTime() === at.getTime()))).toEqual(
      [],
    )
  })

  it('[TR-1] enters it in the facility’s log', async () => {
    const entries = await entriesOf(world.db, facilityId)
    expect(entries[0]).toMatchObject({
      action: 'slots.fill',
      actor: { type: 'system' },
      detail: { until: '2026-04-05', templates: 1, slots: 5 },
    })
  })
})

describe('[BK-7] a thousand facilities', () => {
  const FACILITIES = 1000
  const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Krasnoyarsk']
  let world: Filler
  beforeAll(async () => {
    world = await aFiller('2026-10-01T00:00:00Z')
    const zones = Array.from({ length: FACILITIES }, (_, index) => ZONES[index % 3] ?? '')
    const ids = await world.facilities(zones)
    const data = ids.flatMap((facilityId) =>
      [1, 3, 5].map((weekday) => aTemplate({ facilityId, weekday })),
    )
    await world.db.sessionTemplate.createMany({ data })
  })
  afterAll(() => world.drop())

  it('are filled by two servers at once, each slot once', async () => {
    const added = await Promise.all([world.fillSlots(), world.fillSlots()])
    const count = await world.db.slot.count()
    expect(added[0] + added[1]).toBe(count)
    expect(count).toBe(FACILITIES * 3 * 5)
    const unfilled = { where: { filledUntil: null } }
    expect(await world.db.sessionTemplate.count(unfilled)).toBe(0)
    expect(await world.fillSlots()).toBe(0)
  })
})
