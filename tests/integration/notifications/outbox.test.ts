import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NoticeKind } from '@visavis/contract/http'
import { entriesOf } from '../rest/support/audit-log.ts'
import { NOBODY } from './support/mail-ends.ts'
import { aBookedVisit, aNoticeWorld } from './support/notice-world.ts'
import type { BookedPeople, NoticeWorld } from './support/notice-world.ts'

let world: NoticeWorld
beforeAll(async () => {
  world = await aNoticeWorld()
})
afterAll(() => world.close())

const tell = (visitId: string, kind: NoticeKind, dedupe = 'why') =>
  world.db.$transaction((tx) => world.notices.tellParties(tx, { visitId, kind, dedupe }))
const noticesOf = (visitId: string) =>
  world.db.notice.findMany({ where: { visitId }, orderBy: { noticeId: 'asc' } })
const mailsTo = async ({ visitId }: BookedPeople, address: string) =>
  (await world.messages()).filter(
    ({ to, attachments, text }) =>
      to === address && (text.includes(visitId) || attachments[0]?.text.includes(visitId)),
  )
/** Unfolded (RFC 5545, 3.1). */
const linesOf = (calendar: string | undefined) =>
  (calendar ?? '').replaceAll('\r\n ', '').split('\r\n')

describe('what is told', () => {
  it('is not, when the act that it is about is undone', async () => {
    const { visitId } = await aBookedVisit(world)
    const undone = world.db.$transaction(async (tx) => {
      await world.notices.tellParties(tx, { visitId, kind: 'BOOKING_CONFIRMED', dedupe: 'x' })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await noticesOf(visitId)).toEqual([])
    const jobs = await world.db.$queryRaw`SELECT 1 FROM pgboss.job`
    expect(jobs).toEqual([])
  })

  it('reaches visitors by mail and telephone and the inmate at the terminal, each once', async () => {
    const { visitId, olga, anna, inmate } = await aBookedVisit(world)
    await tell(visitId, 'BOOKING_CONFIRMED')
    await tell(visitId, 'BOOKING_CONFIRMED')
    const rows = await noticesOf(visitId)
    const told = rows.map(({ channel, visitorId, inmateId, state }) => ({
      ...{ channel, state },
      who: visitorId ?? inmateId,
    }))
    expect(told).toHaveLength(4)
    expect(told).toEqual(
      expect.arrayContaining([
        { channel: 'EMAIL', who: olga.visitorId, state: 'QUEUED' },
        { channel: 'EMAIL', who: anna.visitorId, state: 'QUEUED' },
        { channel: 'SMS', who: anna.visitorId, state: 'QUEUED' },
        { channel: 'TERMINAL', who: inmate.inmateId, state: 'SENT' },
      ]),
    )
  })

  it('for one reason about two visits is told twice', async () => {
    const [one, other] = [await aBookedVisit(world), await aBookedVisit(world)]
    for (const { visitId } of [one, other]) await tell(visitId, 'REBOOK_OFFER', 'transfer')
    expect(await noticesOf(one.visitId)).toHaveLength(4)
    expect(await noticesOf(other.visitId)).toHaveLength(4)
  })

  it('[BK-6] is in both times, with a calendar entry, and names nobody in the subject', async () => {
    const people = await aBookedVisit(world)
    await world.db.visit.update({ where: { visitId: people.visitId }, data: { version: 7 } })
    await tell(people.visitId, 'BOOKING_CONFIRMED')
    expect(await world.sendAll()).toBe(0)
    const [mail] = await mailsTo(people, 'olga@example.org')
    expect(mail?.subject).toBe('Your visit is booked')
    expect(mail?.text).toMatch(/GMT\+[12] your time, which is .*GMT\+7 at the facility/)
    expect(JSON.stringify(mail)).not.toMatch(/Testov|Anna/)
    expect(linesOf(mail?.attachments[0]?.text)).toEqual(
      expect.arrayContaining([
        'METHOD:REQUEST',
        `UID:visit-${people.visitId}@visavis`,
        'SEQUENCE:7',
        expect.stringMatching(/^DTSTART;TZID=Asia\/Krasnoyarsk:/),
      ]),
    )
    expect(await world.db.notice.count({ where: { visitId: people.visitId, state: 'SENT' } })).toBe(
      4,
    )
  })

  it('takes the calendar entry away with the same UID when the booking is cancelled', async () => {
    const people = await aBookedVisit(world)
    const data = { bookingState: 'CANCELLED' as const, version: 8 }
    await world.db.visit.update({ where: { visitId: people.visitId }, data })
    await tell(people.visitId, 'BOOKING_CANCELLED')
    await world.sendAll()
    const [mail] = await mailsTo(people, 'olga@example.org')
    expect(linesOf(mail?.attachments[0]?.text)).toEqual(
      expect.arrayContaining([
        'METHOD:CANCEL',
        'STATUS:CANCELLED',
        'SEQUENCE:8',
        `UID:visit-${people.visitId}@visavis`,
      ]),
    )
  })

  it('leaves once, however often its job runs', async () => {
    const people = await aBookedVisit(world)
    await tell(people.visitId, 'BOOKING_CONFIRMED')
    await world.sendAll()
    await world.sendAll()
    expect(await mailsTo(people, 'olga@example.org')).toHaveLength(1)
  })

  it('that opens something is forgotten once it is sent', async () => {
    await world.db.$transaction((tx) =>
      world.notices.queue(tx, {
        kind: 'REGISTRATION_LINK',
        to: { email: 'new@example.org', language: 'ru' },
        details: { token: 'very-secret-token' },
        dedupeKey: 'registration',
      }),
    )
    await world.sendAll()
    const [mail] = (await world.messages()).filter(({ to }) => to === 'new@example.org')
    expect(mail?.subject).toBe('Завершите регистрацию')
    expect(mail?.text).toContain('https://visits.example/register/confirm#token=very-secret-token')
    const row = await world.db.notice.findFirstOrThrow({ where: { address: 'new@example.org' } })
    expect(row).toMatchObject({ state: 'SENT', details: {} })
  })
})

describe('what is taken back', () => {
  it('[BK-13] is what the visit would have needed; that it is cancelled is still told', async () => {
    const people = await aBookedVisit(world)
    const { visitId } = people
    await tell(visitId, 'REMINDER_24H')
    await world.db.$transaction(async (tx) => {
      await world.notices.tellParties(tx, { visitId, kind: 'BOOKING_CANCELLED', dedupe: 'x' })
      await world.notices.cancelOf(tx, visitId)
    })
    await world.sendAll()
    const rows = await noticesOf(visitId)
    const statesOf = (kind: string) =>
      new Set(rows.filter((row) => row.kind === kind).map(({ state }) => state))
    expect(statesOf('REMINDER_24H')).toEqual(new Set(['CANCELLED']))
    expect(statesOf('BOOKING_CANCELLED')).toEqual(new Set(['SENT']))
    const mails = await mailsTo(people, 'olga@example.org')
    expect(mails.map(({ subject }) => subject)).toEqual(['Your visit is cancelled'])
  })

  it('is a reminder whose visit was moved in the meantime', async () => {
    const { visitId, startsAt } = await aBookedVisit(world)
    await tell(visitId, 'REMINDER_1H')
    const moved = new Date(startsAt.getTime() - 60_000)
    await world.db.visit.update({ where: { visitId }, data: { startsAt: moved } })
    await world.sendAll()
    const rows = await noticesOf(visitId)
    const sent = rows.filter(({ channel }) => channel !== 'TERMINAL').map(({ state }) => state)
    expect(new Set(sent)).toEqual(new Set(['CANCELLED']))
  })
})

describe('what does not arrive', () => {
  it('for good makes a task to call the visitor, and the others are told all the same', async () => {
    const people = await aBookedVisit(world)
    const { visitId, facilityId, olga } = people
    await world.db.visitor.update({
      where: { visitorId: olga.visitorId },
      data: { email: NOBODY },
    })
    await tell(visitId, 'BOOKING_CONFIRMED')
    expect(await world.sendAll()).toBe(0)
    const bounced = await world.db.notice.findMany({ where: { visitId, state: 'BOUNCED' } })
    expect(bounced).toMatchObject([{ visitorId: olga.visitorId, failure: 'FOLDER_ADDRESS' }])
    expect(await mailsTo(people, 'anna@example.org')).toHaveLength(1)
    const tasks = await world.db.task.findMany({ where: { facilityId, kind: 'NOTICE_BOUNCED' } })
    expect(tasks).toMatchObject([
      {
        suggestion: 'CALL_VISITOR',
        state: 'OPEN',
        visitId,
        visitorId: olga.visitorId,
        subjectId: bounced[0]?.noticeId,
      },
    ])
    const entries = await entriesOf(world.db, facilityId)
    expect(entries.map(({ action }) => action)).toEqual(['notice.bounce'])
    expect(JSON.stringify(entries)).not.toContain(NOBODY)
  })

  it('about no visit is a task of the facility that knows the visitor', async () => {
    const { facilityId, olga } = await aBookedVisit(world)
    const { visitorId } = olga
    await world.db.visitor.update({ where: { visitorId }, data: { email: NOBODY } })
    await world.db.$transaction((tx) =>
      world.notices.queue(tx, { kind: 'VISITOR_VERIFIED', to: { visitorId }, dedupeKey: 'v' }),
    )
    await world.sendAll()
    const tasks = await world.db.task.findMany({ where: { facilityId } })
    expect(tasks).toMatchObject([{ kind: 'NOTICE_BOUNCED', visitorId, visitId: null }])
  })

  it('now is tried again, and after three hours of trying given up with a task', async () => {
    const broken = await aNoticeWorld()
    try {
      const { visitId, facilityId, anna } = await aBookedVisit(broken)
      await writeFile(broken.mailDir, 'a file in the place of the folder')
      await broken.db.$transaction((tx) =>
        broken.notices.tellParties(tx, { visitId, kind: 'BOOKING_CONFIRMED', dedupe: 'x' }),
      )
      expect(await broken.sendAll()).toBe(1)
      const where = { visitId, channel: { not: 'TERMINAL' as const } }
      const once = await broken.db.notice.findMany({ where })
      expect(once.map(({ state, attempts }) => ({ state, attempts }))).toEqual(
        Array.from({ length: 3 }, () => ({ state: 'QUEUED', attempts: 1 })),
      )
      await broken.db.notice.updateMany({ where, data: { attempts: 19 } })
      expect(await broken.sendAll()).toBe(0)
      expect(await broken.db.notice.count({ where: { ...where, state: 'FAILED' } })).toBe(3)
      const tasks = await broken.db.task.findMany({ where: { facilityId } })
      expect(tasks.filter(({ visitorId }) => visitorId === anna.visitorId)).toHaveLength(2)
    } finally {
      await broken.close()
    }
  })
})
