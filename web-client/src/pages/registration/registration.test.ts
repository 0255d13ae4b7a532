import { describe, expect, it } from 'vitest'
import { NO_REGISTRATION, isReached, looksLikeEmail, openStep, readPhone } from './registration.ts'

describe('the steps of a registration', () => {
  const named = { ...NO_REGISTRATION, givenName: 'Anna', familyName: 'Petrova' }

  it('open one after the other', () => {
    expect(openStep(NO_REGISTRATION)).toBe('name')
    expect(openStep(named)).toBe('birth-date')
    expect(openStep({ ...named, birthDate: '1950-01-03' })).toBe('contact')
    expect(openStep({ ...named, birthDate: '1950-01-03', email: 'a@example.org' })).toBe('password')
  })

  it('can be gone back to, not jumped over', () => {
    expect(isReached('name', named)).toBe(true)
    expect(isReached('birth-date', named)).toBe(true)
    expect(isReached('password', named)).toBe(false)
  })
})

describe('contact data', () => {
  it('a slip in an address is seen', () => {
    expect(looksLikeEmail('anna@example.org')).toBe(true)
    expect(['anna', 'anna@', 'anna@example', 'an na@example.org'].some(looksLikeEmail)).toBe(false)
  })

  it('a phone number has its country code, or is left out', () => {
    expect(readPhone(' +7 (900) 123-45-67 ')).toBe('+7 (900) 123-45-67')
    expect(readPhone('007 900 1234567')).toBe('+7 900 1234567')
    expect(readPhone('')).toBe('')
    expect(readPhone('900 123')).toBeNull()
  })
})
