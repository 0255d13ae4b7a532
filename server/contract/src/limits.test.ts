import { expect, it } from 'vitest'
import { leadAgeUnder } from './limits.ts'

it('[EL-6] the age to lead is the facility’s, or the law’s where that is higher', () => {
  const policy = { adultAge: 16 }
  expect(leadAgeUnder({ policy, limits: {} })).toBe(16)
  expect(leadAgeUnder({ policy, limits: { leadVisitorAge: 18 } })).toBe(18)
  expect(leadAgeUnder({ policy, limits: { leadVisitorAge: 12 } })).toBe(16)
})
