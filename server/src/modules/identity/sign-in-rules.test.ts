import { describe, expect, it } from 'vitest'
import { ROLES, SIGN_IN_METHODS } from '@visavis/contract/http'
import {
  afterPassword,
  canSignInWith,
  isBreakGlass,
  isProofFresh,
  lifeMsOf,
  needOf,
  proofKindsOf,
} from './sign-in-rules.ts'
import type { Need, Proofs } from './sign-in-rules.ts'

const YES_NO = [true, false]
const NEEDS: readonly Need[] = ['ANY', 'SECOND_FACTOR', 'PASSKEY']
const ALL_PROOFS: readonly Proofs[] = YES_NO.flatMap((hasPassword) =>
  YES_NO.flatMap((hasTotp) => [0, 1, 2].map((passkeys) => ({ hasPassword, hasTotp, passkeys }))),
)

describe('[TR-3] who needs what', () => {
  it('is a passkey for every role of staff, a second factor for lawyers, any proof for families', () => {
    for (const role of ROLES) {
      for (const isProfessional of YES_NO) {
        const family = isProfessional ? 'SECOND_FACTOR' : 'ANY'
        const expected = role === 'visitor' ? family : 'PASSKEY'
        expect(needOf({ role, isProfessional }, 'passkey')).toBe(expected)
        expect(needOf({ role, isProfessional }, 'demo')).toBe('ANY')
      }
    }
  })
})

describe('[TR-3] a right password', () => {
  it('alone is a whole sign-in only for families without an app', () => {
    for (const need of NEEDS) {
      for (const proofs of ALL_PROOFS) {
        const isWhole = afterPassword(need, proofs)?.stage === 'FULL'
        expect(isWhole).toBe(need === 'ANY' && !proofs.hasTotp)
      }
    }
  })

  it('leads to no sign-in of staff without an app, and to a set-up of lawyers with nothing else', () => {
    for (const proofs of ALL_PROOFS) {
      expect(afterPassword('PASSKEY', proofs) === null).toBe(!proofs.hasTotp)
      const isBare = proofs.passkeys === 0 && !proofs.hasTotp
      expect(afterPassword('SECOND_FACTOR', proofs)?.stage === 'SET_UP').toBe(isBare)
    }
  })

  it('names only factors that are there', () => {
    for (const need of NEEDS) {
      for (const proofs of ALL_PROOFS) {
        const factors = afterPassword(need, proofs)?.factors ?? []
        expect(factors.includes('PASSKEY') && proofs.passkeys === 0).toBe(false)
        expect(factors.includes('TOTP') && !proofs.hasTotp).toBe(false)
      }
    }
  })
})

describe('[TR-3] the glass', () => {
  it('is broken by a password and a code where a passkey is asked for, and by nothing else', () => {
    const breaking = ['PASSWORD_TOTP', 'PASSWORD_RECOVERY_CODE']
    for (const need of NEEDS) {
      for (const method of SIGN_IN_METHODS) {
        const isBroken = need === 'PASSKEY' && breaking.includes(method)
        expect(isBreakGlass(need, method)).toBe(isBroken)
      }
    }
  })

  it('makes a sign-in short, and what is not whole shorter still', () => {
    const lives = [
      lifeMsOf('SECOND_FACTOR', false),
      lifeMsOf('SET_UP', false),
      lifeMsOf('FULL', true),
      lifeMsOf('FULL', false),
    ]
    expect(lives).toEqual([10, 30, 4 * 60, 12 * 60].map((minutes) => minutes * 60_000))
  })
})

describe('[TR-3] a proof anew', () => {
  it('is never weaker than the sign-in: no password alone where there is an app or more is asked for', () => {
    for (const need of NEEDS) {
      for (const proofs of ALL_PROOFS) {
        const kinds = proofKindsOf(need, proofs)
        expect(kinds.includes('PASSWORD')).toBe(
          need === 'ANY' && proofs.hasPassword && !proofs.hasTotp,
        )
        expect(kinds.includes('PASSWORD_TOTP')).toBe(proofs.hasPassword && proofs.hasTotp)
        expect(kinds.includes('PASSKEY')).toBe(proofs.passkeys > 0)
      }
    }
  })

  it('is fresh for five minutes, and never from the future', () => {
    const now = new Date('2026-11-22T12:00:00Z')
    const ago = (ms: number) => new Date(now.getTime() - ms)
    expect(isProofFresh(ago(300_000), now)).toBe(true)
    expect(isProofFresh(ago(300_001), now)).toBe(false)
    expect(isProofFresh(ago(-1), now)).toBe(false)
    expect(isProofFresh(null, now)).toBe(false)
  })
})

describe('[TR-3] the last proof', () => {
  it('is one without which nobody could sign in as the role asks', () => {
    for (const proofs of ALL_PROOFS) {
      const { hasPassword, hasTotp, passkeys } = proofs
      expect(canSignInWith('ANY', proofs)).toBe(hasPassword || passkeys > 0)
      expect(canSignInWith('SECOND_FACTOR', proofs)).toBe(passkeys > 0 || (hasPassword && hasTotp))
      expect(canSignInWith('PASSKEY', proofs)).toBe(passkeys > 0)
    }
  })
})
