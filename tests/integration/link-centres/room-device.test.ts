import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertVisit } from '@visavis/prisma/seed'
import { sharedLinks } from '../../../server/src/modules/visits/seat-link.ts'
import { settle } from '../../../server/src/modules/visits/settle-rules.ts'
import { createVisitsRepo } from '../../../server/src/modules/visits/visits.repo.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie, cookieOf, setCookie } from '../rest/support/callers.ts'
import { MINUTE_MS, aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { A_CHILDS_BIRTH_DATE, aRoomCode, aRoomVisit, deskOf } from '../rest/support/room-visit.ts'
import type { RoomVisitor } from '../rest/support/room-visit.ts'

let world: RestWorld
let place: Place
let desk: ReturnType<typeof deskOf>

beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
  desk = deskOf(world, place)
})
afterAll(() => world.close())

const child: RoomVisitor = { birthDate: A_CHILDS_BIRTH_DATE, hasAccount: false }
const get = (url: string, cookie: string) => desk.ask(url, undefined, cookie)
const refused = (answer: LightMyRequestResponse) =>
  answer.json<{ code: string; liftsAt?: string; fields?: { field: string; cure: string }[] }>()

describe('a room’s code', () => {
  const issued = async (visitors: RoomVisitor[], seen: number[]) => {
    const { visitId, seatIds } = await aRoomVisit(world, place, { visitors })
    for (const index of seen) await desk.checkIn(visitId, seatIds[index] ?? '')
    return refused(await desk.issueCode(visitId))
  }

  it('[EL-6] is given once every adult is checked in and one is verified', async () => {
    const early = await issued([{}, {}, child], [0, 2])
    expect(early).toMatchObject({ code: 'VISIT_NOT_JOINABLE', fields: [{ field: 'checkIns' }] })
    const unknown = await issued([{ isVerified: false }], [0])
    expect(unknown).toMatchObject({ fields: [{ field: 'visitors' }] })
    const unsigned = await issued([{ hasAccount: false }], [0])
    expect(unsigned.fields?.[0]?.cure).toContain('account')
    const good = await issued([{}, { isVerified: false, hasAccount: false }, child], [0, 1])
    expect(good.code).toMatch(/^[\w]{5}-[\w]{5}$/)
  })

  it('is given from half an hour before the visit until its end', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place, { startsInMs: 31 * MINUTE_MS })
    await desk.checkIn(visitId, seatIds[0] ?? '')
    const liftsAt = new Date(world.clock.now().getTime() + MINUTE_MS).toISOString()
    const early = refused(await desk.issueCode(visitId))
    expect(early).toMatchObject({ code: 'VISIT_NOT_JOINABLE', liftsAt })
    world.clock.advance(MINUTE_MS)
    expect((await desk.issueCode(visitId)).statusCode).toBe(200)
    world.clock.advance(60 * MINUTE_MS)
    expect(refused(await desk.issueCode(visitId)).code).toBe('VISIT_NOT_JOINABLE')
  })

  it('[TR-3] is not given to another centre’s host', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place)
    await desk.checkIn(visitId, seatIds[0] ?? '')
    const stranger = await accountCookie(world, (await aPlace(world)).accounts.host)
    expect(refused(await desk.issueCode(visitId, stranger)).code).toBe('VISIT_NOT_FOUND')
    expect(refused(await desk.issueCode(place.visitId)).code).toBe('VISIT_NOT_FOUND')
  })

  it('works once, as a person would type it, and is nowhere stored', async () => {
    const visit = await aRoomVisit(world, place)
    const code = await aRoomCode(world, place, visit)
    const answer = await desk.useCode(code.toLowerCase().replace('-', ' '))
    expect(answer.json()).toMatchObject({
      visitId: visit.visitId,
      me: { accountId: visit.accountIds[0], role: 'visitor', onlyVisitId: visit.visitId },
    })
    expect(refused(await desk.useCode(code)).code).toBe('ROOM_CODE_REFUSED')
    const stored = await world.db.roomCode.findMany()
    expect(JSON.stringify(stored)).not.toContain(code)
  })

  it('lets one of three devices win that use it at once', async () => {
    const code = await aRoomCode(world, place, await aRoomVisit(world, place))
    const answers = await Promise.all([1, 2, 3].map(() => desk.useCode(code)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401])
  })

  it('is void after ten minutes, and when a newer one was made', async () => {
    const visit = await aRoomVisit(world, place)
    const first = await aRoomCode(world, place, visit)
    const second = refused(await desk.issueCode(visit.visitId)).code
    expect(refused(await desk.useCode(first)).code).toBe('ROOM_CODE_REFUSED')
    world.clock.advance(10 * MINUTE_MS)
    expect(refused(await desk.useCode(second)).code).toBe('ROOM_CODE_REFUSED')
    expect(refused(await desk.useCode('AAAAA-AAAAA')).code).toBe('ROOM_CODE_REFUSED')
  })

  it('is the only one of two that are made at once', async () => {
    const visit = await aRoomVisit(world, place)
    await aRoomCode(world, place, visit)
    await Promise.all([1, 2, 3, 4].map(() => desk.issueCode(visit.visitId)))
    const now = world.clock.now()
    const good = { visitId: visit.visitId, usedAt: null, expiresAt: { gt: now } }
    expect(await world.db.roomCode.count({ where: good })).toBe(1)
  })

  it('is void when the visit was cancelled, or is in another room by now', async () => {
    const cancelled = await aRoomVisit(world, place)
    const first = await aRoomCode(world, place, cancelled)
    await world.db.visit.update({
      where: { visitId: cancelled.visitId },
      data: { bookingState: 'CANCELLED', stateReason: 'TEST', stateBy: place.accounts.host },
    })
    expect(refused(await desk.useCode(first)).code).toBe('ROOM_CODE_REFUSED')
    const moved = await aRoomVisit(world, place)
    const second = await aRoomCode(world, place, moved)
    const { linkCentreRoomId } = (await aRoomVisit(world, place)).room
    await world.db.visit.update({ where: { visitId: moved.visitId }, data: { linkCentreRoomId } })
    expect(refused(await desk.useCode(second)).code).toBe('ROOM_CODE_REFUSED')
  })

  it('[TR-1] is entered: made, used and refused', async () => {
    const visit = await aRoomVisit(world, place)
    const code = await aRoomCode(world, place, visit)
    await desk.useCode(code)
    await desk.useCode(code)
    const entries = await entriesOf(world.db, place.facilityId)
    const object = { objectId: visit.room.linkCentreRoomId, visitId: visit.visitId }
    expect(entries.slice(1)).toMatchObject([
      { action: 'room.issueCode', outcome: 'allow', actor: { type: 'host' }, object },
      { action: 'room.signIn', outcome: 'allow', actor: { actorId: visit.accountIds[0] }, object },
      { action: 'room.signIn', outcome: 'deny', reason: 'VOID_CODE', object },
    ])
    expect(JSON.stringify(entries)).not.toContain(code)
    await desk.useCode('AAAAA-AAAAA')
    const inEstate = await entriesOf(world.db, null)
    expect(inEstate.at(-1)).toMatchObject({ action: 'room.signIn', reason: 'UNKNOWN_CODE' })
  })
})

describe('[TR-3] a room’s device', () => {
  const signedIn = async (visitors: RoomVisitor[] = [{}]) => {
    const visit = await aRoomVisit(world, place, { visitors })
    const answer = await desk.useCode(await aRoomCode(world, place, visit))
    return { visit, answer, cookie: cookieOf(answer) }
  }

  it('sees its one visit and nothing else of the account', async () => {
    const { visit, cookie } = await signedIn()
    const { visitId, visitorIds } = visit
    const other = await insertVisit(world.db, {
      facilityId: place.facilityId,
      terminalId: place.terminalId,
      inmateId: place.inmateId,
      visitorIds,
      startsAt: new Date(world.clock.now().getTime() + 120 * MINUTE_MS),
    })
    const visits = (await get('/api/my/visits', cookie)).json<{ visits: unknown[] }>().visits
    expect(visits).toMatchObject([{ visitId }])
    expect((await get(`/api/my/visits/${visitId}`, cookie)).statusCode).toBe(200)
    const elsewhere = await get(`/api/my/visits/${other.visit.visitId}`, cookie)
    expect(refused(elsewhere).code).toBe('VISIT_NOT_FOUND')
    expect(refused(await get(`/api/visits/${visitId}/receipt`, cookie)).code).toBe('FORBIDDEN')
    const own = await accountCookie(world, visit.accountIds[0] ?? '')
    const all = (await get('/api/my/visits', own)).json<{ visits: unknown[] }>().visits
    expect(all).toHaveLength(2)
    expect((await get('/api/me', own)).json()).toMatchObject({ onlyVisitId: null })
  })

  it('is signed out five minutes after the visit', async () => {
    const { cookie, answer } = await signedIn()
    expect(setCookie(answer)).toMatch(/^visavis=[\w-]{43}; Max-Age=2700;/)
    world.clock.advance(45 * MINUTE_MS - 1)
    expect((await get('/api/me', cookie)).statusCode).toBe(200)
    world.clock.advance(1)
    expect(refused(await get('/api/me', cookie)).code).toBe('SESSION_EXPIRED')
  })

  it('is signed out by itself, and by the next device of the same visit', async () => {
    const { cookie, visit } = await signedIn()
    const next = refused(await desk.issueCode(visit.visitId)).code
    const second = cookieOf(await desk.useCode(next))
    expect(refused(await get('/api/me', cookie)).code).toBe('SESSION_ENDED')
    await desk.ask('/api/sign-out', {}, second)
    expect(refused(await get('/api/me', second)).code).toBe('SESSION_ENDED')
  })

  it('does not end the family’s own sign-ins, but that of the browser it happens in', async () => {
    const visit = await aRoomVisit(world, place)
    const phone = await accountCookie(world, visit.accountIds[0] ?? '')
    const browser = await accountCookie(world, place.accounts.visitor)
    await desk.useCode(await aRoomCode(world, place, visit), browser)
    expect((await get('/api/me', phone)).statusCode).toBe(200)
    expect(refused(await get('/api/me', browser)).code).toBe('SESSION_ENDED')
  })

  it('is shown at the desk while it is signed in', async () => {
    const { visit, cookie } = await signedIn()
    const isReady = async () => {
      const host = await accountCookie(world, place.accounts.host)
      const { startsAt } = await world.db.visit.findUniqueOrThrow({
        where: { visitId: visit.visitId },
      })
      const date = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(startsAt)
      const day = await get(`/api/desk/visits?date=${date}`, host)
      return day.json<{ visits: { isRoomReady: boolean }[] }>().visits[0]?.isRoomReady
    }
    expect(await isReady()).toBe(true)
    await desk.ask('/api/sign-out', {}, cookie)
    expect(await isReady()).toBe(false)
  })

  it('speaks for somebody who has an account where the booker has none', async () => {
    const { visit, answer } = await signedIn([{ hasAccount: false }, {}])
    expect(answer.json()).toMatchObject({ me: { accountId: visit.accountIds[1] } })
  })

  it('gives up with the account that it speaks with', async () => {
    const { visit, cookie } = await signedIn()
    const where = { accountId: visit.accountIds[0] ?? '' }
    await world.db.account.update({ where, data: { disabledAt: world.clock.now() } })
    expect(refused(await get('/api/me', cookie)).code).toBe('SESSION_ENDED')
  })
})

describe('[LV-3] the people in a room', () => {
  const cameras = async (visitId: string) => {
    const seats = await world.db.seat.findMany({ where: { visitId, party: 'VISITOR' } })
    return new Map(seats.map(({ seatId, cameraSeatId }) => [seatId, cameraSeatId]))
  }

  it('are at its one device, those whom the host has seen and no others', async () => {
    const visit = await aRoomVisit(world, place, { visitors: [{}, child, child] })
    const { visitId, seatIds } = visit
    const [mother = '', first = '', second = ''] = seatIds
    for (const seatId of [mother, first]) await desk.checkIn(visitId, seatId)
    expect([...(await cameras(visitId)).values()]).toEqual([null, null, null])
    const code = refused(await desk.issueCode(visitId)).code
    await desk.useCode(code)
    const gathered = await cameras(visitId)
    expect(gathered.get(mother)).toBeNull()
    expect(gathered.get(first)).toBe(mother)
    expect(gathered.get(second)).toBeNull()
    // Who comes later, joins those who are in the room already; whoever runs the visit has to look again.
    const sessionOf = () => world.db.visitSession.findUniqueOrThrow({ where: { visitId } })
    const before = (await sessionOf()).version
    await desk.checkIn(visitId, second)
    expect((await sessionOf()).version).toBe(before + 1)
    expect((await cameras(visitId)).get(second)).toBe(mother)
  })

  it('[EL-6] are adults while they meet by the facility’s age or the law’s, whichever is higher', async () => {
    const { facilityId } = place
    const born = new Date(world.clock.now())
    born.setUTCFullYear(born.getUTCFullYear() - 17)
    const visit = await aRoomVisit(world, place, {
      visitors: [{}, { birthDate: born.toISOString().slice(0, 10) }],
    })
    const { policy } = await world.db.facility.findUniqueOrThrow({ where: { facilityId } })
    const adultsUnder = async (jurisdiction: string, adultAge: number) => {
      const data = { jurisdiction, policy: { ...(policy as object), adultAge } }
      await world.db.facility.update({ where: { facilityId }, data })
      const record = await createVisitsRepo(world.db).load(visit.visitId)
      const isAdult = new Map(record?.seats.map((seat) => [seat.seatId, seat.isVerifiedAdult]))
      return visit.seatIds.map((seatId) => isAdult.get(seatId))
    }
    // England asks for 18, Scotland for 16; the United Nations' rules name no age.
    expect(await adultsUnder('UN', 16)).toEqual([true, true])
    expect(await adultsUnder('GB-EAW', 16)).toEqual([true, false])
    expect(await adultsUnder('GB-SCT', 16)).toEqual([true, true])
    expect(await adultsUnder('GB-SCT', 18)).toEqual([true, false])
  })

  it('[LV-7] have come when the device has, each with a state of their own', async () => {
    const visit = await aRoomVisit(world, place, { visitors: [{}, child] })
    await desk.useCode(await aRoomCode(world, place, visit))
    const record = await createVisitsRepo(world.db).load(visit.visitId)
    if (record === null) throw new Error('no such visit')
    const [mother = '', daughter = ''] = visit.seatIds
    const links = new Map([[mother, { kind: 'CONNECTED' } as const]])
    const now = world.clock.now()
    const shared = sharedLinks(links, record.seats)
    const steps = settle({ visit: record, links: shared, deliveredMs: 0, now })
    const arrived = steps.flatMap((step) =>
      step.kind === 'seat' && step.action === 'arrive' ? [step.seatId] : [],
    )
    expect(arrived.toSorted()).toEqual([mother, daughter].toSorted())
  })
})
