import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { MINUTE_MS, aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { A_CHILDS_BIRTH_DATE, aRoomVisit, deskOf } from '../rest/support/room-visit.ts'

const HOUR_MS = 60 * MINUTE_MS

type DeskDay = { date: string; linkCentre: object; visits: { visitId: string }[] }

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

const strangers = async () => accountCookie(world, (await aPlace(world)).accounts.host)

describe('the desk’s day', () => {
  const day = async (query = '', cookie?: string) =>
    (await desk.ask(`/api/desk/visits${query}`, undefined, cookie)).json<DeskDay>()

  it('lists who comes to which room, and of the inmate no more than a first name', async () => {
    const visit = await aRoomVisit(world, place, {
      visitors: [{}, { birthDate: A_CHILDS_BIRTH_DATE }],
    })
    const { visits, linkCentre } = await day(`?date=${localDate(10 * MINUTE_MS)}`)
    expect(linkCentre).toMatchObject({ timeZone: 'Europe/Moscow' })
    expect(visits).toMatchObject([
      { visitId: visit.visitId, room: visit.room, inmateFirstName: 'Dmitri', isRoomReady: false },
    ])
    expect(visits[0]).toMatchObject({
      visitors: expect.arrayContaining([
        expect.objectContaining({ seatId: visit.seatIds[0], isAdult: true, checkedInAt: null }),
        expect.objectContaining({ seatId: visit.seatIds[1], isAdult: false, checkedInAt: null }),
      ]) as unknown,
    })
    expect(JSON.stringify(visits)).not.toContain('Inmate ')
  })

  it('[BK-6] is the day of the centre’s own zone', async () => {
    // 00:30 in Moscow, and still the day before in UTC.
    const startsAt = new Date('2027-03-10T21:30:00Z')
    const startsInMs = startsAt.getTime() - world.clock.now().getTime()
    const { visitId } = await aRoomVisit(world, place, { startsInMs })
    expect((await day('?date=2027-03-10')).visits).toEqual([])
    expect((await day('?date=2027-03-11')).visits).toMatchObject([{ visitId }])
    expect((await day()).date).toBe(localDate(0))
  })

  it('[TR-3] shows the host no other centre’s visits', async () => {
    await aRoomVisit(world, place)
    const date = localDate(10 * MINUTE_MS)
    expect((await day(`?date=${date}`, await strangers())).visits).toEqual([])
  })
})

describe('[OV-9] a call for help from a room', () => {
  it('stands on the desk, is answered by the host of this centre, and is noted', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place)
    const [seatId = ''] = seatIds
    const url = `/api/desk/visits/${visitId}/help-answers`
    const answer = (cookie?: string) => desk.ask(url, { seatId, answer: 'COMING' }, cookie)
    expect((await answer()).json()).toMatchObject({ code: 'HELP_NOT_CALLED' })
    const at = world.clock.now()
    const data = { helpNeed: 'NO_PICTURE', helpCalledAt: at, helpToldAt: at }
    await world.db.seat.update({ where: { seatId }, data })
    const day = `/api/desk/visits?date=${localDate(10 * MINUTE_MS)}`
    const help = { need: 'NO_PICTURE', calledAt: at.toISOString(), answer: null }
    expect((await desk.ask(day, undefined)).json()).toMatchObject({
      visits: [{ visitors: [{ help }] }],
    })
    expect((await answer(await strangers())).json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    expect((await answer()).json()).toMatchObject({
      visitors: [{ help: { ...help, answer: 'COMING', answeredAt: at.toISOString() } }],
    })
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.filter(({ action }) => action === 'help.answer')).toMatchObject([
      { reason: 'COMING', actor: { actorId: place.accounts.host } },
    ])
    const notes = await world.db.timelineEntry.findMany({ where: { visitId } })
    expect(notes).toMatchObject([{ kind: 'HELP_ANSWERED', detail: { code: 'COMING' } }])
  })
})

describe('checking in', () => {
  const codeOf = async (answer: Promise<LightMyRequestResponse>) =>
    (await answer).json<{ code: string }>().code

  it('notes when the host saw whom, once', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place, { visitors: [{}, {}] })
    const [seatId = ''] = seatIds
    const checkedInAt = world.clock.now().toISOString()
    expect((await desk.checkIn(visitId, seatId)).json()).toMatchObject({
      visitId,
      visitors: expect.arrayContaining([
        expect.objectContaining({ seatId, checkedInAt }),
        expect.objectContaining({ seatId: seatIds[1], checkedInAt: null }),
      ]) as unknown,
    })
    expect(await codeOf(desk.checkIn(visitId, seatId))).toBe('ALREADY_DECIDED')
    const [stored] = await world.db.deskCheckIn.findMany({ where: { visitId } })
    expect(stored).toMatchObject({ documentName: 'Passport', checkedBy: place.accounts.host })
  })

  it('[BK-5] gives the same answer for the same key', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place)
    const headers = {
      cookie: await accountCookie(world, place.accounts.host),
      'idempotency-key': crypto.randomUUID(),
    }
    const again = () =>
      world.app.inject({
        method: 'POST',
        url: `/api/desk/visits/${visitId}/check-ins`,
        headers,
        payload: { seatId: seatIds[0], documentName: 'Passport' },
      })
    const answers = await Promise.all([again(), again(), again()])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(await world.db.deskCheckIn.count({ where: { visitId } })).toBe(1)
  })

  it('lets one of several hosts’ clicks win', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place)
    const answers = await Promise.all([0, 1, 2].map(() => desk.checkIn(visitId, seatIds[0] ?? '')))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
  })

  it('begins two hours before the visit', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place, { startsInMs: 3 * HOUR_MS })
    const liftsAt = new Date(world.clock.now().getTime() + HOUR_MS).toISOString()
    expect((await desk.checkIn(visitId, seatIds[0] ?? '')).json()).toMatchObject({
      code: 'VISIT_NOT_JOINABLE',
      liftsAt,
    })
    const past = await aRoomVisit(world, place, { startsInMs: -HOUR_MS })
    expect(await codeOf(desk.checkIn(past.visitId, past.seatIds[0] ?? ''))).toBe(
      'VISIT_NOT_JOINABLE',
    )
  })

  it('[TR-3] [EL-2] finds no visit of another centre, none at home and no foreign seat', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place)
    const other = await aRoomVisit(world, place)
    const [seatId = ''] = seatIds
    expect(await codeOf(desk.checkIn(visitId, seatId, await strangers()))).toBe('VISIT_NOT_FOUND')
    expect(await codeOf(desk.checkIn(place.visitId, seatId))).toBe('VISIT_NOT_FOUND')
    expect(await codeOf(desk.checkIn(crypto.randomUUID(), seatId))).toBe('VISIT_NOT_FOUND')
    expect(await codeOf(desk.checkIn(visitId, other.seatIds[0] ?? ''))).toBe('SEAT_NOT_FOUND')
    const inmateSeat = await world.db.seat.findFirstOrThrow({
      where: { visitId, party: 'INMATE' },
    })
    expect(await codeOf(desk.checkIn(visitId, inmateSeat.seatId))).toBe('SEAT_NOT_FOUND')
  })

  it('[TR-1] is entered in the facility’s log without the document', async () => {
    const { visitId, seatIds } = await aRoomVisit(world, place)
    await desk.checkIn(visitId, seatIds[0] ?? '')
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries).toMatchObject([
      {
        action: 'seat.checkIn',
        actor: { type: 'host', actorId: place.accounts.host },
        object: { type: 'seat', objectId: seatIds[0], visitId },
      },
    ])
    expect(JSON.stringify(entries)).not.toContain('Passport')
  })
})

/** The date in Moscow, so many milliseconds from now. */
function localDate(inMs: number): string {
  const instant = new Date(world.clock.now().getTime() + inMs)
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(instant)
}
