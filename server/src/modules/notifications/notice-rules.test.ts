import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isStale, stateAfter } from './notice-rules.ts'
import { REMINDERS, isWanted, reminderReason, startsDue } from './reminder-rules.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const START = new Date('2026-12-01T12:00:00Z')
const before = (ms: number) => new Date(START.getTime() - ms)

describe('whether a notice is still true', () => {
  const standing = { bookingState: 'CONFIRMED', startsAt: START }
  const reminder = { kind: 'REMINDER_1H', startsAt: START } as const

  it('a reminder of a visit that stands is told until it begins', () => {
    expect(isStale(reminder, standing, before(1))).toBe(false)
    expect(isStale(reminder, standing, START)).toBe(true)
  })

  it('[BK-13] a reminder of a cancelled or moved visit is not', () => {
    const moved = { ...standing, startsAt: before(HOUR_MS) }
    expect(isStale(reminder, { ...standing, bookingState: 'CANCELLED' }, before(1))).toBe(true)
    expect(isStale(reminder, moved, before(2 * HOUR_MS))).toBe(true)
    expect(isStale(reminder, null, before(1))).toBe(true)
  })

  it('[BK-8] a ring is told as long as it rings', () => {
    const ring = { kind: 'RING', startsAt: START } as const
    const now = new Date(START.getTime() + MINUTE_MS)
    expect(isStale(ring, { ...standing, bookingState: 'HELD' }, now)).toBe(false)
    expect(isStale(ring, { ...standing, bookingState: 'EXPIRED' }, now)).toBe(true)
  })

  it('a cancellation is told however late', () => {
    const cancelled = { kind: 'BOOKING_CANCELLED', startsAt: START } as const
    expect(isStale(cancelled, standing, new Date(START.getTime() + HOUR_MS))).toBe(false)
  })
})

describe('a try', () => {
  it('that is refused for good ends it; one that is put off is repeated, not for ever', () => {
    const deferred = { kind: 'DEFERRED', failure: 'SMTP_451' } as const
    expect(stateAfter({ kind: 'BOUNCED', failure: 'SMTP_550' }, 1)).toBe('BOUNCED')
    expect(stateAfter(deferred, 1)).toBe('QUEUED')
    expect(stateAfter(deferred, 19)).toBe('QUEUED')
    expect(stateAfter(deferred, 20)).toBe('FAILED')
  })
})

describe('reminders', () => {
  it('are due 24 hours, one hour and ten minutes before', () => {
    expect(REMINDERS.map(({ leadMs }) => leadMs / MINUTE_MS)).toEqual([1440, 60, 10])
    for (const reminder of REMINDERS) {
      const { after, until } = startsDue(reminder, before(reminder.leadMs))
      expect(START > after && START <= until).toBe(true)
      const early = startsDue(reminder, before(reminder.leadMs + 1))
      expect(START <= early.until).toBe(false)
    }
  })

  it('are never late enough to meet the next one or the start', () => {
    const leads = [...REMINDERS.map(({ leadMs }) => leadMs), 0]
    REMINDERS.forEach(({ leadMs, graceMs }, index) => {
      expect(leadMs - graceMs).toBeGreaterThan(leads[index + 1] ?? 0)
    })
  })

  it('are not for somebody who has just booked', () => {
    const [day] = REMINDERS
    if (!day) throw new Error('there is a first reminder')
    expect(isWanted(day, { startsAt: START, confirmedAt: before(2 * HOUR_MS) })).toBe(false)
    expect(isWanted(day, { startsAt: START, confirmedAt: before(25 * HOUR_MS) })).toBe(true)
    expect(isWanted(day, { startsAt: START, confirmedAt: null })).toBe(true)
  })

  it('of a job that runs every minute meet every start exactly once by key', () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 60 })
    fc.assert(
      fc.property(minutes, fc.constantFrom(...REMINDERS), (offset, reminder) => {
        const startsAt = new Date(START.getTime() + offset * MINUTE_MS)
        const keys = new Set<string>()
        let looks = 0
        for (let minute = -2; minute < reminder.graceMs / MINUTE_MS + 2; minute += 1) {
          const now = new Date(startsAt.getTime() - reminder.leadMs + minute * MINUTE_MS)
          const { after, until } = startsDue(reminder, now)
          if (startsAt <= after || startsAt > until) continue
          looks += 1
          keys.add(reminderReason({ startsAt }))
        }
        expect(looks).toBeGreaterThan(1)
        expect(keys.size).toBe(1)
      }),
    )
  })
})
