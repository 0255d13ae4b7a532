import { describe, expect, it } from 'vitest'
import { DEFAULT_FACILITY_POLICY, FacilityPolicy } from './facility-policy.ts'

/** What a facility had stored before there was booking. */
const STORED = {
  media: {
    social: { monitor: 'AV', isRecorded: false },
    official: { monitor: 'AV', isRecorded: false },
    privileged: { monitor: 'NONE', isRecorded: false },
  },
  terminalTurnaroundMs: 120_000,
}

describe('FacilityPolicy', () => {
  it('gives a stored policy the defaults of the keys it does not have, and keeps what it has', () => {
    expect(FacilityPolicy.parse(STORED)).toEqual({ ...DEFAULT_FACILITY_POLICY, ...STORED })
  })

  it('[BK-1] [BK-2] [BK-8] [BK-10] [EL-6] starts with the rulebook’s numbers', () => {
    expect(DEFAULT_FACILITY_POLICY).toMatchObject({
      terminalTurnaroundMs: 5 * 60_000,
      escortTurnaroundMs: 30 * 60_000,
      holdMs: 10 * 60_000,
      offerMs: 15 * 60_000,
      ringMs: 45_000,
      maxVisitors: 4,
      adultAge: 18,
      noticeMs: 2 * 24 * 3_600_000,
      horizonMs: 28 * 24 * 3_600_000,
      noShowMs: 10 * 60_000,
    })
  })

  it('is what is stored of it', () => {
    const stored: unknown = JSON.parse(JSON.stringify(DEFAULT_FACILITY_POLICY))
    expect(FacilityPolicy.parse(stored)).toEqual(DEFAULT_FACILITY_POLICY)
  })

  it.each([
    { holdMs: -1 },
    { maxVisitors: 0 },
    { visitMinutes: 241 },
    { terminalTurnaroundMs: 2 * 3_600_000 + 1 },
    { quota: { visits: 4, period: 'DAY' } },
    { unheardOf: true },
  ])('refuses %o', (change) => {
    expect(FacilityPolicy.safeParse({ ...STORED, ...change }).success).toBe(false)
  })
})
