import { expect, it } from 'vitest'
import { addDays, dateIn, weekdayOf } from './calendar-date.ts'

it('[BK-6] the date of an instant is that of the zone', () => {
  expect(dateIn('2026-11-24T18:00:00.000Z', 'Asia/Krasnoyarsk')).toBe('2026-11-25')
  expect(dateIn('2026-11-24T18:00:00.000Z', 'Europe/Berlin')).toBe('2026-11-24')
})

it('days are counted by the calendar alone', () => {
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
})

it('a week begins on Monday', () => {
  expect(weekdayOf('2026-11-16')).toBe(1)
  expect(weekdayOf('2026-11-22')).toBe(7)
})
