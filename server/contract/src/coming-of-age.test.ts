import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOfAge, isOfAge } from './coming-of-age.ts'

const DAY_MS = 86_400_000
const aDay = fc
  .integer({ min: Date.parse('1900-01-01') / DAY_MS, max: Date.parse('2100-12-31') / DAY_MS })
  .map(dateOf)
const years = fc.integer({ min: 0, max: 99 })

describe('[EL-6] coming of age', () => {
  it('is on the birthday, and on 1 March for a child of a leap day in a common year', () => {
    expect(dayOfAge('2008-02-29', 18)).toBe('2026-03-01')
    expect(isOfAge('2008-02-29', 18, '2026-02-28')).toBe(false)
    expect(isOfAge('2008-02-29', 18, '2026-03-01')).toBe(true)
    expect(dayOfAge('2008-02-29', 16)).toBe('2024-02-29')
    expect(dayOfAge('1982-02-29', 118)).toBe('2100-03-01')
    expect(dayOfAge('2008-11-22', 18)).toBe('2026-11-22')
  })

  it('is a day of the calendar, and never earlier for somebody younger', () => {
    fc.assert(
      fc.property(aDay, aDay, years, (one, other, age) => {
        const day = dayOfAge(one, age)
        expect(dateOf(Date.parse(day) / DAY_MS)).toBe(day)
        if (one <= other) expect(day <= dayOfAge(other, age)).toBe(true)
      }),
    )
  })

  it('happens on one day and stays', () => {
    fc.assert(
      fc.property(aDay, years, (birthDate, age) => {
        const day = dayOfAge(birthDate, age)
        expect(isOfAge(birthDate, age, dateOf(Date.parse(day) / DAY_MS - 1))).toBe(false)
        expect(isOfAge(birthDate, age, day)).toBe(true)
        expect(isOfAge(birthDate, age, dateOf(Date.parse(day) / DAY_MS + 1))).toBe(true)
      }),
    )
  })
})

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
