import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatNumber, withoutLast } from './number-format.ts'

it('writes a number as records do, however it was typed', () => {
  expect(formatNumber(' k-1001 ')).toBe('K-1001')
  expect(formatNumber('ж 12/7')).toBe('Ж12/7')
})

it('is the same when formatted twice, and never longer than a number', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      const number = formatNumber(typed)
      expect(formatNumber(number)).toBe(number)
      expect(number.length).toBeLessThanOrEqual(80)
    }),
  )
})

it('takes back one sign at a time', () => {
  expect(withoutLast('K-1')).toBe('K-')
  expect(withoutLast('')).toBe('')
})
