import type { Database, Prisma } from '@visavis/prisma'
import { aJurisdictionRule } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

const day = (date: string) => new Date(date)

describe('a legal limit', () => {
  let test: TestDatabase
  let db: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
  })
  afterAll(() => test.drop())

  it('has a source and, on any day, one value', async () => {
    const store = (data: Partial<Prisma.JurisdictionRuleUncheckedCreateInput>) => {
      const row = aJurisdictionRule({ jurisdiction: 'X-ONE', code: 'LIMIT', value: 30, ...data })
      return answerTo(db.jurisdictionRule.create({ data: row }))
    }
    const [january, june, july] = [day('2026-01-01'), day('2026-06-30'), day('2026-07-01')]
    expect(await store({ source: '' })).toContain('jurisdiction_rule_has_source')
    const backwards = await store({ validFrom: july, validTo: june })
    expect(backwards).toContain('jurisdiction_rule_ends_after_start')
    expect(await store({ validFrom: january, validTo: june })).toBe('stored')
    expect(await store({ validFrom: june })).toContain('jurisdiction_rule_no_overlap')
    expect(await store({ validFrom: july })).toBe('stored')
    expect(await store({ validFrom: day('2027-01-01') })).toContain('jurisdiction_rule_no_overlap')
    expect(await store({ validFrom: day('2027-01-01'), jurisdiction: 'X-TWO' })).toBe('stored')
  })
})
