import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PAGE_HEADER } from '@visavis/contract/terminal-proof'
import { hashSecret } from '@visavis/prisma'
import { insertInmate, insertTerminal, insertVisit } from '@visavis/prisma/seed'
import { entriesOf } from './support/audit-log.ts'
import { accountCookie, cookieOf, deviceCookie, setCookie } from './support/callers.ts'
import { aCodeFor, anEnrolment } from './support/enrolment-code.ts'
import { MINUTE_MS, PIN, aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

let world: RestWorld
let place: Place

beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
})
afterAll(() => world.close())

let addresses = 0
const post = (url: string, payload: object | undefined, cookie = '') => {
  addresses += 1
  return world.app.inject({
    method: 'POST',
    url,
    headers: { cookie },
    remoteAddress: `10.1.${addresses >> 8}.${addresses & 255}`,
    ...(payload === undefined ? {} : { payload }),
  })
}
const get = (url: string, cookie: string) => world.app.inject({ url, headers: { cookie } })
const enrol = async (code: string) =>
  post('/api/terminal/enrol', (await anEnrolment(world.app, code)).payload)
const pin = (digits: string, device = place.device) =>
  post('/api/terminal/sign-in', { pin: digits }, device)

describe('[TR-5] enrolling a terminal', () => {
  const issue = async () => {
    const cookie = await accountCookie(world, place.accounts.facilityAdmin)
    return post(`/api/terminals/${place.terminalId}/enrolment-codes`, undefined, cookie)
  }

  it('works once, with the code as a person would type it, and replaces the old device', async () => {
    const issued = (await issue()).json<{ code: string; expiresAt: string }>()
    const typed = issued.code.toLowerCase().replace('-', ' ')
    const device = await anEnrolment(world.app, typed)
    const answer = await post('/api/terminal/enrol', device.payload)
    const { terminalId } = place
    expect(answer.json()).toMatchObject({
      info: { terminalId, facility: { timeZone: 'Asia/Krasnoyarsk' }, inmate: null },
      device: { terminalId, lifeMs: 600_000 },
    })
    expect(setCookie(answer)).toMatch(/^visavis-terminal=[\w-]{43}; Max-Age=86400/)
    const headers = { cookie: cookieOf(answer), [PAGE_HEADER]: device.secret }
    expect((await world.app.inject({ url: '/api/terminal', headers })).statusCode).toBe(200)
    expect((await get('/api/terminal', place.device)).json()).toMatchObject({
      code: 'TERMINAL_NOT_ENROLLED',
    })
    expect((await enrol(issued.code)).json()).toMatchObject({ code: 'ENROLMENT_CODE_REFUSED' })
    const stored = await world.db.terminalEnrolment.findMany()
    expect(JSON.stringify(stored)).not.toContain(issued.code)
  })

  it('lets one of two devices win that use a code at once', async () => {
    const code = await aCodeFor(world, place.terminalId)
    const answers = await Promise.all([enrol(code), enrol(code), enrol(code)])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401])
  })

  it('refuses a code after ten minutes, and one that a newer code replaced', async () => {
    const first = (await issue()).json<{ code: string }>().code
    const second = (await issue()).json<{ code: string }>().code
    expect((await enrol(first)).json()).toMatchObject({ code: 'ENROLMENT_CODE_REFUSED' })
    world.clock.advance(10 * MINUTE_MS)
    expect((await enrol(second)).json()).toMatchObject({ code: 'ENROLMENT_CODE_REFUSED' })
  })

  it('[TR-1] enters the code’s making, its use and its refusal', async () => {
    const { code } = (await issue()).json<{ code: string }>()
    await enrol(code)
    await enrol(code)
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'terminal.issueCode allow',
      'terminal.enrol allow',
      'terminal.enrol deny',
    ])
    expect(JSON.stringify(entries)).not.toContain(code)
  })

  it('tells a terminal that was taken out of service', async () => {
    const where = { terminalId: place.terminalId }
    await world.db.terminal.update({ where, data: { disabledAt: world.clock.now() } })
    expect((await get('/api/terminal', place.device)).json()).toMatchObject({
      status: 403,
      code: 'TERMINAL_DISABLED',
    })
    const code = await aCodeFor(world, place.terminalId)
    expect((await enrol(code)).json()).toMatchObject({ code: 'ENROLMENT_CODE_REFUSED' })
  })
})

describe('an enrolled terminal', () => {
  it('shows its next windows and names nobody', async () => {
    const answer = await get('/api/terminal', place.device)
    const info = answer.json<{ nextVisits: { startsAt: string; opensAt: string }[] }>()
    const [next] = info.nextVisits
    const opensBefore = Date.parse(next?.startsAt ?? '') - Date.parse(next?.opensAt ?? '')
    expect(opensBefore).toBe(15 * MINUTE_MS)
    expect(answer.body).not.toContain('Dmitri')
  })
})

describe('[TR-5] signing in by PIN', () => {
  it('lets the inmate in whose window is open, until ten minutes after its end', async () => {
    const answer = await pin(PIN)
    expect(answer.json()).toEqual({ displayName: 'Dmitri', language: 'en' })
    const cookie = `${place.device}; ${cookieOf(answer)}`
    expect(setCookie(answer)).toMatch(/^visavis-inmate=[\w-]{43}; Max-Age=2460;/)
    expect((await get('/api/terminal', cookie)).json()).toMatchObject({
      inmate: { displayName: 'Dmitri', isDeskSignIn: false },
    })
    const visits = (await get('/api/terminal/visits', cookie)).json<{ visits: unknown[] }>()
    expect(visits.visits).toMatchObject([{ visitId: place.visitId, party: 'INMATE' }])
    world.clock.advance(41 * MINUTE_MS)
    expect((await get('/api/terminal/visits', cookie)).json()).toMatchObject({
      code: 'SESSION_EXPIRED',
    })
    expect((await get('/api/terminal', cookie)).json()).toMatchObject({ inmate: null })
  })

  it('refuses the right PIN outside the window', async () => {
    world.clock.advance(-15 * MINUTE_MS)
    expect((await pin(PIN)).json()).toMatchObject({ status: 403, code: 'OUTSIDE_VISIT_WINDOW' })
    world.clock.advance(MINUTE_MS)
    expect((await pin(PIN)).statusCode).toBe(200)
    world.clock.advance(45 * MINUTE_MS)
    expect((await pin(PIN)).json()).toMatchObject({ code: 'OUTSIDE_VISIT_WINDOW' })
  })

  it('refuses the right PIN at another terminal', async () => {
    const { terminalId } = await insertTerminal(world.db, { facilityId: place.facilityId })
    const elsewhere = await deviceCookie(world.db, terminalId)
    expect((await pin(PIN, elsewhere)).json()).toMatchObject({ code: 'OUTSIDE_VISIT_WINDOW' })
  })

  it('tells apart two inmates whose windows overlap, and lets in neither if they share a PIN', async () => {
    const { facilityId, terminalId, visitorId } = place
    const next = async (pinHash: string, startsInMinutes: number) => {
      const { inmateId } = await insertInmate(world.db, { facilityId, givenName: 'Pavel', pinHash })
      const startsAt = new Date(world.clock.now().getTime() + startsInMinutes * MINUTE_MS)
      await insertVisit(world.db, {
        ...{ facilityId, terminalId, inmateId, startsAt },
        visitorIds: [visitorId],
      })
    }
    await next(await hashSecret('2222'), 40)
    world.clock.advance(26 * MINUTE_MS)
    expect((await pin('2222')).json()).toMatchObject({ displayName: 'Pavel' })
    expect((await pin(PIN)).json()).toMatchObject({ displayName: 'Dmitri' })
    await world.db.inmate.updateMany({
      where: { facilityId },
      data: { pinHash: await hashSecret(PIN) },
    })
    expect((await pin(PIN)).json()).toMatchObject({ code: 'PIN_REFUSED' })
  })

  it('ends the sign-in before it, and its own at sign-out', async () => {
    const first = `${place.device}; ${cookieOf(await pin(PIN))}`
    const second = `${place.device}; ${cookieOf(await pin(PIN))}`
    expect((await get('/api/terminal/visits', first)).statusCode).toBe(401)
    expect((await post('/api/terminal/sign-out', undefined, second)).statusCode).toBe(200)
    expect((await get('/api/terminal/visits', second)).json()).toMatchObject({
      code: 'SESSION_ENDED',
    })
  })

  it('[TR-1] enters every try', async () => {
    await pin('0000')
    const cookie = cookieOf(await pin(PIN))
    await post('/api/terminal/sign-out', undefined, `${place.device}; ${cookie}`)
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries).toMatchObject([
      { action: 'inmate.signIn', outcome: 'deny', reason: 'WRONG_PIN' },
      { action: 'inmate.signIn', outcome: 'allow', actor: { actorId: place.inmateId } },
      { action: 'inmate.signOut', outcome: 'allow' },
    ])
  })
})

describe('[TR-5] guessing a PIN', () => {
  it('locks after five wrong PINs for a quarter of an hour, even if they come at once', async () => {
    const answers = await Promise.all(
      ['0', '1', '2', '3', '4'].map((digit) => pin(digit.repeat(4))),
    )
    const codes = answers.map((answer) => answer.json<{ code: string }>().code).sort()
    expect(codes).toEqual(['PIN_LOCKED', ...Array<string>(4).fill('PIN_REFUSED')])
    const locked = await pin(PIN)
    const liftsAt = new Date(world.clock.now().getTime() + 15 * MINUTE_MS).toISOString()
    expect(locked.json()).toMatchObject({ status: 423, code: 'PIN_LOCKED', liftsAt })
    world.clock.advance(15 * MINUTE_MS)
    expect((await pin(PIN)).statusCode).toBe(200)
  })

  it('locks the inmate at that terminal alone, twice as long after each further try, until staff forgive', async () => {
    for (const digits of ['0000', '0001', '0002', '0003', '0004']) await pin(digits)
    const locked = async () => (await pin(PIN)).json<{ code?: string; liftsAt?: string }>()
    const minutes = async () =>
      (Date.parse((await locked()).liftsAt ?? '') - world.clock.now().getTime()) / MINUTE_MS
    expect(await minutes()).toBe(15)
    const { facilityId, terminalId, inmateId } = place
    const other = await insertTerminal(world.db, { facilityId })
    const { inmateNumber } = await world.db.inmate.findUniqueOrThrow({ where: { inmateId } })
    const elsewhere = await deviceCookie(world.db, other.terminalId)
    const desk = await post('/api/terminal/desk-sign-in', { inmateNumber, pin: PIN }, elsewhere)
    expect(desk.statusCode).toBe(200)
    world.clock.advance(15 * MINUTE_MS)
    await pin('0005')
    expect(await minutes()).toBe(30)
    const officer = await accountCookie(world, place.accounts.officer)
    const url = `/api/terminals/${terminalId}/pins/forgiving`
    expect((await post(url, undefined, officer)).statusCode).toBe(200)
    expect((await pin(PIN)).statusCode).toBe(200)
    const actions = (await entriesOf(world.db, facilityId)).map(({ action }) => action)
    expect(actions).toContain('terminal.forgivePins')
  })

  it('opens one task where an inmate’s PIN is guessed slowly, at one terminal after the other', async () => {
    const { facilityId, inmateId } = place
    const { inmateNumber } = await world.db.inmate.findUniqueOrThrow({ where: { inmateId } })
    const tasks = () => world.db.task.findMany({ where: { facilityId, kind: 'TERMINAL_ALARM' } })
    for (let tries = 1; tries <= 12; tries += 1) {
      const { terminalId } = await insertTerminal(world.db, { facilityId, name: `Slow ${tries}` })
      const guess = { inmateNumber, pin: String(tries).padStart(4, '0') }
      const cookie = await deviceCookie(world.db, terminalId)
      const answer = await post('/api/terminal/desk-sign-in', guess, cookie)
      expect(answer.json()).toMatchObject({ code: 'PIN_REFUSED' })
      world.clock.advance(MINUTE_MS / 4)
      expect(await tasks()).toHaveLength(tries < 10 ? 0 : 1)
    }
    expect(await tasks()).toMatchObject([{ inmateId, suggestion: 'NEW_PIN', state: 'OPEN' }])
  })

  it('forgets wrong PINs after the right one', async () => {
    for (const digits of ['0000', '0001', '0002', '0003', PIN, '0000', '0001']) await pin(digits)
    expect((await pin(PIN)).statusCode).toBe(200)
  })
})
