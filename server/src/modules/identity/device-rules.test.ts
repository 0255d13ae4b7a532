import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEVICE_SESSION_LIFE_MS,
  IN_FLIGHT_MS,
  QUIET_AFTER_MS,
  RENEWAL_GRACE_MS,
  courseOf,
  goneAt,
  useOf,
} from './device-rules.ts'
import type { StoredSession } from './device-rules.ts'

const START = new Date('2026-11-24T08:00:00Z')
const later = (ms: number): Date => new Date(START.getTime() + ms)
const PAGE = 'a'.repeat(64)

const session = (over: Partial<StoredSession> = {}): StoredSession => ({
  deviceSessionId: 'second',
  beforeId: 'first',
  pageHash: PAGE,
  createdAt: START,
  expiresAt: later(DEVICE_SESSION_LIFE_MS),
  seenAt: START,
  supersededAt: null,
  contestedAt: null,
  ...over,
})

describe('[TR-5] who may go on with a terminal’s key', () => {
  const asked = (lastSessionId: string | null, ms = 0) => ({ lastSessionId, now: later(ms) })

  it('is whoever was given the newest session, or did not hear that they were', () => {
    expect(courseOf(session(), asked('second'))).toBe('GO_ON')
    expect(courseOf(session(), asked('first'))).toBe('CONTEST')
    expect(courseOf(session({ seenAt: null }), asked('first'))).toBe('GO_ON')
    expect(courseOf(session({ seenAt: null, beforeId: null }), asked(null))).toBe('CONTEST')
  })

  it('is anybody with the key where nothing is heard of the newest session, and nobody else before', () => {
    expect(courseOf(null, asked(null))).toBe('FRESH')
    expect(courseOf(session(), asked('elsewhere', QUIET_AFTER_MS - 1))).toBe('CONTEST')
    expect(courseOf(session(), asked('elsewhere', QUIET_AFTER_MS))).toBe('FRESH')
  })

  it('never are two at once: who comes second is let in only when the first has been quiet', () => {
    const beats = fc.array(fc.integer({ min: 1, max: 2 * QUIET_AFTER_MS }), { maxLength: 20 })
    fc.assert(
      fc.property(beats, fc.integer({ min: 0, max: DEVICE_SESSION_LIFE_MS }), (gaps, askedMs) => {
        const seen = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [0])
        const lastMs = seen.filter((ms) => ms <= askedMs).at(-1) ?? 0
        const current = session({ seenAt: later(lastMs) })
        const course = courseOf(current, asked('elsewhere', askedMs))
        expect(course === 'FRESH').toBe(later(askedMs) >= goneAt(current))
        if (askedMs - lastMs < QUIET_AFTER_MS && askedMs < DEVICE_SESSION_LIFE_MS) {
          expect(course).toBe('CONTEST')
        }
      }),
    )
  })
})

describe('[TR-5] a request with a terminal’s cookie', () => {
  const at = (ms: number, pageHash: string | null = PAGE) => ({ pageHash, now: later(ms) })

  it('is a copy wherever the page’s secret is not beside it, whatever the session’s state', () => {
    const states = fc.record({
      supersededAt: fc.constantFrom(null, START),
      contestedAt: fc.constantFrom(null, START),
    })
    const secrets = fc.constantFrom(null, 'b'.repeat(64))
    fc.assert(
      fc.property(states, secrets, fc.integer({ min: 0, max: 2 ** 31 }), (state, secret, ms) => {
        expect(useOf(session(state), at(ms, secret))).toBe('COPIED')
      }),
    )
  })

  it('is good until the session ends, and for what was on its way when it was renewed', () => {
    expect(useOf(session(), at(DEVICE_SESSION_LIFE_MS - 1))).toBe('GOOD')
    expect(useOf(session(), at(DEVICE_SESSION_LIFE_MS))).toBe('OVER')
    const renewed = session({ supersededAt: START })
    expect(useOf(renewed, at(RENEWAL_GRACE_MS))).toBe('GOOD')
    expect(useOf(renewed, at(RENEWAL_GRACE_MS + 1))).toBe('OVER')
  })

  it('tells of two places where somebody else came with the key, and this page lives on', () => {
    const contested = session({ contestedAt: START })
    expect(useOf(contested, at(IN_FLIGHT_MS))).toBe('GOOD')
    expect(useOf(contested, at(IN_FLIGHT_MS + 1))).toBe('TWO_PLACES')
  })
})
