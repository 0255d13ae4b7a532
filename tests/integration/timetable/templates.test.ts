import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import { insertJurisdictionRule } from '@visavis/prisma/seed'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import {
  DAY_MS,
  aTimetableWorld,
  affectedDigestOf,
  bodyOf,
  codeOf,
  requestsOf,
} from './timetable-world.ts'
import type { Impact, Template, TimetableWorld } from './timetable-world.ts'

let world: TimetableWorld
let template: Template
let slots: Awaited<ReturnType<TimetableWorld['slotsOf']>>

const slot = (index: number) => slots[index] as (typeof slots)[number]

beforeAll(async () => {
  world = await aTimetableWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  const answer = await world.addTemplate()
  expect(answer.statusCode, answer.body).toBe(200)
  template = answer.json<Template>()
  slots = await world.slotsOf(template.templateId)
})

const impactOf = async (changes: Parameters<TimetableWorld['preview']>[1]) =>
  (await world.preview(template, changes)).json<Impact>()
const ids = (impact: Impact) => impact.affected.map(({ visitId }) => visitId)

describe('[BK-7] adding a template', () => {
  it('makes its slots up to the horizon and a week more, on the wall clock', () => {
    const now = world.clock.now().getTime()
    expect(slots).toHaveLength(5)
    for (const one of slots) {
      expect(one.startsAt.toISOString()).toMatch(/T03:00:00\.000Z$/) // Ten in Krasnoyarsk.
      expect(one.startsAt.getUTCDay()).toBe(world.days.first % 7)
      expect(one.startsAt.getTime()).toBeGreaterThan(now)
      expect(one.startsAt.getTime()).toBeLessThan(now + 36 * DAY_MS)
      expect(one).toMatchObject({ capacity: 3, visitClass: 'social', bookingMode: 'INSTANT' })
    }
  })

  it('leaves out excluded dates and what is past the last day', async () => {
    const dates = slots.map(({ startsAt }) => startsAt.toISOString().slice(0, 10))
    const changes = { excludedDates: [dates[1] ?? ''], validTo: dates[3] ?? null }
    const other = (await world.addTemplate(changes)).json<Template>()
    const starts = (await world.slotsOf(other.templateId)).map(({ startsAt }) => startsAt)
    expect(starts).toEqual([slot(0), slot(2), slot(3)].map(({ startsAt }) => startsAt))
  })

  it('refuses a last day before the first', async () => {
    const answer = await world.addTemplate({ validTo: '2025-12-31' })
    expect(answer.json()).toMatchObject({
      code: 'BAD_REQUEST',
      fields: [{ field: 'validTo' }],
    })
  })

  it('refuses a visit longer than the law allows on its day', async () => {
    const place = await aPlace(world)
    const law = { jurisdiction: 'XX', code: 'maxVisitMinutes', value: 45 }
    const validFrom = new Date(Math.floor(world.clock.now().getTime() / DAY_MS + 10) * DAY_MS)
    await insertJurisdictionRule(world.db, { ...law, validFrom })
    const where = { facilityId: place.facilityId }
    await world.db.facility.update({ where, data: { jurisdiction: 'XX' } })
    const there = requestsOf(world, place)
    const tooLong = { lengthMinutes: 60 }
    expect((await there.addTemplate(tooLong)).json()).toMatchObject({
      code: 'LEGAL_LIMIT',
      fields: [{ field: 'lengthMinutes' }],
    })
    expect((await there.preview(null, tooLong)).json()).toMatchObject({
      code: 'LEGAL_LIMIT',
      fields: [{ field: 'template.lengthMinutes' }],
    })
    const legal = (await there.addTemplate({ lengthMinutes: 45 })).json<Template>()
    expect(codeOf(await there.change(legal, tooLong))).toBe('LEGAL_LIMIT')
    // Of social visits; and a window for calls is not a visit.
    for (const other of [{ visitClass: 'privileged' }, { bookingMode: 'ON_DEMAND' }] as const) {
      expect((await there.addTemplate({ ...tooLong, ...other })).statusCode).toBe(200)
    }
  })

  it('[BK-5] gives the same template for the same key', async () => {
    const before = await world.db.sessionTemplate.count()
    const cookie = await accountCookie(world, world.place.accounts.scheduler)
    const headers = { cookie, 'idempotency-key': crypto.randomUUID() }
    const payload = bodyOf(template)
    const request = { method: 'POST', url: '/api/session-templates', headers, payload } as const
    const [one, two] = [await world.app.inject(request), await world.app.inject(request)]
    expect(two.json()).toEqual(one.json())
    expect(await world.db.sessionTemplate.count()).toBe(before + 1)
  })
})

describe('[BK-7] changing a template', () => {
  it('names before saving who is affected, and changes nothing by that', async () => {
    const { visitId, startsAt } = await world.visitIn(slot(0))
    await world.visitIn(slot(1), { bookingState: 'CANCELLED' })
    const impact = await impactOf({ weekday: world.days.next })
    expect(impact).toMatchObject({ slotsRemoved: 5, affected: [{ visitId }] })
    expect(impact.slotsAdded).toBeGreaterThanOrEqual(5)
    expect(impact.affected[0]).toMatchObject({
      startsAt: startsAt.toISOString(),
      inmateName: expect.stringMatching(/\w+ \w+/) as string,
      visitorNames: [expect.stringMatching(/\w+ \w+/) as string],
    })
    expect(await world.slotsOf(template.templateId)).toEqual(slots)
  })

  it('closes slots and leaves the visits in them, with a task each', async () => {
    const confirmed = await world.visitIn(slot(0))
    const requested = await world.visitIn(slot(1), { bookingState: 'REQUESTED' })
    const held = await world.visitIn(slot(2), { bookingState: 'HELD' })
    const visitIds = [confirmed, requested, held].map(({ visitId }) => visitId)
    expect(ids(await impactOf({ startMinute: 660 }))).toEqual(visitIds)
    const answer = await world.change(template, { startMinute: 660 }, visitIds.toReversed())
    expect(answer.json()).toMatchObject({
      template: { version: 1, startMinute: 660 },
      impact: { slotsAdded: 5, slotsRemoved: 5 },
    })
    const after = await world.slotsOf(template.templateId)
    expect(after.filter(({ closedAt }) => closedAt !== null)).toMatchObject(
      slots.map(({ slotId }) => ({ slotId })),
    )
    const visits = await world.db.visit.findMany({ where: { visitId: { in: visitIds } } })
    expect(visits.map(({ bookingState }) => bookingState).toSorted()).toEqual([
      'CONFIRMED',
      'HELD',
      'REQUESTED',
    ])
    const tasks = await world.openTasks(world.place.facilityId)
    const about = tasks.filter(({ subjectId }) => subjectId === template.templateId)
    expect(about.map(({ visitId }) => visitId).toSorted()).toEqual(
      [confirmed.visitId, requested.visitId].toSorted(),
    )
    expect(about).toMatchObject([{ suggestion: 'REBOOK' }, { suggestion: 'REBOOK' }])
  })

  it('refuses a save that does not name them, and gives the list as it is now', async () => {
    const { visitId } = await world.visitIn(slot(0))
    for (const confirmed of [[], [crypto.randomUUID()], [visitId, crypto.randomUUID()]]) {
      const answer = await world.change(template, { weekday: world.days.next }, confirmed)
      expect(answer.json()).toMatchObject({
        code: 'IMPACT_NOT_CONFIRMED',
        report: {
          ...{ slotsRemoved: 5, affected: [{ visitId }] },
          affectedDigest: affectedDigestOf([visitId]),
        },
      })
    }
    expect(await world.slotsOf(template.templateId)).toEqual(slots)
  })
})

describe('[BK-7] what becomes of the slots of a changed template', () => {
  it('makes other slots for another length or class, beside closed ones', async () => {
    const { visitId } = await world.visitIn(slot(0))
    const changes = { lengthMinutes: 45, visitClass: 'official' } as const
    await world.change(template, changes, [visitId])
    const open = { where: { templateId: template.templateId, closedAt: null } }
    const now = await world.db.slot.findMany({ ...open, orderBy: { startsAt: 'asc' } })
    expect(now.map(({ startsAt }) => startsAt)).toEqual(slots.map(({ startsAt }) => startsAt))
    for (const one of now) {
      expect(one.visitClass).toBe('official')
      expect(one.endsAt.getTime() - one.startsAt.getTime()).toBe(45 * 60_000)
    }
    const where = { visitId }
    const visit = await world.db.visit.findUniqueOrThrow({ where })
    expect(visit).toMatchObject({ slotId: slot(0).slotId, visitClass: 'social' })
  })

  it('opens the same slots again when it is changed back, and closes the tasks', async () => {
    const { visitId } = await world.visitIn(slot(0))
    const changed = await world.change(template, { weekday: world.days.next }, [visitId])
    const now = changed.json<{ template: Template }>().template
    const back = await world.change(now, { weekday: world.days.first })
    expect(back.json()).toMatchObject({ impact: { slotsAdded: 5, affected: [] } })
    const open = (await world.slotsOf(template.templateId)).filter((one) => one.closedAt === null)
    expect(open.map(({ slotId }) => slotId)).toEqual(slots.map(({ slotId }) => slotId))
    const task = await world.db.task.findFirstOrThrow({ where: { visitId } })
    expect(task).toMatchObject({ state: 'DONE', resolution: 'SLOT_REOPENED' })
  })

  it('names who loses a place to fewer places or other wings, once', async () => {
    const first = await world.visitIn(slot(0))
    const second = await world.visitIn(slot(0), { slotPlace: 2 })
    const other = await world.visitIn(slot(1), { wing: 'B' })
    expect(ids(await impactOf({ capacity: 1 }))).toEqual([second.visitId])
    expect(ids(await impactOf({ wings: ['A'] }))).toEqual([other.visitId])
    const both = { capacity: 1, wings: ['A'] }
    const answer = await world.change(template, both, [second.visitId, other.visitId])
    const changed = answer.json<{ template: Template }>().template
    expect(await world.slotsOf(template.templateId)).toMatchObject(slots.map(() => both))
    const renamed = (await world.preview(changed, { name: 'Another name' })).json<Impact>()
    expect(renamed).toMatchObject({ slotsAdded: 0, slotsRemoved: 0, affected: [] })
    expect((await world.db.visit.findMany({ where: { slotId: slot(0).slotId } })).length).toBe(2)
    expect(first.slotId).toBe(slot(0).slotId)
  })

  it('ends a template by its last day', async () => {
    const validTo = slot(1).startsAt.toISOString().slice(0, 10)
    await world.change(template, { validTo })
    const closed = (await world.slotsOf(template.templateId)).map((one) => one.closedAt !== null)
    expect(closed).toEqual([false, false, true, true, true])
  })

  it('leaves slots alone that are past a horizon which came nearer', async () => {
    const where = { facilityId: world.place.facilityId }
    const policy = { ...DEFAULT_FACILITY_POLICY, horizonMs: 3 * DAY_MS }
    await world.db.facility.update({ where, data: { policy } })
    await world.visitIn(slot(4))
    const renamed = await impactOf({ name: 'Another name' })
    await world.db.facility.update({ where, data: { policy: DEFAULT_FACILITY_POLICY } })
    expect(renamed).toMatchObject({ slotsAdded: 0, slotsRemoved: 0, affected: [] })
  })

  it('[BK-2] counts no hold that is over', async () => {
    const holdExpiresAt = new Date(world.clock.now().getTime() - 1)
    await world.visitIn(slot(0), { bookingState: 'HELD', holdExpiresAt })
    expect((await impactOf({ weekday: world.days.next })).affected).toEqual([])
  })

  it('refuses a version that somebody has changed since', async () => {
    await world.change(template, { name: 'Mine' })
    expect(codeOf(await world.change(template, { name: 'Theirs' }))).toBe('VERSION_CHANGED')
  })

  it('[TR-3] does not find a template of another facility', async () => {
    const other = requestsOf(world, await aPlace(world))
    expect(codeOf(await other.change(template, { name: 'Ours' }))).toBe('NOT_FOUND')
    expect(codeOf(await other.preview(template, { name: 'Ours' }))).toBe('NOT_FOUND')
  })

  it('[TR-1] enters what was added and changed, without names', async () => {
    await world.change(template, { name: 'Other' })
    const entries = (await entriesOf(world.db, world.place.facilityId)).filter(
      ({ object }) => object.objectId === template.templateId,
    )
    expect(entries).toMatchObject([
      { action: 'template.add', detail: { slotsAdded: 5, slotsRemoved: 0, affected: 0 } },
      { action: 'template.change', detail: { slotsAdded: 0, slotsRemoved: 0, affected: 0 } },
    ])
  })
})
