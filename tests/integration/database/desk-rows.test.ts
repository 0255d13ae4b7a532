import { type Database, newId, type Prisma } from '@visavis/prisma'
import {
  aNotice,
  aTask,
  aWaitingEntry,
  insertSlot,
  insertSmallWorld,
  insertVisit,
  insertWaitingEntry,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

describe('what the database holds true of waiting lines, tasks, notices and codes', () => {
  let test: TestDatabase
  let db: Database
  let world: Awaited<ReturnType<typeof insertSmallWorld>>
  let facilityId: string
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    world = await insertSmallWorld(db)
    facilityId = world.facility.facilityId
  })
  afterAll(() => test.drop())

  const someone = async () => ({
    slotId: (await insertSlot(db, { facilityId })).slotId,
    inmateId: world.inmate.inmateId,
    accountId: world.visitorAccount.accountId,
  })

  it('[BK-10] an offer is a hold that ends', async () => {
    const who = await someone()
    const store = (data: Partial<Prisma.WaitingEntryUncheckedCreateInput>) => {
      const row = aWaitingEntry({ ...who, state: 'OFFERED', ...data })
      return answerTo(db.waitingEntry.create({ data: row }))
    }
    const [offeredVisitId, offerExpiresAt] = [newId(), new Date()]
    expect(await store({ offeredVisitId })).toContain('waiting_entry_offer_is_a_hold')
    expect(await store({ offerExpiresAt })).toContain('waiting_entry_offer_is_a_hold')
    expect(await store({ offeredVisitId, offerExpiresAt })).toBe('stored')
  })

  it('[BK-10] nobody stands in a line twice, and the line has an order', async () => {
    const who = await someone()
    const first = await insertWaitingEntry(db, who)
    expect(await answerTo(insertWaitingEntry(db, who))).toContain('Unique constraint')
    const second = await insertWaitingEntry(db, { ...who, accountId: newId() })
    expect(second.number).toBeGreaterThan(first.number)
    const { waitingId } = first
    await db.waitingEntry.update({ where: { waitingId }, data: { state: 'LAPSED' } })
    expect((await insertWaitingEntry(db, who)).number).toBeGreaterThan(second.number)
  })

  it('a task that is done was done at some time', async () => {
    const store = (data: Partial<Prisma.TaskUncheckedCreateInput>) =>
      answerTo(db.task.create({ data: aTask({ facilityId, ...data }) }))
    for (const state of ['DONE', 'DISMISSED'] as const) {
      expect(await store({ state })).toContain('task_done_has_time')
      expect(await store({ state, doneAt: new Date() })).toBe('stored')
    }
    expect(await store({ doneAt: new Date() })).toContain('task_done_has_time')
  })

  it('a notice has an address except at a terminal, and the same is told once', async () => {
    const store = (data: Partial<Prisma.NoticeUncheckedCreateInput>) =>
      answerTo(db.notice.create({ data: aNotice(data) }))
    for (const channel of ['EMAIL', 'SMS'] as const) {
      expect(await store({ channel, address: null })).toContain('notice_has_address')
    }
    expect(await store({ channel: 'TERMINAL' })).toBe('stored')
    expect(await store({ dedupeKey: 'same' })).toBe('stored')
    expect(await store({ dedupeKey: 'same' })).toContain('Unique constraint')
    expect(await store({ attempts: -1 })).toContain('notice_attempts_not_negative')
  })

  it('[BK-5] an answer is kept once for each key of a person, with the hash of what was asked', async () => {
    const actorId = newId()
    const store = (bodyHash: string) =>
      answerTo(
        db.idempotencyKey.create({
          data: { actorId, key: 'k', bodyHash, reply: {}, createdAt: new Date() },
        }),
      )
    expect(await store('{"body":1}')).toContain('idempotency_key_body_is_hashed')
    expect(await store('a'.repeat(64))).toBe('stored')
    expect(await store('b'.repeat(64))).toContain('Unique constraint')
  })

  it('a room’s code is kept as a hash only', async () => {
    const { inmate, terminal, visitor } = world
    const room = await insertRoom()
    const { visit } = await insertVisit(db, {
      facilityId,
      inmateId: inmate.inmateId,
      terminalId: terminal.terminalId,
      visitorIds: [visitor.visitorId],
      linkCentreRoomId: room,
    })
    const store = (codeHash: string) =>
      answerTo(
        db.roomCode.create({
          data: {
            roomCodeId: newId(),
            linkCentreRoomId: room,
            visitId: visit.visitId,
            codeHash,
            expiresAt: new Date(),
            createdBy: newId(),
          },
        }),
      )
    expect(await store('1234-5678')).toContain('room_code_is_hashed')
    expect(await store('a'.repeat(64))).toBe('stored')
  })

  const insertRoom = async () => {
    const { estateId } = world.facility
    const place = { name: 'Centre', timeZone: 'Europe/Moscow', address: '1 Example Street' }
    const { linkCentreId } = await db.linkCentre.create({
      data: { linkCentreId: newId(), estateId, ...place },
    })
    const room = { linkCentreRoomId: newId(), linkCentreId, name: 'Room' }
    return (await db.linkCentreRoom.create({ data: room })).linkCentreRoomId
  }
})
