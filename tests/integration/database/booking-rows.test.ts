import {
  BOOKING_MOVES,
  BOOKING_STATES,
  type BookingState,
  isLiveBooking,
} from '@visavis/contract/booking-lifecycle'
import { SESSION_STATES } from '@visavis/contract/session-lifecycle'
import type { Database, Prisma } from '@visavis/prisma'
import {
  aVisit,
  type GivenVisit,
  insertFacility,
  insertInmate,
  insertSlot,
  insertSmallWorld,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

const HOUR_MS = 3_600_000

describe('what the database holds true of a booking', () => {
  let test: TestDatabase
  let db: Database
  let facility: { facilityId: string; estateId: string; operatorId: string }
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    facility = (await insertSmallWorld(db)).facility
  })
  afterAll(() => test.drop())

  /** An inmate and terminal of their own, so that only what is tested can refuse. */
  const given = async (): Promise<GivenVisit> => {
    const { facilityId } = facility
    const { inmateId } = await insertInmate(db, { facilityId })
    const { terminalId } = await insertTerminal(db, { facilityId })
    return { facilityId, inmateId, terminalId, visitorIds: [] }
  }
  const store = async (more: Partial<GivenVisit>) => {
    const { visit } = aVisit({ ...(await given()), ...more })
    return answerTo(db.visit.create({ data: visit }))
  }
  const stored = async (more: Partial<GivenVisit> = {}) =>
    (await insertVisit(db, { ...(await given()), ...more })).visit.visitId
  const change = (visitId: string, data: Prisma.VisitUncheckedUpdateInput) =>
    answerTo(db.visit.update({ where: { visitId }, data }))
  const moveTo = (visitId: string, bookingState: BookingState) =>
    change(visitId, { bookingState, holdExpiresAt: null })
  const newSlot = (more: Partial<Parameters<typeof insertSlot>[1]> = {}) =>
    insertSlot(db, { facilityId: facility.facilityId, ...more })
  const inSlot = ({ slotId, startsAt, endsAt }: Awaited<ReturnType<typeof newSlot>>) =>
    ({ slotId, slotPlace: 1, startsAt, endsAt }) as const

  it('[BK-2] it has an end of its hold exactly while it is held', async () => {
    const holdExpiresAt = new Date()
    expect(await store({ bookingState: 'HELD' })).toBe('stored')
    expect(await store({ bookingState: 'CONFIRMED', holdExpiresAt })).toContain(
      'visit_hold_expires',
    )
    const visitId = await stored({ bookingState: 'HELD' })
    expect(await change(visitId, { holdExpiresAt: null })).toContain('visit_hold_expires')
    expect(await change(visitId, { bookingState: 'CONFIRMED' })).toContain('visit_hold_expires')
  })

  it('[BK-1] it is busy at least until its end; neither takes too long', async () => {
    const startsAt = new Date()
    const at = (hours: number) => new Date(startsAt.getTime() + hours * HOUR_MS)
    const tooSoon = await store({ startsAt, endsAt: at(1), busyUntil: at(0.9) })
    expect(tooSoon).toContain('visit_busy_until_end')
    expect(await store({ startsAt, endsAt: at(4.1) })).toContain('visit_is_not_too_long')
    const turnaround = await store({ startsAt, endsAt: at(1), busyUntil: at(3.1) })
    expect(turnaround).toContain('visit_turnaround_is_not_too_long')
    expect(await store({ startsAt, endsAt: at(4), busyUntil: at(6) })).toBe('stored')
  })

  it('[BK-1] a slot and a place in it go together', async () => {
    const place = inSlot(await newSlot())
    expect(await store({ ...place, slotPlace: null })).toContain('visit_place_of_slot')
    expect(await store({ slotPlace: 1 })).toContain('visit_place_of_slot')
    expect(await store({ ...place, slotPlace: 0 })).toContain('visit_slot_place_is_positive')
    expect(await store(place)).toBe('stored')
  })

  it('[BK-1] a place of a slot is taken once, until its booking no longer lives', async () => {
    const place = inSlot(await newSlot())
    for (const bookingState of BOOKING_STATES.filter(isLiveBooking)) {
      const visitId = await stored({ ...place, bookingState })
      expect(await store(place)).toMatch(/Unique constraint.*slot_id.*slot_place/s)
      const next = Object.values(BOOKING_MOVES[bookingState]).find((state) => !isLiveBooking(state))
      expect(await moveTo(visitId, next ?? 'HELD')).toBe('stored')
    }
    expect(await store(place)).toBe('stored')
  })

  it('[BK-1] a slot has no more places than its capacity', async () => {
    const place = inSlot(await newSlot({ capacity: 2 }))
    expect(await store({ ...place, slotPlace: 3 })).toContain('visit_fits_its_capacity')
    const visitId = await stored({ ...place, slotPlace: 2 })
    expect(await change(visitId, { slotPlace: 3 })).toContain('visit_fits_its_capacity')
    expect(await change(visitId, { slotPlace: 1 })).toBe('stored')
  })

  it('[BK-7] a visit in a slot has the slot’s facility, class and time', async () => {
    const slot = await newSlot()
    const { estateId, operatorId } = facility
    const elsewhere = await insertFacility(db, { estateId, operatorId })
    const others = [
      await newSlot({ facilityId: elsewhere.facilityId }),
      await newSlot({ visitClass: 'official' }),
      await newSlot({ startsAt: new Date(slot.startsAt.getTime() + HOUR_MS) }),
    ]
    for (const { slotId } of others) {
      expect(await store({ ...inSlot(slot), slotId })).toContain('visit_fits_its_slot')
    }
    const visitId = await stored(inSlot(slot))
    const slotId = others[2]?.slotId ?? ''
    expect(await change(visitId, { slotId })).toContain('visit_fits_its_slot')
  })

  it('[BK-7] the slot of a visit keeps its time and class, whatever became of the visit', async () => {
    const slot = await newSlot()
    const endsAt = new Date(slot.endsAt.getTime() + HOUR_MS)
    const changeSlot = (data: Prisma.SlotUncheckedUpdateInput) =>
      answerTo(db.slot.update({ where: { slotId: slot.slotId }, data }))
    expect(await changeSlot({ endsAt })).toBe('stored')
    await stored({ ...inSlot(slot), endsAt, bookingState: 'CANCELLED' })
    expect(await changeSlot({ endsAt: slot.endsAt })).toContain('slot_is_final')
    expect(await changeSlot({ visitClass: 'privileged' })).toContain('slot_is_final')
    expect(await changeSlot({ capacity: 0, closedAt: new Date() })).toBe('stored')
  })

  it('[BK-7] a slot does not move under a visit that is just being stored', async () => {
    const slot = await newSlot()
    const endsAt = new Date(slot.endsAt.getTime() + HOUR_MS)
    const data = aVisit({ ...(await given()), ...inSlot(slot) }).visit
    const move = { where: { slotId: slot.slotId }, data: { endsAt } }
    let moving: Promise<string> | undefined
    await db.$transaction(async (tx) => {
      await tx.visit.create({ data })
      moving = answerTo(db.slot.update(move))
      await waitingForLock()
    })
    expect(await moving).toContain('slot_is_final')
  })
  const waitingForLock = async (): Promise<void> => {
    const waiting = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    if (waiting.length === 0) await waitingForLock()
  }

  it('[BK-3] it moves as the contract’s table says, and no other way', async () => {
    for (const from of BOOKING_STATES) {
      const allowed: readonly string[] = Object.values(BOOKING_MOVES[from])
      for (const to of BOOKING_STATES.filter((state) => state !== from)) {
        const visitId = await stored({ bookingState: from })
        const holdExpiresAt = to === 'HELD' ? new Date() : null
        const answer = await change(visitId, { bookingState: to, holdExpiresAt })
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
      const session = (data: Partial<GivenVisit['session']>) => stored({ session: { ...data } })
      for (const state of SESSION_STATES) {
        const ended = { outcome: 'COMPLETED', endedAt: new Date() } as const
        const visitId = await session({ state, ...(state === 'ENDED' ? ended : {}) })
        const hasMedia = MEDIA_STATES.some((one) => one === state)
        const answer = await moveTo(visitId, to)
        expect([state, answer.includes('visit_with_media_stays')]).toEqual([state, hasMedia])
        if (hasMedia) expect(await moveTo(visitId, 'FULFILLED')).toBe('stored')
      }
      const delivered = await session({ state: 'LOBBY', deliveredMs: 1 })
      expect(await moveTo(delivered, to)).toContain('visit_with_media_stays')
    },
  )
})
