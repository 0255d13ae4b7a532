import { expect, test } from 'vitest'
import { deviceFailureOf } from './device-failure.ts'

const named = (name: string): Error => Object.assign(new Error('refused'), { name })

test('[LV-10] each refusal of a browser has a reason with words of its own', () => {
  expect(deviceFailureOf(named('NotAllowedError'))).toBe('PERMISSION_DENIED')
  expect(deviceFailureOf(named('NotFoundError'))).toBe('NOT_FOUND')
  expect(deviceFailureOf(named('NotReadableError'))).toBe('IN_USE')
  expect(deviceFailureOf(named('OverconstrainedError'))).toBe('OVERCONSTRAINED')
  expect(deviceFailureOf(named('SecurityError'))).toBe('INSECURE_PAGE')
})

test('what is unheard of is unknown, even if it is named like a part of an object', () => {
  expect(deviceFailureOf(named('constructor'))).toBe('UNKNOWN')
  expect(deviceFailureOf('no error at all')).toBe('UNKNOWN')
})
