import { expect, it } from 'vitest'
import { createStatementNames } from './statement-names.ts'

it('names each statement once, and no more than it may', () => {
  const nameOf = createStatementNames(2)
  const [one, other] = ['SELECT 1', 'SELECT 2'].map((sql) => nameOf({ sql }))
  expect(one).not.toBe(other)
  expect(nameOf({ sql: 'SELECT 1' })).toBe(one)
  expect(nameOf({ sql: 'SELECT 3' })).toBe('')
  expect(nameOf({ sql: 'SELECT 2' })).toBe(other)
})
