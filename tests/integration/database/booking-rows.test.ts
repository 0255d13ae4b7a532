import { BOOKING_MOVES, BOOKING_STATES, isLiveBooking } from '@visavis/contract/booking-lifecycle'
import type { Database } from '@visavis/prisma'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookingWorld, inSlot } from './booking-world.ts'

const HOUR_MS = 3_600_000

describe('what the database holds true of a booking', () => {
  let test: TestDatabase
  let db: Database
  let world: Awaited<ReturnType<typeof bookingWorld>>
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    world = await bookingWorld(db)
  })
  afterAll(() => test.drop())

  it('[BK-2] it has an end of its hold exactly while it is held', async () => {
    const holdExpiresAt = new Date()
    expect(await world.store({ bookingState: 'HELD' })).toBe('stored')
    expect(await world.store({ bookingState: 'CONFIRMED', holdExpiresAt })).toContain(
      'visit_hold_expires',
    )
    const visitId = await world.stored({ bookingState: 'HELD' })
    expect(await world.change(visitId, { holdExpiresAt: null })).toContain('visit_hold_expires')
    expect(await world.change(visitId, { bookingState: 'CONFIRMED' })).toContain(
      'visit_hold_expires',
    )
  })

  it('[BK-1] it is busy at least until its end; neither takes too long', async () => {
    const startsAt = new Date()
    const at = (hours: number) => new Date(startsAt.getTime() + hours * HOUR_MS)
    const tooSoon = await world.store({ startsAt, endsAt: at(1), busyUntil: at(0.9) })
    expect(tooSoon).toContain('visit_busy_until_end')
    expect(await world.store({ startsAt, endsAt: at(4.1) })).toContain('visit_is_not_too_long')
    const turnaround = await world.store({ startsAt, endsAt: at(1), busyUntil: at(3.1) })
    expect(turnaround).toContain('visit_turnaround_is_not_too_long')
    expect(await world.store({ startsAt, endsAt: at(4), busyUntil: at(6) })).toBe('stored')
  })

  it('[BK-1] a slot and a place in it go together', async () => {
    const place = inSlot(await world.newSlot())
    expect(await world.store({ ...place, slotPlace: null })).toContain('visit_place_of_slot')
    expect(await world.store({ slotPlace: 1 })).toContain('visit_place_of_slot')
    expect(await world.store({ ...place, slotPlace: 0 })).toContain('visit_slot_place_is_positive')
    expect(await world.store(place)).toBe('stored')
  })

  it('[BK-1] a place of a slot is taken once, until its booking no longer lives', async () => {
    const place = inSlot(await world.newSlot())
    for (const bookingState of BOOKING_STATES.filter(isLiveBooking)) {
      const visitId = await world.stored({ ...place, bookingState })
      expect(await world.store(place)).toContain('visit_slot_place_once')
      const next = Object.values(BOOKING_MOVES[bookingState]).find((state) => !isLiveBooking(state))
      expect(await world.moveTo(visitId, next ?? 'HELD')).toBe('stored')
    }
    expect(await world.store(place)).toBe('stored')
  })
})
