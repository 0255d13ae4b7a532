import { type Database, newId, type Prisma } from '@visavis/prisma'
import {
  aQuotaGrant,
  aTimeCredit,
  insertInmate,
  insertSmallWorld,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

type Kind = Prisma.QuotaEntryUncheckedCreateInput['kind']
type Entry = {
  readonly kind: Kind
  /** Visits, or milliseconds. */
  readonly amount: number
  readonly visitId?: string | null
  readonly period?: string | null
  readonly inmateId?: string
}

describe('what the database holds true of quota and time credit', () => {
  let test: TestDatabase
  let db: Database
  let facilityId: string
  let inmateId: string
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    const world = await insertSmallWorld(db)
    facilityId = world.facility.facilityId
    inmateId = world.inmate.inmateId
  })
  afterAll(() => test.drop())

  const newVisit = async () => {
    const { terminalId } = await insertTerminal(db, { facilityId })
    const inmate = await insertInmate(db, { facilityId })
    const { visit } = await insertVisit(db, {
      facilityId,
      inmateId: inmate.inmateId,
      terminalId,
      visitorIds: [],
    })
    return visit.visitId
  }
  const quota = ({ amount, ...entry }: Entry) =>
    answerTo(
      db.quotaEntry.create({
        data: aQuotaGrant({ inmateId, units: amount, period: null, ...entry }),
      }),
    )
  const credit = ({ kind, amount, visitId = null, inmateId: whose = inmateId }: Entry) =>
    answerTo(
      db.timeCreditEntry.create({
        data: aTimeCredit({ inmateId: whose, kind, ms: amount, visitId }),
      }),
    )
  const ledgers = [
    ['quota_entry', quota],
    ['time_credit_entry', credit],
  ] as const

  it.each(ledgers)(
    '[BK-9] %s: what is given is positive, what is taken negative',
    async (table, add) => {
      for (const kind of ['GRANT', 'REFUND', 'USE', 'EXPIRY'] as const) {
        const isGiven = kind === 'GRANT' || kind === 'REFUND'
        for (const amount of [isGiven ? -1 : 1, 0]) {
          const visitId = await newVisit()
          // A refund without its use is refused for that first, so it follows one.
          if (kind === 'REFUND') await add({ kind: 'USE', amount: -1, visitId })
          const answer = await add({ kind, amount, visitId, period: newId() })
          expect(answer).toContain(`${table}_sign_of_kind`)
        }
      }
    },
  )

  it.each(ledgers)('[BK-9] %s: a use names its visit, once', async (table, add) => {
    expect(await add({ kind: 'USE', amount: -1 })).toContain(`${table}_use_of_visit`)
    const visitId = await newVisit()
    expect(await add({ kind: 'USE', amount: -1, visitId })).toBe('stored')
    expect(await add({ kind: 'USE', amount: -1, visitId })).toContain('Unique constraint')
  })

  it.each(ledgers)(
    '[BK-9] %s: gives back what a visit used, once, and no more',
    async (table, add) => {
      const refusal = `${table.replace('_entry', '')}_refund_follows_use`
      const visitId = await newVisit()
      const refund = (amount: number) => add({ kind: 'REFUND', amount, visitId })
      expect(await refund(1)).toContain(refusal)
      await add({ kind: 'USE', amount: -2, visitId })
      expect(await refund(3)).toContain(refusal)
      const { inmateId: stranger } = await insertInmate(db, { facilityId })
      const toAnother = await add({ kind: 'REFUND', amount: 1, visitId, inmateId: stranger })
      expect(toAnother).toContain(refusal)
      expect(await refund(2)).toBe('stored')
      expect(await refund(1)).toContain('Unique constraint')
    },
  )

  it('[BK-9] a grant and an expiry belong to a period, one each', async () => {
    const period = '2026-11'
    for (const [kind, amount] of [['GRANT', 4] as const, ['EXPIRY', -2] as const]) {
      expect(await quota({ kind, amount })).toContain('quota_entry_grant_of_period')
      expect(await quota({ kind, amount, period })).toBe('stored')
      expect(await quota({ kind, amount, period })).toContain('Unique constraint')
    }
  })

  it.each(['quota_entry', 'time_credit_entry'])('[BK-9] %s is append-only', async (table) => {
    await quota({ kind: 'GRANT', amount: 4, period: '2026-12' })
    await credit({ kind: 'GRANT', amount: 60_000 })
    for (const statement of [
      `UPDATE ${table} SET reason = 'other'`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ]) {
      expect(await answerTo(db.$executeRawUnsafe(statement))).toContain('ledger_is_append_only')
    }
  })
})
