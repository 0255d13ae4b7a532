import { describe, expect, it } from 'vitest'
import type { VisitOfMine } from '@visavis/ui/visit/visit-list.ts'
import { arrange } from './arrange.ts'
import type { Booking } from './arrange.ts'

const NOW = Date.parse('2026-11-22T10:00:00Z')
const facility = { facilityId: 'f', name: 'Krasnoyarsk', timeZone: 'Asia/Krasnoyarsk' }
const times = { startsAt: '2026-11-24T10:00:00.000Z', endsAt: '2026-11-24T10:30:00.000Z' }
const notice = { monitor: 'AV', isRecorded: true } as const

const aBooking = (over: Partial<Booking>): Booking => ({
  visitId: 'b',
  version: 1,
  bookingState: 'CONFIRMED',
  reason: null,
  bookingMode: 'INSTANT',
  visitClass: 'social',
  slotId: 's',
  ...times,
  place: 'HOME',
  linkCentre: null,
  facility,
  inmate: { inmateId: 'i', displayName: 'Dmitri' },
  visitors: [],
  terminal: null,
  holdExpiresAt: null,
  isHoldExtended: false,
  acknowledgedAt: null,
  paidBy: 'NOTHING',
  seriesId: null,
  notice,
  actions: [],
  ...over,
})
const aVisit = (over: Partial<VisitOfMine>): VisitOfMine => ({
  visitId: 'v',
  seatId: 's',
  party: 'VISITOR',
  visitClass: 'social',
  state: 'SCHEDULED',
  ...times,
  opensAt: '2026-11-24T09:45:00.000Z',
  facility,
  withWhom: ['Dmitri'],
  notice,
  outcome: null,
  deliveredMs: 0,
  bookedMs: 1_800_000,
  acknowledgedAt: null,
  ...over,
})
const idsOf = (bookings: readonly Booking[]) => bookings.map(({ visitId }) => visitId)

describe('the list of visits', () => {
  it('ties a booking to its visit and shows it once', () => {
    const booking = aBooking({ visitId: 'v', actions: ['CANCEL'] })
    const { upcoming, held, requested, stopped } = arrange([aVisit({})], [booking], NOW)
    expect(upcoming).toEqual([{ visit: aVisit({}), booking }])
    expect([held, requested, stopped]).toEqual([[], [], []])
  })

  it('[BK-2] shows a place that is still held, never one that has run out or a ring', () => {
    const held = (visitId: string, over: Partial<Booking>) =>
      aBooking({
        visitId,
        bookingState: 'HELD',
        holdExpiresAt: '2026-11-22T10:05:00.000Z',
        ...over,
      })
    const bookings = [
      held('kept', {}),
      held('gone', { holdExpiresAt: '2026-11-22T09:59:00.000Z' }),
      held('ring', { bookingMode: 'ON_DEMAND' }),
    ]
    expect(idsOf(arrange([], bookings, NOW).held)).toEqual(['kept'])
  })

  it('[BK-12] offers to book anew what the facility stopped, not what was given up', () => {
    const anew = { actions: ['REBOOK' as const] }
    const bookings = [
      aBooking({ visitId: 'suspended', bookingState: 'SUSPENDED', ...anew }),
      aBooking({
        visitId: 'staffing',
        bookingState: 'CANCELLED',
        reason: 'FACILITY_STAFFING',
        ...anew,
      }),
      aBooking({ visitId: 'own', bookingState: 'CANCELLED', reason: 'CHANGED_MIND', ...anew }),
      aBooking({ visitId: 'moved', bookingState: 'CANCELLED', reason: 'REBOOKED', ...anew }),
      aBooking({ visitId: 'done', bookingState: 'SUSPENDED' }),
    ]
    expect(idsOf(arrange([], bookings, NOW).stopped)).toEqual(['suspended', 'staffing'])
  })

  it('shows requests until their time has passed', () => {
    const requested = (visitId: string, endsAt: string) =>
      aBooking({ visitId, bookingState: 'REQUESTED', endsAt })
    const bookings = [
      requested('open', '2026-11-24T10:30:00.000Z'),
      requested('old', '2026-11-22T09:00:00.000Z'),
    ]
    expect(idsOf(arrange([], bookings, NOW).requested)).toEqual(['open'])
  })
})
