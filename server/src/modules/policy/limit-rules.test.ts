import { describe, expect, it } from 'vitest'
import { limitsAt } from './limit-rules.ts'
import type { LimitRow } from './limit-rules.ts'

const row = (given: Partial<LimitRow>): LimitRow => ({
  jurisdiction: 'RU',
  code: 'maxVisitMinutes',
  value: 15,
  validFrom: '2026-01-01',
  validTo: null,
  ...given,
})

describe('limitsAt', () => {
  it('gives what is in force on a day, the first and the last day included', () => {
    const rows = [row({ validTo: '2026-06-30' }), row({ value: 20, validFrom: '2026-07-01' })]
    const minutes = ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(
      (day) => limitsAt(rows, day).maxVisitMinutes,
    )
    expect(minutes).toEqual([undefined, 15, 15, 20])
  })

  it('lets a jurisdiction speak for itself, and fills the gaps with what holds everywhere', () => {
    const everywhere = [
      row({ jurisdiction: 'UN', value: 60 }),
      row({ jurisdiction: 'UN', code: 'maxPeople', value: 9 }),
    ]
    const limits = { maxVisitMinutes: 15, maxPeople: 9 }
    expect(limitsAt([row({}), ...everywhere], '2026-05-01')).toEqual(limits)
    expect(limitsAt([...everywhere, row({})], '2026-05-01')).toEqual(limits)
  })

  it('does not take a limit that it cannot read for none', () => {
    expect(() => limitsAt([row({ value: 'fifteen' })], '2026-05-01')).toThrow('RU/maxVisitMinutes')
    expect(limitsAt([row({ code: 'somethingNew', value: 'fifteen' })], '2026-05-01')).toEqual({})
  })
})
