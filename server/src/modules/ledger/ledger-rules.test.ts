import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OUTCOMES } from '@visavis/contract/visit'
import type { Outcome } from '@visavis/contract/visit'
import {
  balanceOf,
  creditFor,
  isCounted,
  opened,
  openingEntries,
  paymentFor,
  settlementOf,
} from './ledger-rules.ts'
import type { Account, Allowance } from './ledger-rules.ts'

const BOOKED_MS = 1_800_000
const SHARES = [0, 0.25, 0.49, 0.5, 0.51, 0.75, 1, 1.2]

/** The rulebook's table, typed from it and not from the code: quota, and whether minutes are owed. */
const TABLE: Record<Outcome, { quota: 'back' | 'back below half' | 'used'; owesMinutes: boolean }> =
  {
    FACILITY_CANCELLED: { quota: 'back', owesMinutes: true },
    NO_SHOW_INMATE: { quota: 'back', owesMinutes: true },
    INMATE_REFUSED: { quota: 'back', owesMinutes: true },
    FAILED_TECH_FACILITY: { quota: 'back', owesMinutes: true },
    FAILED_TECH_PLATFORM: { quota: 'back', owesMinutes: true },
    FAILED_TECH_VISITOR: { quota: 'back below half', owesMinutes: false },
    COMPLETED: { quota: 'used', owesMinutes: false },
    VISITOR_EARLY: { quota: 'used', owesMinutes: false },
    INMATE_EARLY: { quota: 'used', owesMinutes: false },
    NO_SHOW_VISITOR: { quota: 'used', owesMinutes: false },
    VISITOR_DENIED: { quota: 'used', owesMinutes: false },
    STAFF_TERMINATED: { quota: 'used', owesMinutes: false },
  }

describe('[LV-7] the table of outcomes', () => {
  const cells = OUTCOMES.flatMap((outcome) => SHARES.map((share) => ({ outcome, share })))
  it.each(cells)('$outcome with $share of it delivered', ({ outcome, share }) => {
    const deliveredMs = BOOKED_MS * share
    const row = TABLE[outcome]
    const isBack = row.quota === 'back' || (row.quota === 'back below half' && share < 0.5)
    const creditMs = row.owesMinutes ? Math.max(0, BOOKED_MS - deliveredMs) : 0
    const settled = settlementOf(outcome, { bookedMs: BOOKED_MS, deliveredMs, owedMs: 0 })
    expect(settled).toEqual({ isGivenBack: isBack, creditMs })
  })

  it.each(cells)(
    '[LV-5] $outcome with $share delivered pays what the facility owes, once',
    (cell) => {
      const deliveredMs = BOOKED_MS * cell.share
      const missingMs = Math.max(0, BOOKED_MS - deliveredMs)
      const settled = (owedMs: number) =>
        settlementOf(cell.outcome, { bookedMs: BOOKED_MS, deliveredMs, owedMs })
      const without = settled(0)
      const owed = without.isGivenBack ? without.creditMs : Math.min(60_000, missingMs)
      expect(settled(60_000)).toEqual({ ...without, creditMs: owed })
      expect(settled(10 * BOOKED_MS).creditMs).toBeLessThanOrEqual(missingMs)
    },
  )

  it('pays no minute twice: credit that is given back holds the undelivered ones', () => {
    const failed = settlementOf('INMATE_REFUSED', {
      bookedMs: BOOKED_MS,
      deliveredMs: 0,
      owedMs: 0,
    })
    expect(creditFor('QUOTA', failed)).toBe(BOOKED_MS)
    expect(creditFor('CREDIT', failed)).toBe(0)
  })
})

const accounts: fc.Arbitrary<Account> = fc.record({
  visits: fc.nat(60),
  creditMs: fc.nat(4 * BOOKED_MS),
  isOpened: fc.boolean(),
})
const allowances: fc.Arbitrary<Allowance> = fc.record({
  visits: fc.option(fc.nat(10)),
  maxSavedVisits: fc.nat(40),
})

describe('[BK-9] a period', () => {
  it('grants its visits once, and lets what was saved beyond the cap expire before that', () => {
    const allowance = { visits: 4, maxSavedVisits: 26 }
    const account = { visits: 29, creditMs: 0, isOpened: false }
    expect(openingEntries(account, allowance)).toEqual([
      { kind: 'EXPIRY', amount: -3 },
      { kind: 'GRANT', amount: 4 },
    ])
    expect(opened(account, allowance)).toMatchObject({ visits: 30, isOpened: true })
    expect(openingEntries(opened(account, allowance), allowance)).toEqual([])
  })

  it('never takes a visit that the cap allows, never leaves more than cap and grant', () => {
    fc.assert(
      fc.property(accounts, allowances, (account, allowance) => {
        const entries = openingEntries(account, allowance)
        const left = account.visits + balanceOf(entries)
        expect(left).toBeGreaterThanOrEqual(Math.min(account.visits, allowance.maxSavedVisits))
        if (account.isOpened || allowance.visits === null) return
        expect(left).toBeLessThanOrEqual(allowance.maxSavedVisits + allowance.visits)
        expect(entries.every(({ amount }) => amount !== 0)).toBe(true)
      }),
    )
  })
})

describe('[BK-9] what pays for a visit', () => {
  it('is the quota first, then credit for the whole length, then nothing does', () => {
    const allowance = { visits: 4, maxSavedVisits: 26 }
    const account = { visits: 1, creditMs: BOOKED_MS, isOpened: true }
    expect(paymentFor(account, allowance, BOOKED_MS)).toBe('QUOTA')
    expect(paymentFor({ ...account, visits: 0 }, allowance, BOOKED_MS)).toBe('CREDIT')
    expect(paymentFor({ ...account, visits: 0 }, allowance, BOOKED_MS + 1)).toBeNull()
    expect(paymentFor(account, { ...allowance, visits: null }, BOOKED_MS)).toBe('NOTHING')
  })

  it('never overdraws an account', () => {
    fc.assert(
      fc.property(accounts, allowances, fc.nat(3 * BOOKED_MS), (account, allowance, lengthMs) => {
        const payment = paymentFor(account, allowance, lengthMs)
        if (payment === 'QUOTA') expect(account.visits).toBeGreaterThanOrEqual(1)
        if (payment === 'CREDIT') expect(account.creditMs).toBeGreaterThanOrEqual(lengthMs)
      }),
    )
  })

  it('counts social visits only: privileged and official ones are free', () => {
    expect(isCounted('social')).toBe(true)
    expect(isCounted('official')).toBe(false)
    expect(isCounted('privileged')).toBe(false)
  })
})
