import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aBookedVisit, aNoticeWorld } from './support/notice-world.ts'
import type { NoticeWorld } from './support/notice-world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
let world: NoticeWorld

beforeEach(async () => {
  world = await aNoticeWorld()
})
afterEach(() => world.close())

const minute = () => world.jobs.runNow('reminders.queue')
/** Kinds of what is at the inmate's terminal: one for each reminder that was queued. */
async function reminded(visitId: string): Promise<string[]> {
  const rows = await world.db.notice.findMany({
    where: { visitId, channel: 'TERMINAL' },
    orderBy: { noticeId: 'asc' },
  })
  return rows.map(({ kind }) => kind)
}

describe('reminders', () => {
  it('are told 24 hours, one hour and ten minutes before, each once, to everybody', async () => {
    const { visitId } = await aBookedVisit(world, 25 * HOUR_MS)
    await minute()
    expect(await reminded(visitId)).toEqual([])
    for (const passing of [HOUR_MS, 0, 23 * HOUR_MS, MINUTE_MS, 49 * MINUTE_MS, MINUTE_MS]) {
      world.clock.advance(passing)
      await minute()
    }
    expect(await reminded(visitId)).toEqual(['REMINDER_24H', 'REMINDER_1H', 'REMINDER_10M'])
    expect(await world.db.notice.count({ where: { visitId, channel: 'EMAIL' } })).toBe(6)
    expect(await world.db.notice.count({ where: { visitId, channel: 'SMS' } })).toBe(3)
    await world.sendAll()
    const states = await world.db.notice.groupBy({
      by: ['kind', 'state'],
      where: { visitId, channel: 'EMAIL' },
      orderBy: { kind: 'asc' },
    })
    expect(states).toMatchObject([
      { kind: 'REMINDER_10M', state: 'SENT' },
      { kind: 'REMINDER_1H', state: 'SENT' },
      { kind: 'REMINDER_24H', state: 'SENT' },
    ])
  })

  it('come late after an outage of ours, but not when they help nobody any more', async () => {
    const late = await aBookedVisit(world, 23.5 * HOUR_MS)
    const tooLate = await aBookedVisit(world, 22 * HOUR_MS)
    await minute()
    expect(await reminded(late.visitId)).toEqual(['REMINDER_24H'])
    expect(await reminded(tooLate.visitId)).toEqual([])
  })

  it('are not told to people who have just booked, nor of a visit that does not stand', async () => {
    const fresh = await aBookedVisit(world, 23.5 * HOUR_MS)
    const data = { confirmedAt: world.clock.now() }
    await world.db.visit.update({ where: { visitId: fresh.visitId }, data })
    const cancelled = await aBookedVisit(world, 23.5 * HOUR_MS)
    await world.db.visit.update({
      where: { visitId: cancelled.visitId },
      data: { bookingState: 'CANCELLED' },
    })
    await minute()
    expect(await reminded(fresh.visitId)).toEqual([])
    expect(await reminded(cancelled.visitId)).toEqual([])
  })

  it('[BK-13] of a visit that was moved are told anew, and the old ones no more', async () => {
    const { visitId, startsAt } = await aBookedVisit(world, 24 * HOUR_MS)
    await minute()
    const moved = new Date(startsAt.getTime() + 48 * HOUR_MS)
    const end = new Date(moved.getTime() + 30 * MINUTE_MS)
    const data = { startsAt: moved, endsAt: end, busyUntil: end }
    await world.db.visit.update({ where: { visitId }, data })
    await world.sendAll()
    world.clock.advance(48 * HOUR_MS)
    await minute()
    await world.sendAll()
    const mails = await world.db.notice.findMany({
      where: { visitId, channel: 'EMAIL', address: 'olga@example.org' },
      orderBy: { noticeId: 'asc' },
    })
    expect(mails.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'REMINDER_24H CANCELLED',
      'REMINDER_24H SENT',
    ])
  })
})
