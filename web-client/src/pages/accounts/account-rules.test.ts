import { describe, expect, it } from 'vitest'
import { deedsFor, matching, standOf } from './account-rules.ts'
import type { StaffAccount } from './account-rules.ts'

const NOW = Date.parse('2026-11-22T12:00:00.000Z')

function anAccount(part: Partial<StaffAccount> = {}): StaffAccount {
  return {
    accountId: '00000000-0000-4000-8000-000000000001',
    login: 'officer.one',
    role: 'officer',
    displayName: 'Olga One',
    isMe: false,
    disabledAt: null,
    passkeys: 1,
    hasTotp: false,
    sessions: 1,
    lastSignInAt: null,
    setUpCodeExpiresAt: null,
    reset: null,
    ...part,
  }
}

const reset = (isMine: boolean): StaffAccount['reset'] => ({
  resetId: '00000000-0000-4000-8000-000000000002',
  askedBy: 'admin',
  askedAt: '2026-11-22T11:00:00.000Z',
  reason: 'lost the phone',
  isMine,
})

describe('[TR-3] what an administrator may do with an account', () => {
  it.each([
    ['in use', anAccount(), ['end', 'reset', 'disable']],
    ['that nobody has set up', anAccount({ passkeys: 0, sessions: 0 }), ['code', 'disable']],
    [
      'that is disabled',
      anAccount({ disabledAt: '2026-11-22T10:00:00.000Z', sessions: 0 }),
      ['enable'],
    ],
    ['that is the own one', anAccount({ isMe: true }), ['end']],
    [
      'whose reset another one asked for',
      anAccount({ reset: reset(false) }),
      ['end', 'approve', 'reject', 'disable'],
    ],
    [
      'whose reset was asked for by who reads',
      anAccount({ reset: reset(true) }),
      ['end', 'disable'],
    ],
    ['that is the own one, with a reset', anAccount({ isMe: true, reset: reset(false) }), ['end']],
  ])('%s', (_words, account, deeds) => {
    expect(deedsFor(account)).toEqual(deeds)
  })
})

it.each([
  [anAccount(), 'READY'],
  [anAccount({ passkeys: 0 }), 'NO_PASSKEY'],
  [anAccount({ passkeys: 0, setUpCodeExpiresAt: '2026-11-22T12:00:00.001Z' }), 'CODE'],
  [anAccount({ passkeys: 0, setUpCodeExpiresAt: '2026-11-22T12:00:00.000Z' }), 'NO_PASSKEY'],
  [anAccount({ reset: reset(true) }), 'RESET'],
  [anAccount({ reset: reset(true), disabledAt: '2026-11-22T10:00:00.000Z' }), 'DISABLED'],
] as const)('an account stands as the first of what is to be known of it', (account, stand) => {
  expect(standOf(account, NOW)).toBe(stand)
})

it('an account is found by a part of its name or login, however it is written', () => {
  const accounts = [anAccount(), anAccount({ login: 'scheduler.two', displayName: 'Тимур Второй' })]
  expect(matching(accounts, ' olga ').map(({ login }) => login)).toEqual(['officer.one'])
  expect(matching(accounts, 'ВТОР').map(({ login }) => login)).toEqual(['scheduler.two'])
  expect(matching(accounts, '')).toHaveLength(2)
  expect(matching(accounts, 'nobody')).toEqual([])
})
