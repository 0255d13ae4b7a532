import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertBlackout, insertTemplate } from '@visavis/prisma/seed'
import { aPlace } from '../rest/support/people-and-places.ts'
import { until } from '../../support/until.ts'
import { DAY_MS, ZONE, aTimetableWorld, requestsOf } from './timetable-world.ts'
import type { Template, TimetableWorld } from './timetable-world.ts'

let world: TimetableWorld
let template: Template
let slots: Awaited<ReturnType<TimetableWorld['slotsOf']>>
const slot = (index: number) => slots[index] as (typeof slots)[number]

beforeAll(async () => {
  world = await aTimetableWorld()
  template = (await world.addTemplate()).json<Template>()
  slots = await world.slotsOf(template.templateId)
})
afterAll(() => world.close())

describe('[BK-7] the week of a facility', () => {
  it('begins on its Monday and has its templates, slots and places', async () => {
    const { startsAt, slotId } = slot(1)
    const local = DateTime.fromJSDate(startsAt, { zone: ZONE })
    for (const day of [local, local.startOf('week'), local.endOf('week')]) {
      const week = await world.week(new Date(day.toFormat('yyyy-MM-dd')))
      const monday = local.startOf('week').toFormat('yyyy-MM-dd')
      expect(week).toMatchObject({
        weekOf: monday,
        facility: { facilityId: world.place.facilityId, timeZone: ZONE },
        templates: [template],
        slots: [{ slotId, used: 0, isClosed: false, isBlackedOut: false }],
        terminals: [{ terminalId: world.place.terminalId }],
        blackouts: [],
      })
    }
    const later = await world.week(new Date(startsAt.getTime() + 300 * DAY_MS))
    expect(later.slots).toEqual([])
  })

  it('[BK-2] counts the places that are taken, without holds that are over', async () => {
    const { slotId, startsAt } = slot(2)
    await world.visitIn(slot(2))
    await world.visitIn(slot(2), { slotPlace: 2, bookingState: 'HELD' })
    const holdExpiresAt = new Date(world.clock.now().getTime() - 1)
    await world.visitIn(slot(2), { slotPlace: 3, bookingState: 'HELD', holdExpiresAt })
    await world.visitIn(slot(2), { slotPlace: 3, bookingState: 'CANCELLED' })
    expect((await world.week(startsAt)).slots).toMatchObject([{ slotId, used: 2, capacity: 3 }])
  })

  it('shows closed slots as long as somebody is in them', async () => {
    const other = (await world.addTemplate({ startMinute: 900 })).json<Template>()
    const [one, two] = await world.slotsOf(other.templateId)
    if (!one || !two) throw new Error('no slots')
    const { visitId } = await world.visitIn(one)
    await world.change(other, { validTo: '2026-01-02' }, [visitId])
    const ofOther = async (date: Date) =>
      (await world.week(date)).slots.filter(({ templateId }) => templateId === other.templateId)
    expect(await ofOther(one.startsAt)).toMatchObject([{ isClosed: true, used: 1 }])
    expect(await ofOther(two.startsAt)).toEqual([])
  })

  it('marks slots under a blackout that is not lifted', async () => {
    const { facilityId } = world.place
    const day = new Date(slot(3).startsAt.getTime() - DAY_MS / 2)
    const { blackoutId } = await insertBlackout(world.db, {
      scope: 'FACILITY',
      facilityId,
      startsAt: day,
    })
    const week = await world.week(slot(3).startsAt)
    expect(week).toMatchObject({
      slots: [{ slotId: slot(3).slotId, isBlackedOut: true }],
      blackouts: [{ blackoutId, isLifted: false }],
    })
    await world.lift(blackoutId)
    expect(await world.week(slot(3).startsAt)).toMatchObject({
      slots: [{ isBlackedOut: false }],
      blackouts: [],
    })
  })

  it('[TR-3] is the own facility’s, whoever asks', async () => {
    const other = requestsOf(world, await aPlace(world))
    const week = await other.week(slot(1).startsAt)
    expect(week.slots).toEqual([])
    expect(week.templates).toEqual([])
    expect(week.facility.facilityId).not.toBe(world.place.facilityId)
  })
})

describe('[BK-7] a server that starts', () => {
  it('fills slots that nobody made while none ran', async () => {
    const { facilityId } = await aPlace(world)
    const { templateId } = await insertTemplate(world.db, { facilityId })
    const server = await world.another({}, { jobs: 'run' })
    const found = await until(async () => {
      const slots = await world.slotsOf(templateId)
      return slots.length > 0 ? slots : null
    }, 'the slots of the template')
    await server.close()
    expect(found.length).toBeGreaterThanOrEqual(5)
  })
})
