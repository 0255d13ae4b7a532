import { type Database, newId, type Prisma } from '@visavis/prisma'
import {
  insertFacility,
  insertInmate,
  insertSmallWorld,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

describe('what the database holds true of a visit', () => {
  let test: TestDatabase
  let db: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
  })
  afterAll(() => test.drop())

  const newWorld = async () => {
    const world = await insertSmallWorld(db)
    const { facilityId } = world.facility
    const given = {
      facilityId,
      inmateId: world.inmate.inmateId,
      terminalId: world.terminal.terminalId,
      visitorIds: [world.visitor.visitorId],
    }
    return { ...world, facilityId, given }
  }
  const newVisit = async () => insertVisit(db, (await newWorld()).given)
  const changeSession = (visitId: string, data: Prisma.VisitSessionUpdateInput) =>
    answerTo(db.visitSession.update({ where: { visitId }, data }))
  const ENDED = { state: 'ENDED', outcome: 'COMPLETED', endedAt: new Date() } as const

  it('[LV-7] its outcome is set at its end, once', async () => {
    const { visitId } = (await newVisit()).visit
    const { endedAt } = ENDED
    expect(await changeSession(visitId, { state: 'ENDED', endedAt })).toContain('ended_has_outcome')
    expect(await changeSession(visitId, { outcome: 'COMPLETED' })).toContain('ended_has_outcome')
    expect(await changeSession(visitId, ENDED)).toBe('stored')
    expect(await changeSession(visitId, { outcome: 'VISITOR_EARLY' })).toContain('end_is_final')
    expect(await changeSession(visitId, { state: 'LIVE', outcome: null, endedAt: null })).toContain(
      'end_is_final',
    )
  })

  it('[LV-7] staff who end it say why', async () => {
    const { visitId } = (await newVisit()).visit
    const terminated = { ...ENDED, outcome: 'STAFF_TERMINATED' } as const
    expect(await changeSession(visitId, terminated)).toContain('staff_give_reason')
    expect(await changeSession(visitId, { ...terminated, endReason: 'drill' })).toBe('stored')
  })

  it('[LV-5] version, epoch and delivered time never run backwards', async () => {
    const { visitId } = (await newVisit()).visit
    expect(await changeSession(visitId, { version: 3, epoch: 2, deliveredMs: 9000 })).toBe('stored')
    for (const back of [{ version: 2 }, { epoch: 1 }, { deliveredMs: 8999 }]) {
      expect(await changeSession(visitId, back)).toContain('visit_session_runs_forwards')
    }
  })

  it('[LV-3] nobody is in it who was not admitted, and a refusal has its reason', async () => {
    const seatId = (await newVisit()).seats[0]?.seatId ?? ''
    const change = (data: Prisma.SeatUpdateInput) =>
      answerTo(db.seat.update({ where: { seatId }, data }))
    expect(await change({ state: 'IN' })).toContain('seat_in_was_admitted')
    expect(await change({ state: 'REFUSED' })).toContain('seat_refusal_has_reason')
    expect(await change({ state: 'IN', admittedAt: new Date() })).toBe('stored')
  })

  it('its inmate and terminal are of its facility', async () => {
    const { given, facility } = await newWorld()
    const { estateId, operatorId } = facility
    const { facilityId } = await insertFacility(db, { estateId, operatorId })
    const [inmate, terminal] = [
      await insertInmate(db, { facilityId }),
      await insertTerminal(db, { facilityId }),
    ]
    const elsewhere = [{ inmateId: inmate.inmateId }, { terminalId: terminal.terminalId }]
    for (const other of elsewhere) {
      const visit = insertVisit(db, { ...given, ...other })
      expect(await answerTo(visit)).toContain('visit_within_one_facility')
    }
  })

  it('[BK-13] it stays what it was when its inmate is transferred later', async () => {
    const { given, facility } = await newWorld()
    const { visit } = await insertVisit(db, given)
    const { estateId, operatorId } = facility
    const { facilityId } = await insertFacility(db, { estateId, operatorId })
    await db.inmate.update({ where: { inmateId: given.inmateId }, data: { facilityId } })
    const { visitId } = visit
    const update = db.visit.update({ where: { visitId }, data: { bookingState: 'FULFILLED' } })
    expect((await update).facilityId).toBe(facility.facilityId)
  })

  it('its seats are for people of their side, and the inmate in one is its own', async () => {
    const { visit, seats } = await newVisit()
    const stranger = await insertInmate(db, { facilityId: visit.facilityId })
    const seat = (data: Omit<Prisma.SeatUncheckedCreateInput, 'seatId' | 'visitId'>) =>
      answerTo(db.seat.create({ data: { seatId: newId(), visitId: visit.visitId, ...data } }))
    const { inmateId } = stranger
    expect(await seat({ party: 'INMATE', inmateId })).toContain('seat_inmate_of_visit')
    expect(await seat({ party: 'VISITOR', inmateId })).toContain('seat_person_of_party')
    const visitorId = seats.find(({ party }) => party === 'VISITOR')?.visitorId ?? null
    expect(await seat({ party: 'VISITOR', visitorId })).toContain('Unique constraint')
  })

  it('it ends after it starts, and uses a room only at a link centre', async () => {
    const { given } = await newWorld()
    const startsAt = new Date()
    const visit = (more: object) => answerTo(insertVisit(db, { ...given, ...more }))
    expect(await visit({ startsAt, endsAt: startsAt })).toContain('visit_ends_after_start')
    expect(await visit({ place: 'LINK_CENTRE' })).toContain('visit_room_at_link_centre_only')
  })
})
