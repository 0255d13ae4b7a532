import { TASK_KINDS } from '@visavis/contract/http/life-events'
import type { Database } from '@visavis/prisma'
import { seedDemo } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const DAY_MS = 86_400_000
/** A Sunday afternoon in Krasnoyarsk. */
const START = new Date('2026-11-22T09:00:20Z')

describe('what can be booked and decided in the demo', () => {
  let test: TestDatabase
  let db: Database
  const seed = (days: number) =>
    seedDemo(db, { now: new Date(START.getTime() + days * DAY_MS), isProduction: false })
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    await seed(0)
  })
  afterAll(() => test.drop())

  it('[BK-7] has sessions on every day, by the facility’s own calendar', async () => {
    const templates = await db.sessionTemplate.findMany()
    const { facilityId } = templates[0] ?? {}
    const own = templates.filter((template) => template.facilityId === facilityId)
    expect(templates).toHaveLength(2 * own.length)
    const daysOf = (visitClass: string, bookingMode: string) => {
      const rows = own.filter((t) => t.visitClass === visitClass && t.bookingMode === bookingMode)
      return [...new Set(rows.map(({ weekday }) => weekday))].toSorted()
    }
    expect(daysOf('social', 'INSTANT')).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(daysOf('privileged', 'INSTANT')).toEqual([1, 2, 3, 4, 5])
    expect(daysOf('social', 'ON_DEMAND')).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(own[0]?.validFrom).toEqual(new Date('2026-11-15'))
  })

  it('[BK-9] grants visits for this month and the next, also after the month has changed', async () => {
    const inmates = await db.inmate.count()
    const periods = async () =>
      (
        await db.quotaEntry.groupBy({ by: ['period'], _count: true, orderBy: { period: 'asc' } })
      ).map(({ period, _count }) => [period, _count])
    expect(await periods()).toEqual([
      ['2026-11', inmates],
      ['2026-12', inmates],
    ])
    await seed(20)
    expect(await periods()).toContainEqual(['2027-01', inmates])
  })

  it('[EL-1] has a verified lawyer who may visit, and somebody who was not seen yet', async () => {
    const lawyer = await db.professional.findFirstOrThrow({
      where: { state: 'VERIFIED' },
      include: { visitor: { include: { relationships: true, accounts: true } } },
    })
    expect(lawyer.visitor.accounts).toHaveLength(1)
    expect(lawyer.visitor.relationships).toMatchObject([{ kind: 'LAWYER', state: 'APPROVED' }])
    expect(await db.visitor.count({ where: { verification: 'SUBMITTED' } })).toBe(1)
    const open = await db.relationshipRequest.findMany({ where: { state: 'REQUESTED' } })
    expect(open.map(({ match }) => match).toSorted()).toEqual(['EXACT', 'EXACT', 'NEAR'])
  })

  it('[BK-13] has an open task of every kind, each about what there is, and somebody to check in', async () => {
    const tasks = await db.task.findMany({ include: { visit: { include: { session: true } } } })
    // A release cancels by itself, an alarm is nothing to begin with, and recordings come with the first visit.
    const unseen: readonly string[] = [
      ...[
        'INMATE_RELEASED',
        'WATCH_ALARM',
        'RECORDING_ALARM',
        'AUDIT_ALARM',
        'SIGN_IN_ALARM',
        'INCIDENT_ALARM',
      ],
      'TERMINAL_ALARM',
      ...['DECIDE_EXPORT', 'DECIDE_DESTRUCTION', 'DECIDE_RELEASE', 'HOLD_REVIEW', 'OBJECTION'],
      'DECIDE_ERASURE',
    ]
    const kinds = TASK_KINDS.filter((kind) => !unseen.includes(kind))
    expect([...new Set(tasks.map(({ kind }) => kind))].toSorted()).toEqual(kinds.toSorted())
    const ofVisits = tasks.filter(({ visitId }) => visitId !== null)
    for (const { visit } of ofVisits.filter(({ kind }) => kind === 'FLAG_REVIEW')) {
      expect(visit?.session?.state).toBe('ENDED')
    }
    for (const { kind, visit } of ofVisits.filter((task) => task.kind !== 'FLAG_REVIEW')) {
      const isAsked = kind === 'DECIDE_BOOKING'
      expect(visit?.bookingState).toBe(isAsked ? 'REQUESTED' : 'CONFIRMED')
      expect(visit?.session === null).toBe(isAsked)
    }
    expect(await db.visit.count({ where: { place: 'LINK_CENTRE' } })).toBeGreaterThan(0)
  })
})
