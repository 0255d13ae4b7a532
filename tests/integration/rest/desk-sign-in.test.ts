import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertTerminal, insertVisit } from '@visavis/prisma/seed'
import { entriesOf } from './support/audit-log.ts'
import { cookieOf, deviceCookie, setCookie } from './support/callers.ts'
import { MINUTE_MS, PIN, aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

let world: RestWorld
let place: Place
/** A terminal that no visit needs. */
let free: { terminalId: string; device: string }
let inmateNumber: string

beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
  const where = { inmateId: place.inmateId }
  inmateNumber = (await world.db.inmate.findUniqueOrThrow({ where })).inmateNumber
  free = await aTerminal()
})
afterAll(() => world.close())

async function aTerminal(facilityId = place.facilityId) {
  const { terminalId } = await insertTerminal(world.db, { facilityId })
  return { terminalId, device: await deviceCookie(world.db, terminalId) }
}

let addresses = 0
const post = (url: string, payload: object, cookie: string) => {
  addresses += 1
  return world.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { cookie },
    remoteAddress: `10.2.${addresses >> 8}.${addresses & 255}`,
  })
}
const get = (url: string, cookie: string) => world.app.inject({ url, headers: { cookie } })
const atDesk = (given: { number?: string; pin?: string; device?: string } = {}) =>
  post(
    '/api/terminal/desk-sign-in',
    { inmateNumber: given.number ?? inmateNumber, pin: given.pin ?? PIN },
    given.device ?? free.device,
  )
const atWindow = (pin = PIN, device = place.device) =>
  post('/api/terminal/sign-in', { pin }, device)

/** Books the place’s people for a visit that begins in so many minutes, at the free terminal. */
const visitAtFree = (startsInMinutes: number) =>
  insertVisit(world.db, {
    facilityId: place.facilityId,
    terminalId: free.terminalId,
    inmateId: place.inmateId,
    visitorIds: [place.visitorId],
    startsAt: new Date(world.clock.now().getTime() + startsInMinutes * MINUTE_MS),
  })

describe('[TR-5] signing in at the desk', () => {
  it('lets an inmate in by number and PIN for ten minutes, and shows the own visits', async () => {
    const answer = await atDesk()
    expect(answer.json()).toEqual({ displayName: 'Dmitri', language: 'en' })
    expect(setCookie(answer)).toMatch(/^visavis-inmate=[\w-]{43}; Max-Age=600;/)
    const cookie = `${free.device}; ${cookieOf(answer)}`
    const visits = (await get('/api/terminal/visits', cookie)).json<{ visits: unknown[] }>()
    expect(visits.visits).toMatchObject([{ visitId: place.visitId, party: 'INMATE' }])
    expect((await get('/api/terminal', cookie)).json()).toMatchObject({
      inmate: { displayName: 'Dmitri', isDeskSignIn: true },
    })
    world.clock.advance(10 * MINUTE_MS)
    expect((await get('/api/terminal/visits', cookie)).json()).toMatchObject({
      code: 'SESSION_EXPIRED',
    })
  })

  it('is refused while a visit’s window is open at the terminal, and five minutes before', async () => {
    const here = await atDesk({ device: place.device })
    const where = { visitId: place.visitId }
    const { endsAt } = await world.db.visit.findUniqueOrThrow({ where })
    const refusal = { status: 409, code: 'TERMINAL_IN_USE', liftsAt: endsAt.toISOString() }
    expect(here.json()).toMatchObject(refusal)
    await visitAtFree(60)
    world.clock.advance(39 * MINUTE_MS)
    const early = await atDesk()
    expect(setCookie(early)).toContain('Max-Age=360;')
    world.clock.advance(MINUTE_MS)
    expect((await atDesk()).json()).toMatchObject({ code: 'TERMINAL_IN_USE' })
    world.clock.advance(50 * MINUTE_MS)
    expect((await atDesk()).statusCode).toBe(200)
  })

  it('is possible again as soon as the visit has ended', async () => {
    const { visitId } = place
    const data = { state: 'ENDED', outcome: 'COMPLETED', endedAt: world.clock.now() } as const
    await world.db.visitSession.update({ where: { visitId }, data })
    expect((await atDesk({ device: place.device })).statusCode).toBe(200)
  })

  it('[EL-2] answers for an unknown number, another facility’s and a released inmate’s as for a wrong PIN', async () => {
    const other = await aPlace(world)
    const elsewhere = await aTerminal(other.facilityId)
    const where = { inmateId: place.inmateId }
    const refusals = [
      await atDesk({ number: 'N-nobody' }),
      await atDesk({ device: elsewhere.device }),
      await atDesk({ pin: '0000' }),
    ]
    const data = { custody: 'RELEASED', custodyAt: world.clock.now() } as const
    await world.db.inmate.update({ where, data })
    refusals.push(await atDesk())
    for (const refusal of refusals) {
      expect(refusal.json()).toMatchObject({ status: 401, code: 'PIN_REFUSED' })
      expect(refusal.headers['set-cookie']).toBeUndefined()
    }
  })

  it('counts wrong PINs at that terminal, and leaves the inmate the others', async () => {
    for (const pin of ['0000', '0001', '0002', '0003']) await atDesk({ pin })
    const fifth = await atDesk({ pin: '0004' })
    const liftsAt = new Date(world.clock.now().getTime() + 15 * MINUTE_MS).toISOString()
    expect(fifth.json()).toMatchObject({ status: 423, code: 'PIN_LOCKED', liftsAt })
    expect((await atDesk()).json()).toMatchObject({ code: 'PIN_LOCKED', liftsAt })
    expect((await atWindow()).statusCode).toBe(200)
  })

  it('ends whoever was signed in there before, and itself at sign-out', async () => {
    const first = `${free.device}; ${cookieOf(await atDesk())}`
    const second = `${free.device}; ${cookieOf(await atDesk())}`
    expect((await get('/api/terminal/visits', first)).statusCode).toBe(401)
    await post('/api/terminal/sign-out', {}, second)
    expect((await get('/api/terminal/visits', second)).json()).toMatchObject({
      code: 'SESSION_ENDED',
    })
  })

  it('ends when the PIN is typed for a visit at the same terminal', async () => {
    await world.db.visit.update({
      where: { visitId: place.visitId },
      data: { startsAt: new Date(world.clock.now().getTime() + 21 * MINUTE_MS) },
    })
    const cookie = `${place.device}; ${cookieOf(await atDesk({ device: place.device }))}`
    expect((await get('/api/terminal/visits', cookie)).statusCode).toBe(200)
    world.clock.advance(6 * MINUTE_MS)
    expect((await get('/api/terminal/visits', cookie)).statusCode).toBe(401)
    expect((await atWindow()).statusCode).toBe(200)
  })

  it('[TR-1] is entered, allowed or not, without the number', async () => {
    await atDesk({ number: 'N-nobody' })
    await atDesk({ pin: '0000' })
    const cookie = `${free.device}; ${cookieOf(await atDesk())}`
    await post('/api/terminal/sign-out', {}, cookie)
    const entries = await entriesOf(world.db, place.facilityId)
    const object = { type: 'terminal', objectId: free.terminalId }
    expect(entries).toMatchObject([
      { action: 'inmate.signIn', outcome: 'deny', reason: 'UNKNOWN_NUMBER', object },
      { action: 'inmate.signIn', outcome: 'deny', reason: 'WRONG_PIN', object },
      { action: 'inmate.signIn', outcome: 'allow', actor: { actorId: place.inmateId }, object },
      { action: 'inmate.signOut', outcome: 'allow', object },
    ])
    expect(JSON.stringify(entries)).not.toContain('N-nobody')
    expect(JSON.stringify(entries)).not.toContain(inmateNumber)
  })
})
