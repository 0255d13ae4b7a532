import { BOOKING_MOVES, BOOKING_STATES } from '@visavis/contract/booking-lifecycle'
import { SESSION_STATES } from '@visavis/contract/session-lifecycle'
import type { GivenVisit } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookingWorld } from './booking-world.ts'

describe('how the database lets a booking move', () => {
  let test: TestDatabase
  let world: Awaited<ReturnType<typeof bookingWorld>>
  beforeAll(async () => {
    test = await createTestDatabase()
    world = await bookingWorld(test.db)
  })
  afterAll(() => test.drop())

  it('[BK-3] it moves as the contract’s table says, and no other way', async () => {
    for (const from of BOOKING_STATES) {
      const allowed: readonly string[] = Object.values(BOOKING_MOVES[from])
      for (const to of BOOKING_STATES.filter((state) => state !== from)) {
        const visitId = await world.stored({ bookingState: from })
        const holdExpiresAt = to === 'HELD' ? new Date() : null
        const answer = await world.change(visitId, { bookingState: to, holdExpiresAt })
        expect([from, to, answer.includes('booking_moves')]).toEqual([
          from,
          to,
          !allowed.includes(to),
        ])
      }
    }
  })

  const MEDIA_STATES = ['LIVE', 'PAUSED', 'RECONNECTING', 'MISSING_MONITOR', 'ENDED'] as const
  it.each(['CANCELLED', 'SUSPENDED'] as const)(
    '[BK-3] nothing is %s once its visit has media',
    async (to) => {
      const session = (data: Partial<GivenVisit['session']>) =>
        world.stored({ session: { ...data } })
      for (const state of SESSION_STATES) {
        const ended = { outcome: 'COMPLETED', endedAt: new Date() } as const
        const paused = { pauseReason: 'ADULT_MISSING' } as const
        const visitId = await session({
          state,
          ...(state === 'ENDED' ? ended : {}),
          ...(state === 'PAUSED' ? paused : {}),
        })
        const hasMedia = MEDIA_STATES.some((one) => one === state)
        const answer = await world.moveTo(visitId, to)
        expect([state, answer.includes('visit_with_media_stays')]).toEqual([state, hasMedia])
        if (hasMedia) expect(await world.moveTo(visitId, 'FULFILLED')).toBe('stored')
      }
      const delivered = await session({ state: 'LOBBY', deliveredMs: 1 })
      expect(await world.moveTo(delivered, to)).toContain('visit_with_media_stays')
    },
  )
})
