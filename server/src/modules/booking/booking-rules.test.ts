import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BOOKING_MOVES, BOOKING_STATES } from '@visavis/contract/booking-lifecycle'
import { BOOKING_REASONS } from '@visavis/contract/http'
import { SESSION_STATES } from '@visavis/contract/session-lifecycle'
import { bookingActions, endingEvent, hasMedia, isGivenBack, mediaWithin } from './booking-rules.ts'
import type { ActionFacts } from './booking-rules.ts'

const NOW = new Date('2026-12-01T10:00:00Z')
const DAY_MS = 86_400_000
const later = (ms: number): Date => new Date(NOW.getTime() + ms)

const facts: fc.Arbitrary<ActionFacts> = fc.record({
  bookingState: fc.constantFrom(...BOOKING_STATES),
  holdExpiresAt: fc.constantFrom(null, later(-1), NOW, later(1)),
  isHoldExtended: fc.boolean(),
  endsAt: fc.constantFrom(later(-1), later(1)),
  sessionState: fc.constantFrom(null, ...SESSION_STATES),
  deliveredMs: fc.constantFrom(null, 0, 1),
  isRebooked: fc.boolean(),
})
const EVENT_OF = {
  CONFIRM: 'confirm',
  RELEASE: 'expire',
  WITHDRAW: 'withdraw',
  CANCEL: 'cancel',
  APPROVE: 'confirm',
  REJECT: 'reject',
} as const

describe('actions', () => {
  it('[BK-3] [BK-12] offer only moves of the table, nothing of what has media, one new booking of what ended', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom('OWNER' as const, 'STAFF' as const), (booking, who) => {
        const actions = bookingActions(booking, who, NOW)
        for (const action of actions) {
          if (action === 'EXTEND' || action === 'REBOOK') continue
          expect(BOOKING_MOVES[booking.bookingState][EVENT_OF[action]]).toBeDefined()
        }
        const isOver = ['SUSPENDED', 'CANCELLED', 'REJECTED'].includes(booking.bookingState)
        if (isOver) expect(actions).toEqual(booking.isRebooked ? [] : ['REBOOK'])
        if (booking.bookingState === 'CONFIRMED' && hasMedia(booking)) expect(actions).toEqual([])
        expect(bookingActions(booking, 'GUEST', NOW)).toEqual([])
      }),
    )
  })

  it('[BK-2] offer nothing of a hold that is over, and one extension', () => {
    const hold = {
      endsAt: later(DAY_MS),
      sessionState: null,
      deliveredMs: null,
      isRebooked: false,
      bookingState: 'HELD' as const,
    }
    const open = { ...hold, holdExpiresAt: later(1), isHoldExtended: false }
    expect(bookingActions(open, 'OWNER', NOW)).toEqual(['EXTEND', 'CONFIRM', 'RELEASE'])
    expect(bookingActions({ ...open, isHoldExtended: true }, 'OWNER', NOW)).not.toContain('EXTEND')
    expect(bookingActions({ ...open, holdExpiresAt: NOW }, 'OWNER', NOW)).toEqual([])
  })
})

describe('endings', () => {
  it('[BK-3] [BK-12] are moves of the table for every live state, and none for the others', () => {
    for (const state of BOOKING_STATES) {
      for (const reason of BOOKING_REASONS) {
        for (const ending of ['cancel', 'suspend'] as const) {
          const event = endingEvent(state, ending, reason)
          const isLive = Object.keys(BOOKING_MOVES[state]).length > 0
          expect(event !== null).toBe(isLive)
          if (event !== null) expect(BOOKING_MOVES[state][event]).toBeDefined()
        }
      }
    }
  })

  it('[BK-9] give a visit back in time, and always for the facility’s reasons', () => {
    const given = { startsAt: later(DAY_MS), now: NOW, freeCancelMs: DAY_MS }
    expect(isGivenBack({ ...given, reason: 'ILLNESS' })).toBe(true)
    expect(isGivenBack({ ...given, startsAt: later(DAY_MS - 1), reason: 'ILLNESS' })).toBe(false)
    expect(isGivenBack({ ...given, startsAt: NOW, reason: 'FACILITY_STAFFING' })).toBe(true)
  })
})

describe('what may be seen and kept', () => {
  it('[OV-1] is the facility’s wish within the law', () => {
    const wished = {
      social: { monitor: 'NONE', isRecorded: false },
      official: { monitor: 'SIGHT_ONLY', isRecorded: false },
      privileged: { monitor: 'SIGHT_ONLY', isRecorded: false },
    } as const
    expect(mediaWithin('social', wished, { minMonitor: 'SIGHT_ONLY' }).monitor).toBe('SIGHT_ONLY')
    expect(mediaWithin('privileged', wished, { maxPrivilegedMonitor: 'NONE' }).monitor).toBe('NONE')
    const recorded = { ...wished, social: { monitor: 'AV', isRecorded: true } } as const
    expect(mediaWithin('social', recorded, { isRecordingAllowed: false }).isRecorded).toBe(false)
    expect(mediaWithin('social', recorded, {}).isRecorded).toBe(true)
  })
})
