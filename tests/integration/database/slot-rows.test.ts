import type { Database, Prisma } from '@visavis/prisma'
import { aVisit, insertFacility } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookingWorld, inSlot } from './booking-world.ts'
import { answerTo } from './refused.ts'

const HOUR_MS = 3_600_000

describe('what the database holds true of a slot and the visits in it', () => {
  let test: TestDatabase
  let db: Database
  let world: Awaited<ReturnType<typeof bookingWorld>>
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    world = await bookingWorld(db)
  })
  afterAll(() => test.drop())

  it('[BK-1] a slot has no more places than its capacity', async () => {
    const place = inSlot(await world.newSlot({ capacity: 2 }))
    expect(await world.store({ ...place, slotPlace: 3 })).toContain('visit_fits_its_capacity')
    const visitId = await world.stored({ ...place, slotPlace: 2 })
    expect(await world.change(visitId, { slotPlace: 3 })).toContain('visit_fits_its_capacity')
    expect(await world.change(visitId, { slotPlace: 1 })).toBe('stored')
  })

  it('[BK-7] a visit in a slot has the slot’s facility, class and time', async () => {
    const slot = await world.newSlot()
    const { estateId, operatorId } = world.facility
    const elsewhere = await insertFacility(db, { estateId, operatorId })
    const others = [
      await world.newSlot({ facilityId: elsewhere.facilityId }),
      await world.newSlot({ visitClass: 'official' }),
      await world.newSlot({ startsAt: new Date(slot.startsAt.getTime() + HOUR_MS) }),
    ]
    for (const { slotId } of others) {
      expect(await world.store({ ...inSlot(slot), slotId })).toContain('visit_fits_its_slot')
    }
    const visitId = await world.stored(inSlot(slot))
    const slotId = others[2]?.slotId ?? ''
    expect(await world.change(visitId, { slotId })).toContain('visit_fits_its_slot')
  })

  it('[BK-7] the slot of a visit keeps its time and class, whatever became of the visit', async () => {
    const slot = await world.newSlot()
    const endsAt = new Date(slot.endsAt.getTime() + HOUR_MS)
    const changeSlot = (data: Prisma.SlotUncheckedUpdateInput) =>
      answerTo(db.slot.update({ where: { slotId: slot.slotId }, data }))
    expect(await changeSlot({ endsAt })).toBe('stored')
    await world.stored({ ...inSlot(slot), endsAt, bookingState: 'CANCELLED' })
    expect(await changeSlot({ endsAt: slot.endsAt })).toContain('slot_is_final')
    expect(await changeSlot({ visitClass: 'privileged' })).toContain('slot_is_final')
    expect(await changeSlot({ capacity: 0, closedAt: new Date() })).toBe('stored')
  })

  it('[BK-7] a slot does not move under a visit that is just being stored', async () => {
    const slot = await world.newSlot()
    const endsAt = new Date(slot.endsAt.getTime() + HOUR_MS)
    const data = aVisit({ ...(await world.given()), ...inSlot(slot) }).visit
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
})
