import { type Database, newId, type Prisma } from '@visavis/prisma'
import {
  aBlackout,
  aSuspension,
  aTemplate,
  insertEscort,
  insertLinkCentre,
  insertSlot,
  insertSmallWorld,
  insertTemplate,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

const day = (date: string) => new Date(date)

describe('what the database holds true of the timetable', () => {
  let test: TestDatabase
  let db: Database
  let facilityId: string
  let estateId: string
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    const { facility } = await insertSmallWorld(db)
    facilityId = facility.facilityId
    estateId = facility.estateId
  })
  afterAll(() => test.drop())

  it.each<[string, Partial<Prisma.SessionTemplateUncheckedCreateInput>]>([
    ['weekday_is_iso', { weekday: 0 }],
    ['weekday_is_iso', { weekday: 8 }],
    ['starts_in_day', { startMinute: -1 }],
    ['starts_in_day', { startMinute: 1440 }],
    ['length', { lengthMinutes: 4 }],
    ['length', { lengthMinutes: 241 }],
    ['every_weeks', { everyWeeks: 0 }],
    ['every_weeks', { everyWeeks: 13 }],
    ['capacity_is_positive', { capacity: 0 }],
    ['ends_after_start', { validFrom: day('2026-03-02'), validTo: day('2026-03-01') }],
  ])('[BK-7] session_template_%s refuses %o', async (constraint, data) => {
    const row = aTemplate({ facilityId, ...data })
    const answer = await answerTo(db.sessionTemplate.create({ data: row }))
    expect(answer).toContain(`session_template_${constraint}`)
  })

  it('[BK-7] a template may be for one day, at midnight, for all wings', async () => {
    const validFrom = day('2026-03-02')
    const edges = { startMinute: 0, lengthMinutes: 240, everyWeeks: 12, weekday: 7 }
    const stored = await insertTemplate(db, { facilityId, validFrom, validTo: validFrom, ...edges })
    expect(stored).toMatchObject({ wings: [], excludedDates: [], filledUntil: null })
  })

  it('[BK-7] a slot ends after it starts, soon enough, and has no places or more', async () => {
    const startsAt = day('2026-12-01T10:00:00Z')
    const store = (data: Partial<Parameters<typeof insertSlot>[1]>) =>
      answerTo(insertSlot(db, { facilityId, startsAt, ...data }))
    expect(await store({ endsAt: startsAt })).toContain('slot_ends_after_start')
    const endsAt = day('2026-12-01T14:00:01Z')
    expect(await store({ endsAt })).toContain('slot_is_not_too_long')
    expect(await store({ capacity: -1 })).toContain('slot_capacity_not_negative')
    expect(await store({ capacity: 0 })).toBe('stored')
  })

  it('[BK-7] a blackout is of the place that its scope names', async () => {
    const places = {
      ESTATE: { estateId },
      FACILITY: { facilityId },
      WING: { facilityId, wing: 'A' },
      TERMINAL: { terminalId: newId() },
      LINK_CENTRE: { linkCentreId: newId() },
      LINK_CENTRE_ROOM: { linkCentreRoomId: newId() },
    }
    const scopes = Object.keys(places) as (keyof typeof places)[]
    const store = (data: Parameters<typeof aBlackout>[0]) =>
      answerTo(db.blackout.create({ data: aBlackout(data) }))
    for (const scope of scopes) {
      for (const other of scopes) {
        const answer = await store({ scope, ...places[other] })
        expect([scope, other, answer === 'stored']).toEqual([scope, other, scope === other])
        if (scope !== other) expect(answer).toContain('blackout_place_of_scope')
      }
      expect(await store({ scope })).toContain('blackout_place_of_scope')
    }
    const two = await store({ scope: 'FACILITY', facilityId, estateId })
    expect(two).toContain('blackout_place_of_scope')
    const now = new Date()
    const backwards = await store({ scope: 'FACILITY', facilityId, startsAt: now, endsAt: now })
    expect(backwards).toContain('blackout_ends_after_start')
  })

  it('[BK-12] a suspension is of the place that its scope names', async () => {
    const places = {
      ESTATE: { estateId },
      OPERATOR: { operatorId: newId() },
      FACILITY: { facilityId },
    }
    const scopes = Object.keys(places) as (keyof typeof places)[]
    for (const scope of scopes) {
      for (const other of scopes) {
        const row = aSuspension({ scope, ...places[other] })
        const answer = await answerTo(db.suspension.create({ data: row }))
        expect([scope, other, answer === 'stored']).toEqual([scope, other, scope === other])
        if (scope !== other) expect(answer).toContain('suspension_place_of_scope')
      }
    }
  })

  it('[BK-12] a suspension names classes, who decided and why, and when it is looked at again', async () => {
    const now = new Date()
    const store = (data: Partial<Prisma.SuspensionUncheckedCreateInput>) => {
      const row = aSuspension({ scope: 'FACILITY', facilityId, ...data })
      return answerTo(db.suspension.create({ data: row }))
    }
    expect(await store({ classes: [] })).toContain('suspension_names_classes')
    expect(await store({ authority: ' ' })).toContain('suspension_has_authority')
    expect(await store({ reason: '' })).toContain('suspension_has_authority')
    const never = await store({ startsAt: now, reviewAt: now })
    expect(never).toContain('suspension_review_after_start')
    expect(await store({ liftedAt: now })).toContain('suspension_lifted_by_somebody')
    expect(await store({ liftedAt: now, liftedBy: newId() })).toBe('stored')
  })

  it('escorts have numbers, once each, and link centres have opening hours', async () => {
    expect(await answerTo(insertEscort(db, { facilityId, number: 0 }))).toContain('is_positive')
    expect(await answerTo(insertEscort(db, { facilityId, number: 1 }))).toBe('stored')
    expect(await answerTo(insertEscort(db, { facilityId, number: 1 }))).toContain('Unique')
    const hours = insertLinkCentre(db, { estateId, openingHours: [] })
    expect(await answerTo(hours)).toContain('link_centre_hours_are_object')
  })
})
