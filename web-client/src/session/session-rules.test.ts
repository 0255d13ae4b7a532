import { describe, expect, it } from 'vitest'
import { afterNews, isSignInLost, sessionAfter } from './session-rules.ts'
import type { Session } from './session.ts'

const signedIn = (accountId: string): Session => ({
  phase: 'signedIn',
  me: {
    accountId,
    role: 'visitor',
    displayName: 'Anna',
    language: 'en',
    onlyVisitId: null,
    facility: null,
    signIn: {
      stage: 'FULL',
      method: 'PASSKEY',
      isBreakGlass: false,
      provedAt: null,
      expiresAt: '2026-11-22T12:00:00.000Z',
      secondFactors: [],
    },
  },
})
const GONE: Session = { phase: 'signedOut', why: 'NOBODY' }

const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const MINUTE_MS = 60_000
const known = (expiresIn: number, heardAgo: number) => ({
  expiresAtMs: NOW + expiresIn * MINUTE_MS,
  heardAtMs: NOW - heardAgo * MINUTE_MS,
})

describe('a sign-in that the server does not know', () => {
  it.each([
    ['NOT_SIGNED_IN', null, 'NOBODY'],
    ['SESSION_EXPIRED', null, 'EXPIRED'],
    ['SESSION_EXPIRED', known(60, 9), 'ENDED'],
    ['NOT_SIGNED_IN', known(60, 9), 'ENDED'],
    ['SESSION_EXPIRED', known(60, 10), 'EXPIRED'],
    ['SESSION_EXPIRED', known(0, 1), 'EXPIRED'],
    ['NOT_SIGNED_IN', known(0, 1), 'EXPIRED'],
    ['SESSION_ENDED', null, 'ENDED'],
    ['SESSION_ENDED', known(60, 14), 'ENDED'],
  ] as const)('%s, known before: %j: %s', (code, before, why) => {
    expect(sessionAfter(code, before, NOW)).toEqual({ phase: 'signedOut', why })
  })

  it('is no matter of a line that is down', () => {
    const failed = { phase: 'failed', code: 'UNREACHABLE' }
    expect(sessionAfter('UNREACHABLE', known(60, 1), NOW)).toEqual(failed)
  })

  it('is looked at again on no other refusal', () => {
    const lost = ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED']
    expect(lost.every(isSignInLost)).toBe(true)
    expect(['FORBIDDEN', 'STEP_UP_REQUIRED', 'UNREACHABLE'].some(isSignInLost)).toBe(false)
  })
})

describe('[TR-3] news of another tab', () => {
  const came = { what: 'signedIn', accountId: 'a' } as const
  const left = { what: 'left' } as const

  it.each([
    ['leaves the pages of whoever signed out', signedIn('a'), left, 'LEAVE'],
    ['shows nobody’s pages to somebody else', signedIn('b'), came, 'ANEW'],
    ['changes nothing for the same person', signedIn('a'), came, null],
    ['brings the sign-in page on', GONE, came, 'WHO'],
    ['changes nothing where nobody was', GONE, left, null],
    ['waits for the answer that is under way', { phase: 'loading' } as const, came, null],
  ] as const)('%s', (...[, session, news, done]) => {
    expect(afterNews(session, news)).toBe(done)
  })
})
