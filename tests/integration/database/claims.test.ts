import { type Claim, claimResources, type Database, newId, sqlStateOf } from '@visavis/prisma'
import {
  insertInmate,
  insertSmallVisit,
  insertSmallWorld,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const at = (time: string) => new Date(`2026-12-01T${time}:00Z`)

describe('resource claims', () => {
  let test: TestDatabase
  let db: Database
  let visitId: string
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    visitId = await insertUnclaimedVisit(db)
  })
  afterAll(() => test.drop())

  const claimOf = (resourceId: string, from: string, until: string): Claim => ({
    kind: 'TERMINAL',
    resourceId,
    startsAt: at(from),
    endsAt: at(until),
  })
  const claim = (claims: readonly Claim[], holdExpiresAt?: Date) =>
    db.$transaction((tx) =>
      claimResources(tx, { visitId, claims, newId, ...(holdExpiresAt ? { holdExpiresAt } : {}) }),
    )
  const refusalOf = (claims: readonly Claim[]) => claim(claims).then(() => null, sqlStateOf)

  it('[BK-1] may touch but not overlap', async () => {
    const terminal = newId()
    await claim([claimOf(terminal, '10:00', '10:30')])
    await claim([claimOf(terminal, '10:30', '11:00')])
    expect(await refusalOf([claimOf(terminal, '10:29', '10:31')])).toBe('23P01')
    expect(await refusalOf([{ ...claimOf(terminal, '10:00', '10:30'), kind: 'INMATE' }])).toBe(null)
  })

  it('[BK-1] are all made or none', async () => {
    const [free, taken] = [newId(), newId()]
    await claim([claimOf(taken, '10:00', '11:00')])
    const both = [claimOf(free, '10:00', '11:00'), claimOf(taken, '10:30', '11:30')]
    expect(await refusalOf(both)).toBe('23P01')
    expect(await db.resourceClaim.count({ where: { resourceId: free } })).toBe(0)
  })

  it('[BK-1] [BK-4] let one of forty win, whatever order they name things in, and nobody deadlock', async () => {
    const [terminal, room] = [newId(), newId()]
    const both = [claimOf(terminal, '10:00', '11:00'), claimOf(room, '10:00', '11:00')]
    const attempts = Array.from({ length: 40 }, (_, n) => (n % 2 ? both : both.toReversed()))
    const answers = await Promise.all(attempts.map(refusalOf))
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(answers.filter((answer) => answer === '23P01')).toHaveLength(39)
  })

  it('[BK-2] hold as firmly as they book, until the hold is released', async () => {
    const terminal = newId()
    await claim([claimOf(terminal, '10:00', '11:00')], at('09:00'))
    const second = [claimOf(terminal, '10:00', '11:00')]
    expect(await refusalOf(second)).toBe('23P01')
    const where = { resourceId: terminal }
    await db.resourceClaim.updateMany({ where, data: { state: 'RELEASED' } })
    expect(await refusalOf(second)).toBe(null)
  })

  it('[BK-1] [BK-4] are stored in the order of their locks', async () => {
    const ids = Array.from({ length: 12 }, () => newId())
    const claims = ids.map((id, n) => ({
      ...claimOf(id, '10:00', '11:00'),
      kind: n % 2 ? ('INMATE' as const) : ('VISITOR' as const),
    }))
    await claim(claims.toReversed())
    const rows = await db.$queryRaw<{ name: string }[]>`
      SELECT kind || '/' || resource_id AS name FROM resource_claim
      WHERE resource_id = ANY(${ids}::uuid[]) ORDER BY ctid`
    const names = rows.map(({ name }) => name)
    expect(names).toHaveLength(12)
    expect(names).toEqual(names.toSorted())
  })

  it('[BK-1] cannot be empty, which would overlap nothing', async () => {
    expect(await refusalOf([claimOf(newId(), '10:00', '10:00')])).toBe('23514')
  })

  it('[BK-1] keep an inmate from two visits at once, on whichever terminal', async () => {
    const { facility, inmate, visitor, terminal } = await insertSmallWorld(db)
    const { facilityId } = facility
    const other = await insertTerminal(db, { facilityId })
    const given = {
      facilityId,
      inmateId: inmate.inmateId,
      startsAt: at('12:00'),
      endsAt: at('12:30'),
    }
    const visitorIds = [visitor.visitorId]
    await insertVisit(db, { ...given, terminalId: terminal.terminalId, visitorIds })
    const second = db.$transaction((tx) =>
      insertVisit(tx, { ...given, terminalId: other.terminalId, visitorIds }),
    )
    expect(await second.then(() => null, sqlStateOf)).toBe('23P01')
  })

  it('[BK-1] keep a terminal free for its turnaround', async () => {
    const { facility, inmate, visitor, terminal } = await insertSmallWorld(db)
    const { facilityId } = facility
    const next = await insertInmate(db, { facilityId })
    const given = { facilityId, terminalId: terminal.terminalId }
    const visitorIds = [visitor.visitorId]
    const book = (inmateId: string, from: string, until: string) =>
      insertVisit(db, { ...given, inmateId, visitorIds, startsAt: at(from), endsAt: at(until) })
    await book(inmate.inmateId, '12:00', '12:30')
    const tooSoon = book(next.inmateId, '12:34', '13:00')
    expect(await tooSoon.then(() => null, sqlStateOf)).toBe('23P01')
    await book(next.inmateId, '12:35', '13:00')
  })
})

async function insertUnclaimedVisit(db: Database): Promise<string> {
  return (await insertSmallVisit(db, { visitorIds: [] })).visit.visitId
}
