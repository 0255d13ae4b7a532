import { describe, expect, it } from 'vitest'
import { median, quantile, readable } from './statistics.ts'

const ONE_TO_HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index)

describe('quantile', () => {
  it('takes the nearest rank, whatever the order', () => {
    expect(quantile(ONE_TO_HUNDRED, 0.5)).toBe(50)
    expect(quantile(ONE_TO_HUNDRED, 0.95)).toBe(95)
    expect(quantile(ONE_TO_HUNDRED, 1)).toBe(100)
    expect(quantile(ONE_TO_HUNDRED, 0)).toBe(1)
  })

  it('does not hide that there was nothing to measure', () => {
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('median', () => {
  it('is a value that was measured', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1])).toBe(1)
  })
})

describe('readable', () => {
  it('keeps three digits or the whole number', () => {
    expect([1.2345, 12.345, 123.45, 12_345.6].map(readable)).toEqual([1.23, 12.3, 123, 12_346])
  })
})
