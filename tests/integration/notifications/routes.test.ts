import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RouteReply, noticeRoutes } from '@visavis/contract/http'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import { insertInmate, insertNotice, insertVisit } from '@visavis/prisma/seed'
import { until } from '../../support/until.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie, inmateCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

type Reply<Name extends keyof typeof noticeRoutes> = RouteReply<(typeof noticeRoutes)[Name]>

let world: RestWorld
let place: Place
let other: Place
let atTerminal: string

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  other = await aPlace(world)
  const { device, inmateId, terminalId, visitId } = place
  atTerminal = await inmateCookie(world, { device, inmateId, terminalId, visitId })
})
afterAll(() => world.close())

const get = async <Body>(url: string, cookie: string): Promise<Body> =>
  (await world.app.inject({ url, headers: { cookie } })).json<Body>()
const post = (url: string, cookie: string, key: string = crypto.randomUUID()) =>
  world.app.inject({ method: 'POST', url, headers: { cookie, 'idempotency-key': key } })
const staff = (of: Place = place) => accountCookie(world, of.accounts.scheduler)
const aTerminalNotice = (of: Place, more = {}) =>
  insertNotice(world.db, {
    ...{ kind: 'REMINDER_1H', channel: 'TERMINAL', state: 'SENT', inmateId: of.inmateId },
    visitId: of.visitId,
    dueAt: world.clock.now(),
    details: {
      readerZone: 'Asia/Krasnoyarsk',
      visit: {
        ...{ startsAt: '2026-12-01T12:00:00.000Z', endsAt: '2026-12-01T12:30:00.000Z' },
        ...{ sequence: 0, facility: 'North', facilityZone: 'Asia/Krasnoyarsk' },
        ...{ inmate: 'Dmitri', terminal: 'T1', place: 'HOME', centre: '', address: '' },
      },
    },
    ...more,
  })

describe('staff', () => {
  it('see who was told what about the visits of their facility only, page by page', async () => {
    const { visitId } = place
    const ids: string[] = []
    for (const state of ['SENT', 'BOUNCED', 'QUEUED'] as const) {
      const row = await insertNotice(world.db, { visitId, visitorId: place.visitorId, state })
      ids.unshift(row.noticeId)
    }
    await insertNotice(world.db, { visitId: other.visitId })
    const url = `/api/notices?visitId=${visitId}&limit=2`
    const cookie = await staff()
    const first = await get<Reply<'notices'>>(url, cookie)
    const second = await get<Reply<'notices'>>(`${url}&cursor=${first.nextCursor}`, cookie)
    expect([...first.items, ...second.items].map(({ noticeId }) => noticeId)).toEqual(ids)
    expect(second.nextCursor).toBeNull()
    expect(first.items[0]).toMatchObject({ state: 'QUEUED', toWhom: 'VISITOR', attempts: 0 })
    expect(JSON.stringify(first)).not.toContain('somebody@example.org')
    const bounced = await get<Reply<'notices'>>('/api/notices?state=BOUNCED', cookie)
    expect(bounced.items).toMatchObject([{ noticeId: ids[1] }])
    const theirs = await get<Reply<'notices'>>(url, await staff(other))
    expect(theirs.items).toEqual([])
  })

  it('get the movement list of a local day, by wing and hour', async () => {
    const here = await aPlace(world)
    const { facilityId, terminalId } = here
    await world.db.facility.update({
      where: { facilityId },
      data: {
        timeZone: 'Asia/Krasnoyarsk',
        policy: { ...DEFAULT_FACILITY_POLICY, usesEscorts: true },
      },
    })
    const visitOf = async (wing: string, startsAt: string) => {
      const { inmateId } = await insertInmate(world.db, { facilityId, wing })
      const given = { facilityId, terminalId, inmateId, visitorIds: [] }
      return (await insertVisit(world.db, { ...given, startsAt: new Date(startsAt) })).visit.visitId
    }
    // The third of March in Krasnoyarsk is from 17:00 UTC on the second.
    const late = await visitOf('B', '2027-03-03T16:00:00Z')
    const early = await visitOf('B', '2027-03-02T17:00:00Z')
    const first = await visitOf('A', '2027-03-03T09:00:00Z')
    await visitOf('A', '2027-03-03T17:00:00Z')
    await visitOf('A', '2027-03-02T16:00:00Z')
    const cookie = await accountCookie(world, here.accounts.officer)
    const list = await get<Reply<'movements'>>('/api/movements?date=2027-03-03', cookie)
    expect(list.movements.map(({ visitId }) => visitId)).toEqual([first, early, late])
    expect(list.movements[0]).toMatchObject({ wing: 'A', needsEscort: true })
    expect(list.facility).toMatchObject({ timeZone: 'Asia/Krasnoyarsk' })
    const wing = await get<Reply<'movements'>>('/api/movements?date=2027-03-03&wing=B', cookie)
    expect(wing.movements.map(({ visitId }) => visitId)).toEqual([early, late])
  })
})

describe('the inmate at the terminal', () => {
  it('is told what is due in words, and only what is meant for this inmate', async () => {
    const own = await aTerminalNotice(place)
    await aTerminalNotice(other)
    await aTerminalNotice(place, { state: 'CANCELLED' })
    await aTerminalNotice(place, { dueAt: new Date(world.clock.now().getTime() + 60_000) })
    const { notices } = await get<Reply<'terminalNotices'>>('/api/terminal/notices', atTerminal)
    expect(notices).toMatchObject([
      { noticeId: own.noticeId, title: 'A visit in an hour', isRead: false },
    ])
    expect(notices[0]?.body).toContain('Tuesday, 1 December 2026 at 19:00 GMT+7')
  })

  it('[BK-5] reads it once, and again is the same', async () => {
    const { noticeId } = await aTerminalNotice(place)
    const url = `/api/terminal/notices/${noticeId}/reading`
    const key = crypto.randomUUID()
    for (const answer of [await post(url, atTerminal, key), await post(url, atTerminal, key)]) {
      expect(answer.statusCode).toBe(200)
    }
    expect((await post(url, atTerminal)).statusCode).toBe(200)
    const row = await world.db.notice.findUniqueOrThrow({ where: { noticeId } })
    expect(row.state).toBe('READ')
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.filter(({ action }) => action === 'notice.read')).toMatchObject([
      { actor: { type: 'inmate', actorId: place.inmateId }, object: { objectId: noticeId } },
    ])
  })

  it('[EL-2] cannot read what is somebody else’s, or a mail', async () => {
    const theirs = await aTerminalNotice(other)
    const mail = await insertNotice(world.db, { inmateId: place.inmateId, state: 'SENT' })
    for (const { noticeId } of [theirs, mail]) {
      const answer = await post(`/api/terminal/notices/${noticeId}/reading`, atTerminal)
      expect(answer.json()).toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('acknowledges a visit once; staff see it in the list', async () => {
    const url = `/api/terminal/visits/${place.visitId}/acknowledgement`
    expect((await post(url, atTerminal)).statusCode).toBe(200)
    const { acknowledgedAt } = await acknowledgement(place.visitId)
    world.clock.advance(1000)
    expect((await post(url, atTerminal)).statusCode).toBe(200)
    expect(await acknowledgement(place.visitId)).toEqual({ acknowledgedAt })
    const timeZone = 'Asia/Krasnoyarsk'
    const date = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(await startOf(place.visitId))
    const list = await get<Reply<'movements'>>(`/api/movements?date=${date}`, await staff())
    const [seen] = list.movements.filter(({ visitId }) => visitId === place.visitId)
    expect(seen?.acknowledgedAt).toBe(acknowledgedAt?.toISOString())
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.filter(({ action }) => action === 'visit.acknowledge')).toHaveLength(1)
  })

  it('cannot acknowledge somebody else’s visit, or one that does not take place', async () => {
    const theirs = `/api/terminal/visits/${other.visitId}/acknowledgement`
    expect((await post(theirs, atTerminal)).json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    const { facilityId, terminalId, inmateId } = place
    const given = { facilityId, terminalId, inmateId, visitorIds: [] }
    const startsAt = new Date('2027-01-01T00:00:00Z')
    const { visit } = await insertVisit(world.db, { ...given, startsAt, bookingState: 'CANCELLED' })
    const url = `/api/terminal/visits/${visit.visitId}/acknowledgement`
    expect((await post(url, atTerminal)).json()).toMatchObject({ code: 'BOOKING_WRONG_STATE' })
  })

  const startOf = async (visitId: string): Promise<Date> =>
    (await world.db.visit.findUniqueOrThrow({ where: { visitId } })).startsAt
  const acknowledgement = (visitId: string) =>
    world.db.visit.findUniqueOrThrow({ where: { visitId }, select: { acknowledgedAt: true } })
})

describe('the mail folder', () => {
  it('shows what a server has sent, and is nowhere in production or beside a mail server', async () => {
    await world.another({}, { jobs: 'run' })
    const { noticeId } = await insertNotice(world.db, { visitId: place.visitId })
    await world.db.$executeRaw`
      INSERT INTO pgboss.job_common (name, data, policy, singleton_key)
      VALUES ('notice.send', ${JSON.stringify({ noticeIds: [noticeId] })}::jsonb, 'short', 'test')`
    const shown = async () => {
      const { messages } = await get<Reply<'mailFolder'>>('/api/development/mail', '')
      return messages.find(({ messageId }) => messageId === noticeId) ?? null
    }
    expect(await until(shown, 'the mail')).toMatchObject({ to: 'somebody@example.org' })
    const from = 'no-reply@visits.example'
    for (const changes of [
      { isProduction: true },
      { mail: { kind: 'smtp' as const, url: 'smtp://127.0.0.1:1', from } },
    ]) {
      const app = await world.another(changes)
      const answer = await app.inject({ url: '/api/development/mail' })
      expect(answer.json()).toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})
