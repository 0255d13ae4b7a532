import { describe, expect, it } from 'vitest'
import { demoAccounts } from './demo-accounts.ts'
import { DEMO_RELATIONSHIPS } from './demo-bonds.ts'
import { DEMO_INMATES, DEMO_VISITORS } from './demo-data.ts'
import { stableId } from './stable-id.ts'

const RESERVED_DOMAIN = /@([a-z]+\.)?example\.(org|com|net)$/
const LONGEST_GUESSABLE_PASSWORD = 14

describe('the demo', () => {
  it('[TR-6] uses e-mail at domains that are reserved for examples only', () => {
    const addresses = [
      ...DEMO_VISITORS.map((visitor) => visitor.email),
      ...demoAccounts().map((a) => a.login),
    ]
    expect(addresses.filter((address) => !RESERVED_DOMAIN.test(address))).toEqual([])
  })

  it('has a sign-in for every role, each with its own login and a long password', () => {
    const accounts = demoAccounts()
    expect([...new Set(accounts.map((account) => account.role))].toSorted()).toEqual([
      'auditor',
      'facilityAdmin',
      'host',
      'investigator',
      'officer',
      'operatorAdmin',
      'scheduler',
      'visitor',
    ])
    expect(new Set(accounts.map((account) => account.login)).size).toBe(accounts.length)
    const short = accounts.filter(({ password }) => password.length <= LONGEST_GUESSABLE_PASSWORD)
    expect(short).toEqual([])
  })

  it('gives every inmate a PIN of six digits and somebody who may visit', () => {
    for (const inmate of DEMO_INMATES) {
      expect(inmate.pin).toMatch(/^\d{6}$/)
      expect(DEMO_RELATIONSHIPS.some((r) => r.inmate === inmate.key && r.isApproved)).toBe(true)
    }
  })
})

describe('stableId', () => {
  it('is a UUID that depends on the name alone', () => {
    expect(stableId('a')).toBe(stableId('a'))
    expect(stableId('a')).not.toBe(stableId('b'))
    expect(stableId('a')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })
})
