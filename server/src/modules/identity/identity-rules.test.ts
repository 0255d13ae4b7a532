import { describe, expect, it } from 'vitest'
import {
  STAFF_IDLE_MS,
  VISITOR_IDLE_MS,
  idleMsOf,
  inmateSignInEnd,
  isSeenStale,
  isSignInLive,
} from './identity-rules.ts'

const NOON = new Date('2026-11-21T12:00:00Z')
const around = (ms: number): Date => new Date(NOON.getTime() + ms)
const HOUR_MS = 3_600_000

describe('isSignInLive', () => {
  const times = { expiresAt: around(HOUR_MS), lastSeenAt: around(-1), endedAt: null }
  const idleMs = HOUR_MS

  it('is true until the end, which is not included', () => {
    expect(isSignInLive(times, { now: around(HOUR_MS - 2), idleMs })).toBe(true)
    expect(
      isSignInLive({ ...times, lastSeenAt: around(HOUR_MS) }, { now: around(HOUR_MS), idleMs }),
    ).toBe(false)
  })

  it('is false once idle for the whole limit', () => {
    const long = { ...times, expiresAt: around(9 * HOUR_MS) }
    expect(isSignInLive(long, { now: around(HOUR_MS - 1), idleMs })).toBe(false)
  })

  it('is false once ended, whatever the clock says', () => {
    expect(isSignInLive({ ...times, endedAt: NOON }, { now: around(-HOUR_MS), idleMs })).toBe(false)
  })
})

describe('limits', () => {
  it('give families half a day and every kind of staff an hour', () => {
    expect(idleMsOf('visitor')).toBe(VISITOR_IDLE_MS)
    expect(idleMsOf('host')).toBe(STAFF_IDLE_MS)
    expect(idleMsOf('officer')).toBe(STAFF_IDLE_MS)
  })

  it('[TR-5] end an inmate’s sign-in ten minutes after the window', () => {
    expect(inmateSignInEnd(NOON)).toEqual(around(600_000))
  })

  it('write "last seen" at most once a minute', () => {
    expect(isSeenStale(NOON, around(59_999))).toBe(false)
    expect(isSeenStale(NOON, around(60_000))).toBe(true)
  })
})
