import { describe, expect, it } from 'vitest'
import { isAdultAt } from './age.ts'

describe('an adult', () => {
  const isAdult = (birthDate: string, instant: string) =>
    isAdultAt(birthDate, { instant: new Date(instant), timeZone: 'Asia/Krasnoyarsk' }, 18)

  it('[EL-6] is one from the local day of the birthday on', () => {
    expect(isAdult('2008-11-22', '2026-11-21T16:59:00Z')).toBe(false)
    expect(isAdult('2008-11-22', '2026-11-21T17:00:00Z')).toBe(true)
    expect(isAdult('2008-02-29', '2026-02-28T12:00:00Z')).toBe(false)
    expect(isAdult('2008-02-29', '2026-02-28T17:00:00Z')).toBe(true)
  })
})
