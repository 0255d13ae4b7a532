import { DateTime } from 'luxon'
import type { FacilityPolicy } from '@visavis/prisma'
import { insertSlot } from '@visavis/prisma/seed'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, aWaitingWorld } from './waiting-world.ts'
import type { House, Pair, WaitingWorld } from './waiting-world.ts'

const WEEK_MS = 7 * DAY_MS
/** Far enough ahead for any zone's next clock change. */
const FAR: Partial<FacilityPolicy> = {
  horizonMs: 300 * DAY_MS,
  quota: { visits: null, period: 'MONTH' },
}

type Booked = { visitId: string; startsAt: string; bookingState: string; seriesId: string }
type Missed = {
  startsAt: string
  code: string
  report: { liftsAt: string | null } | null
  alternatives: { startsAt: string }[]
}
type Series = { seriesId: string; booked: Booked[]; missed: Missed[] }

let world: WaitingWorld
beforeAll(async () => {
  world = await aWaitingWorld()
})
afterAll(() => world.close())

const ask = (pair: Pair, wish: object, key: string = crypto.randomUUID()) =>
  world.callWith(key)(pair.cookie, '/api/series', { ...pair.party, ...wish })
const bookedBy = async (pair: Pair, wish: object, key?: string): Promise<Series> => {
  const answer = await ask(pair, wish, key)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<Series>()
}
type CancelAsk = { seriesId: string; from: string; reason?: string }
const cancel = (cookie: string, { seriesId, reason = 'CHANGED_MIND', from }: CancelAsk) =>
  world.call(cookie, `/api/series/${seriesId}/cancellation`, { from, reason })

/** The next instant, a week or more from now, at which a zone's offset is another than before. */
function nextClockChange(zone: string): DateTime {
  const first = DateTime.fromJSDate(world.clock.now(), { zone }).plus({ weeks: 3 })
  for (let days = 0; days < 250; days += 1) {
    const day = first.plus({ days })
    if (day.offset !== first.offset) return day
  }
  return first.plus({ weeks: 4 })
}

describe('[BK-6] [BK-11] a weekly series follows the facility’s wall clock', () => {
  const zones = [
    { timeZone: 'Europe/Berlin', changes: 1 },
    { timeZone: 'America/New_York', changes: 1 },
    { timeZone: 'Asia/Krasnoyarsk', changes: 0 },
  ]
  it.each(zones)('$timeZone, with $changes clock change', async ({ timeZone, changes }) => {
    const house = await world.aHouse({ timeZone, policy: FAR })
    const change = nextClockChange(timeZone)
    const first = change
      .minus({ days: 10 })
      .set({ hour: 10, minute: 30, second: 0, millisecond: 0 })
    const { templateId } = await house.aTemplate(first)
    await world.timetable.fillSlots()
    const startsAt = first.toJSDate()
    const where = { templateId, startsAt }
    const { slotId } = await world.db.slot.findFirstOrThrow({ where })
    const { booked, missed } = await bookedBy(await house.aPair(), { slotId, count: 4 })
    expect(missed).toEqual([])
    expect(booked.every(({ bookingState }) => bookingState === 'CONFIRMED')).toBe(true)
    const local = booked.map((visit) => DateTime.fromISO(visit.startsAt, { zone: timeZone }))
    expect(local.map((start) => start.toFormat('HH:mm'))).toEqual(Array(4).fill('10:30'))
    expect(new Set(local.map(({ weekday }) => weekday)).size).toBe(1)
    const steps = local.slice(1).map((start, index) => +start - +(local[index] ?? start))
    const odd = steps.filter((step) => step !== WEEK_MS)
    expect(odd).toHaveLength(changes)
    for (const step of odd) expect(Math.abs(step - WEEK_MS)).toBe(HOUR_MS)
  })
})

let house: House
let pair: Pair
let slots: { slotId: string; startsAt: Date }[]
const aWeeklyHouse = async (): Promise<void> => {
  house = await world.aHouse({ policy: FAR })
  pair = await house.aPair()
  const { db, clock, timetable } = world
  const { timeZone } = await db.facility.findUniqueOrThrow({
    where: { facilityId: house.facilityId },
  })
  const day = DateTime.fromJSDate(clock.now(), { zone: timeZone }).plus({ days: 3 })
  const first = day.set({ hour: 9, minute: 0, second: 0, millisecond: 0 })
  const { templateId } = await house.aTemplate(first)
  await timetable.fillSlots()
  const orderBy = { startsAt: 'asc' } as const
  slots = await db.slot.findMany({ where: { templateId }, orderBy, take: 4 })
}
const slotId = (index: number): string => slots[index]?.slotId ?? ''
const instant = (index: number): string => slots[index]?.startsAt.toISOString() ?? ''
const visitsOf = (seriesId: string) => world.db.visit.count({ where: { seriesId } })

describe('[BK-11] a series', () => {
  beforeEach(aWeeklyHouse)

  it('books what it can, and tells of each other visit why not and what instead', async () => {
    const slot = slots[1]
    if (!slot) throw new Error('no slot')
    await world.db.slot.update({ where: { slotId: slot.slotId }, data: { capacity: 1 } })
    const other = await house.aPair()
    const held = await world.call(other.cookie, '/api/bookings', {
      ...other.party,
      slotId: slotId(1),
    })
    expect(held.statusCode, held.body).toBe(200)
    for (const hours of [2, 4, 6, 8]) {
      const startsAt = new Date(slot.startsAt.getTime() + hours * HOUR_MS)
      await insertSlot(world.db, { facilityId: house.facilityId, startsAt })
    }
    const { booked, missed } = await bookedBy(pair, { slotId: slotId(0), count: 4 })
    expect(booked.map(({ startsAt }) => startsAt)).toEqual([0, 2, 3].map(instant))
    expect(missed).toMatchObject([{ startsAt: instant(1), code: 'NO_PLACE' }])
    expect(missed[0]?.alternatives).toHaveLength(3)
    const near = missed[0]?.alternatives.map(
      ({ startsAt }) => Date.parse(startsAt) - +slot.startsAt,
    )
    expect(near?.map((ms) => Math.abs(ms) / HOUR_MS)).toEqual([2, 4, 6])
  })

  it('leaves out the days that the template leaves out', async () => {
    await world.db.slot.delete({ where: { slotId: slotId(2) } })
    const { booked, missed } = await bookedBy(pair, { slotId: slotId(0), count: 4 })
    expect(booked).toHaveLength(3)
    expect(missed).toMatchObject([{ startsAt: instant(2), code: 'SLOT_NOT_FOUND', report: null }])
  })

  it('books every second week', async () => {
    const wish = { slotId: slotId(0), count: 2, everyWeeks: 2 }
    const { booked } = await bookedBy(pair, wish)
    expect(booked.map(({ startsAt }) => startsAt)).toEqual([instant(0), instant(2)])
  })

  it('[BK-9] books until the quota is used, and says when it renews', async () => {
    const strict = await world.aHouse({ policy: { ...FAR, quota: { visits: 2, period: 'YEAR' } } })
    const someone = await strict.aPair()
    const template = await strict.aSlot()
    for (const weeks of [1, 2]) {
      const startsAt = new Date(template.startsAt.getTime() + weeks * WEEK_MS)
      await strict.aSlot({ templateId: template.templateId, startsAt })
    }
    const { booked, missed } = await bookedBy(someone, { slotId: template.slotId, count: 3 })
    expect(booked).toHaveLength(2)
    expect(missed).toMatchObject([{ code: 'QUOTA_USED' }])
    expect(missed[0]?.report?.liftsAt).not.toBeNull()
  })

  it('[BK-5] gives the same request the same answer, also at once', async () => {
    const key = crypto.randomUUID()
    const wish = { slotId: slotId(0), count: 4 }
    const answers = await Promise.all([ask(pair, wish, key), ask(pair, wish, key)])
    const again = await ask(pair, wish, key)
    const [one, two] = answers.map((answer) => answer.json<Series>())
    expect(again.json<Series>()).toEqual(one)
    expect(two?.seriesId).toBe(one?.seriesId)
    expect(await visitsOf(one?.seriesId ?? '')).toBe(4)
    const other = await ask(pair, { ...wish, count: 3 }, key)
    expect(other.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  })

  it('[BK-5] goes on where a crash broke it off', async () => {
    const key = crypto.randomUUID()
    const wish = { slotId: slotId(0), count: 4 }
    const later = { slotId: { in: [slotId(2), slotId(3)] } }
    await world.db.slot.updateMany({ where: later, data: { closedAt: world.clock.now() } })
    const broken = await bookedBy(pair, wish, key)
    expect(broken.booked).toHaveLength(2)
    // What a crash before the last transaction leaves: two visits, and no answer.
    await world.db.idempotencyKey.deleteMany({ where: { key } })
    await world.db.slot.updateMany({ where: later, data: { closedAt: null } })
    const whole = await bookedBy(pair, wish, key)
    expect(whole.seriesId).toBe(broken.seriesId)
    expect(whole.booked.map(({ visitId }) => visitId).slice(0, 2)).toEqual(
      broken.booked.map(({ visitId }) => visitId),
    )
    expect(await visitsOf(whole.seriesId)).toBe(4)
  })
})

describe('[BK-11] whose a series is', () => {
  beforeEach(aWeeklyHouse)

  it('is cancelled from an instant on; the others stay', async () => {
    const { seriesId } = await bookedBy(pair, { slotId: slotId(0), count: 4 })
    const answer = await cancel(pair.cookie, { seriesId, from: instant(2) })
    const { cancelled } = answer.json<{ cancelled: Booked[] }>()
    expect(cancelled.map(({ startsAt, bookingState }) => [startsAt, bookingState])).toEqual([
      [instant(2), 'CANCELLED'],
      [instant(3), 'CANCELLED'],
    ])
    const where = { seriesId, bookingState: 'CONFIRMED' as const }
    expect(await world.db.visit.count({ where })).toBe(2)
    expect((await cancel(pair.cookie, { seriesId, from: instant(2) })).json()).toEqual({
      cancelled: [],
    })
  })

  it('[EL-2] is nobody else’s to cancel, and a family gives its own reasons', async () => {
    const { seriesId } = await bookedBy(pair, { slotId: slotId(0), count: 2 })
    const [stranger, elsewhere] = [await house.aPair(), await world.aHouse()]
    for (const cookie of [stranger.cookie, elsewhere.scheduler]) {
      const answer = await cancel(cookie, { seriesId, from: instant(0) })
      expect(answer.json()).toMatchObject({ code: 'BOOKING_NOT_FOUND' })
    }
    const unknown = await cancel(pair.cookie, { seriesId: crypto.randomUUID(), from: instant(0) })
    expect(unknown.json()).toMatchObject({ code: 'BOOKING_NOT_FOUND' })
    const excuse = await cancel(pair.cookie, {
      seriesId,
      from: instant(0),
      reason: 'FACILITY_STAFFING',
    })
    expect(excuse.json()).toMatchObject({ code: 'BAD_REQUEST' })
    const staff = await cancel(house.scheduler, {
      seriesId,
      from: instant(0),
      reason: 'FACILITY_STAFFING',
    })
    expect(staff.json<{ cancelled: Booked[] }>().cancelled).toHaveLength(2)
  })

  it('is booked by oneself, or by staff of that facility', async () => {
    const wish = { ...pair.party, slotId: slotId(0), count: 2 }
    const [stranger, elsewhere] = [await house.aPair(), await world.aHouse()]
    const by = (cookie: string) => world.call(cookie, '/api/series', wish)
    expect((await by(stranger.cookie)).json()).toMatchObject({ code: 'BAD_REQUEST' })
    expect((await by(elsewhere.scheduler)).json()).toMatchObject({ code: 'SLOT_NOT_FOUND' })
    const nowhere = await ask(pair, { slotId: crypto.randomUUID(), count: 2 })
    expect(nowhere.json()).toMatchObject({ code: 'SLOT_NOT_FOUND' })
    const booked = await by(house.scheduler)
    const { seriesId } = booked.json<Series>()
    // What staff booked for a family is the family's.
    const cancelled = await cancel(pair.cookie, { seriesId, from: instant(0) })
    expect(cancelled.json<{ cancelled: Booked[] }>().cancelled).toHaveLength(2)
  })
})
