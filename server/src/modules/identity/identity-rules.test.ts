import { describe, expect, it } from 'vitest'
import {
  STAFF_IDLE_MS,
  VISITOR_IDLE_MS,
  deskSignInEnd,
  idleMsOf,
  inmateSignInEnd,
  isSeenStale,
  isSignInLive,
  roomSignInEnd,
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
  it('give families half a day and every kind of staff a quarter of an hour', () => {
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

describe('[TR-5] a sign-in at the desk', () => {
  const MINUTE_MS = 60_000
  const endOf = (opensInMinutes: number | null) =>
    deskSignInEnd(
      NOON,
      opensInMinutes === null ? null : { opensAt: around(opensInMinutes * MINUTE_MS) },
    )

  it('lives ten minutes, or until the next window opens', () => {
    expect(endOf(null)).toEqual(around(10 * MINUTE_MS))
    expect(endOf(60)).toEqual(around(10 * MINUTE_MS))
    expect(endOf(7)).toEqual(around(7 * MINUTE_MS))
  })

  it('does not begin while a window is open, or opens within five minutes', () => {
    expect(endOf(-20)).toBeNull()
    expect(endOf(5)).toBeNull()
    expect(endOf(5.01)).not.toBeNull()
  })
})

describe('a room device', () => {
  it('is signed out five minutes after its visit', () => {
    expect(roomSignInEnd(NOON)).toEqual(around(5 * 60_000))
  })
})
