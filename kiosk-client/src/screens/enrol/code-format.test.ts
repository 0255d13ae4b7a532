import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatCode, isWholeCode, withoutLast } from './code-format.ts'

it('writes a code as it is printed, however it was typed', () => {
  expect(formatCode('7qk2m 0xwdr')).toBe('7QK2M-0XWDR')
  expect(formatCode('7QK2M')).toBe('7QK2M')
})

it('takes look-alikes for the letter that is meant', () => {
  expect(formatCode('oil')).toBe('011')
})

it('is the same when formatted twice, and never longer than a code', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const code = formatCode(typed)
      expect(formatCode(code)).toBe(code)
      expect(code.length).toBeLessThanOrEqual('7QK2M-0XWDR'.length)
    }),
  )
})

it('takes back one letter at a time, across the dash', () => {
  expect(withoutLast('7QK2M-0')).toBe('7QK2M')
  expect(withoutLast('7QK2M')).toBe('7QK2')
  expect(withoutLast('')).toBe('')
})

it('knows a whole code', () => {
  expect(isWholeCode('7QK2M-0XWDR')).toBe(true)
  expect(isWholeCode('7QK2M-0XWD')).toBe(false)
})
