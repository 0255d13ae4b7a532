import { describe, expect, it } from 'vitest'
import { planMigrations } from './migration-plan.ts'

const file = (name: string, checksum = `sum of ${name}`) => ({ name, checksum, sql: '' })
const row = (name: string, changes: { checksum?: string; isFinished?: boolean } = {}) => ({
  name,
  checksum: `sum of ${name}`,
  isFinished: true,
  ...changes,
})

describe('planMigrations', () => {
  it('applies what is new, in order', () => {
    const plan = planMigrations([file('1_a'), file('2_b'), file('3_c')], [row('1_a')])
    expect(plan.map(({ name }) => name)).toEqual(['2_b', '3_c'])
  })

  it('has nothing to do the second time', () => {
    expect(planMigrations([file('1_a')], [row('1_a')])).toEqual([])
  })

  it('names a file that was changed after it was applied', () => {
    const plan = () => planMigrations([file('1_a', 'other')], [row('1_a')])
    expect(plan).toThrow(/1_a was changed after it was applied\n.*new migration/)
  })

  it('names a migration that the files no longer have', () => {
    expect(() => planMigrations([], [row('9_z')])).toThrow(/9_z is in the database but not/)
  })

  it('names a migration that stopped half-way', () => {
    const plan = () => planMigrations([file('1_a')], [row('1_a', { isFinished: false })])
    expect(plan).toThrow(/1_a was begun and not finished/)
  })

  it('refuses a file that sorts before one already applied', () => {
    const plan = () => planMigrations([file('1_a'), file('2_b')], [row('2_b')])
    expect(plan).toThrow(/1_a is older than 2_b/)
  })
})
