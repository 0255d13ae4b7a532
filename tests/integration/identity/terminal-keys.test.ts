import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PAGE_HEADER } from '@visavis/contract/terminal-proof'
import { insertTerminal } from '@visavis/prisma/seed'
import { aPageSecret, aSoftwareKey, testTerminalOf } from '../../support/test-terminals.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie, cookieOf, deviceCookie, inmateCookie } from '../rest/support/callers.ts'
import {
  ORIGIN,
  aCodeFor,
  aConnection,
  aNonce,
  anEnrolment,
} from '../rest/support/enrolment-code.ts'
import { PIN, aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

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
const post = (url: string, payload?: object, headers: Record<string, string> = {}) => {
  addresses += 1
  const remoteAddress = `10.2.${addresses >> 8}.${addresses & 255}`
  return world.app.inject({
    ...{ method: 'POST' as const, url, headers, remoteAddress },
    ...(payload === undefined ? {} : { payload }),
  })
}
const info = (headers: Record<string, string>) =>
  world.app.inject({ url: '/api/terminal', headers })
const connectWith = (payload: object, headers: Record<string, string> = {}) =>
  post('/api/terminal/connections', payload, headers)
/** What was refused and done about the place's terminals, oldest first. */
const told = async () => {
  const entries = await entriesOf(world.db, place.facilityId)
  return entries.map(({ action, outcome, reason }) => [action, outcome, reason ?? ''].join(' '))
}
const alarms = () =>
  world.db.task.findMany({ where: { facilityId: place.facilityId, kind: 'TERMINAL_ALARM' } })

/** A page of the place's terminal with a session of its own, by the way that every page goes. */
async function aPage(lastSessionId?: string | null) {
  const { secret, pageHash } = aPageSecret()
  const given = { pageHash, ...(lastSessionId === undefined ? {} : { lastSessionId }) }
  const answer = await connectWith(await aConnection(world.app, place.device, given))
  const { sessionId = '', code } = answer.json<{ sessionId?: string; code?: string }>()
  const headers = { cookie: cookieOf(answer), [PAGE_HEADER]: secret }
  return { answer, code, sessionId, secret, pageHash, headers }
}

describe('[TR-5] a device session', () => {
  it('is what the key asked for, lasts ten minutes, and is renewed by the key alone', async () => {
    const page = await aPage()
    expect(page.answer.json()).toMatchObject({ terminalId: place.terminalId, lifeMs: 600_000 })
    expect((await info(page.headers)).statusCode).toBe(200)
    world.clock.advance(10 * MINUTE_MS - 1)
    expect((await info(page.headers)).statusCode).toBe(200)
    world.clock.advance(1)
    expect((await info(page.headers)).json()).toMatchObject({ code: 'TERMINAL_PROOF_REQUIRED' })
    const { pageHash, sessionId: lastSessionId } = page
    const again = await connectWith(
      await aConnection(world.app, place.device, { pageHash, lastSessionId }),
    )
    const headers = { ...page.headers, cookie: cookieOf(again) }
    expect((await info(headers)).statusCode).toBe(200)
    expect(await alarms()).toEqual([])
    // The page that goes on is entered once.
    expect(await told()).toEqual(['terminal.connect allow '])
  })

  it('takes the place of the one before, which is good for what is on its way and no longer', async () => {
    const page = await aPage()
    await info(page.headers)
    const { pageHash, sessionId: lastSessionId } = page
    await connectWith(await aConnection(world.app, place.device, { pageHash, lastSessionId }))
    world.clock.advance(30 * SECOND_MS)
    expect((await info(page.headers)).statusCode).toBe(200)
    world.clock.advance(1)
    expect((await info(page.headers)).json()).toMatchObject({ code: 'TERMINAL_PROOF_REQUIRED' })
  })
})

describe('[TR-5] a copied cookie', () => {
  it('is refused at once, in the log, and an alarm; the terminal itself goes on', async () => {
    const page = await aPage()
    const { cookie } = page.headers
    for (const word of [{ [PAGE_HEADER]: '' }, { [PAGE_HEADER]: aPageSecret().secret }]) {
      const stolen = { cookie, ...word }
      expect((await info(stolen)).json()).toMatchObject({ code: 'TERMINAL_PROOF_REQUIRED' })
      const signIn = await post('/api/terminal/sign-in', { pin: PIN }, stolen)
      expect(signIn.json()).toMatchObject({ code: 'TERMINAL_PROOF_REQUIRED' })
    }
    expect((await info(page.headers)).statusCode).toBe(200)
    expect(await told()).toEqual(['terminal.connect allow ', 'terminal.connect deny COPIED_COOKIE'])
    const { terminalId } = place
    expect(await alarms()).toMatchObject([{ terminalId, state: 'OPEN', suggestion: 'REVIEW' }])
  })

  it('with the inmate’s beside it opens nothing of the inmate’s', async () => {
    const { device, inmateId, terminalId, visitId } = place
    const both = await inmateCookie(world, { device, inmateId, terminalId, visitId })
    const visits = (headers: Record<string, string>) =>
      world.app.inject({ url: '/api/terminal/visits', headers })
    expect((await visits({ cookie: both })).statusCode).toBe(200)
    const stolen = await visits({ cookie: both, [PAGE_HEADER]: 'guessed' })
    expect(stolen.json()).toMatchObject({ code: 'TERMINAL_PROOF_REQUIRED' })
  })

  it('without the key gets no session: another key’s signature is an alarm', async () => {
    const asked = await aConnection(world.app, place.device)
    const { proof, ...statement } = asked
    const forged = aSoftwareKey().prove(
      { nonce: proof.nonce, origin: ORIGIN },
      { purpose: 'CONNECT', ...statement },
    )
    const answer = await connectWith({ ...statement, proof: forged }, { cookie: place.device })
    expect(answer.json()).toMatchObject({ status: 401, code: 'TERMINAL_PROOF_REFUSED' })
    expect(await told()).toEqual(['terminal.connect deny SIGNATURE'])
    expect(await alarms()).toHaveLength(1)
  })
})

describe('[TR-5] a proof of the key', () => {
  const refusal = async (payload: object, headers: Record<string, string> = {}) =>
    (await connectWith(payload, headers)).json<{ code?: string }>().code

  it('works once', async () => {
    const asked = await aConnection(world.app, place.device)
    const answers = await Promise.all([connectWith(asked), connectWith(asked), connectWith(asked)])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401])
    expect(await told()).toContain('terminal.connect deny NONCE_USED')
  })

  it('is good for a minute, and for a nonce of ours', async () => {
    const late = await aConnection(world.app, place.device)
    world.clock.advance(MINUTE_MS)
    expect(await refusal(late)).toBe('TERMINAL_PROOF_REFUSED')
    const [madeAt, random] = (await aNonce(world.app)).split('.')
    for (const nonce of ['', `${madeAt}.${random}.${'0'.repeat(64)}`, 'x.y.z'].slice(1)) {
      const foreign = await aConnection(world.app, place.device, { nonce })
      expect(await refusal(foreign)).toBe('TERMINAL_PROOF_REFUSED')
    }
    expect(await told()).toEqual(['terminal.connect deny NONCE'])
  })

  it('is of our own origin, and of the page that sends it', async () => {
    const evil = await aConnection(world.app, place.device, { origin: 'https://evil.example' })
    expect(await refusal(evil)).toBe('TERMINAL_PROOF_REFUSED')
    const other = await aConnection(world.app, place.device, { origin: 'http://localhost:3001' })
    expect(await refusal(other, { origin: ORIGIN })).toBe('TERMINAL_PROOF_REFUSED')
    expect(await told()).toEqual(['terminal.connect deny ORIGIN'])
  })

  it('is for that terminal, that page and that session: whatever is changed afterwards is refused', async () => {
    const { facilityId } = place
    const neighbour = await insertTerminal(world.db, { facilityId })
    await deviceCookie(world.db, neighbour.terminalId)
    const changes = [
      { terminalId: neighbour.terminalId },
      { pageHash: aPageSecret().pageHash },
      { lastSessionId: null },
    ]
    for (const change of changes) {
      const asked = await aConnection(world.app, place.device)
      expect(await refusal({ ...asked, ...change })).toBe('TERMINAL_PROOF_REFUSED')
    }
    const nobody = await aConnection(world.app, place.device)
    const unknown = { ...nobody, terminalId: crypto.randomUUID() }
    expect(await refusal(unknown)).toBe('TERMINAL_NOT_ENROLLED')
  })
})

describe('[TR-5] a key that is used in two places', () => {
  it('waits in the second while the first goes on, and is stopped in both when both do', async () => {
    const terminal = await aPage()
    await info(terminal.headers)
    world.clock.advance(10 * SECOND_MS)
    const clone = await aPage(null)
    expect(clone.code).toBe('TERMINAL_KEY_IN_USE')
    expect(await alarms()).toEqual([])
    world.clock.advance(6 * SECOND_MS)
    const { device, inmateId, terminalId, visitId } = place
    await inmateCookie(world, { device, inmateId, terminalId, visitId })
    expect((await info(terminal.headers)).json()).toMatchObject({ code: 'TERMINAL_NOT_ENROLLED' })
    expect((await aPage(null)).code).toBe('TERMINAL_NOT_ENROLLED')
    expect(await alarms()).toMatchObject([{ terminalId, suggestion: 'ENROL_AGAIN' }])
    expect(await told()).toEqual([
      'terminal.connect allow ',
      'terminal.connect deny KEY_IN_USE',
      'terminal.revokeKey allow TWO_PLACES',
    ])
    const signedIn = { terminalId, endedAt: null }
    expect(await world.db.authSession.count({ where: signedIn })).toBe(0)
    const admin = await accountCookie(world, place.accounts.facilityAdmin)
    const list = await world.app.inject({ url: '/api/terminals', headers: { cookie: admin } })
    expect(list.json()).toMatchObject({
      terminals: [{ isEnrolled: false, keyEnded: { reason: 'TWO_PLACES' } }],
    })
  })

  it('goes on where the browser was killed and forgot, as soon as nothing is heard of the old page', async () => {
    const killed = await aPage()
    await info(killed.headers)
    world.clock.advance(45 * SECOND_MS - 1)
    expect((await aPage(null)).answer.json()).toMatchObject({
      code: 'TERMINAL_KEY_IN_USE',
      liftsAt: new Date(world.clock.now().getTime() + 1).toISOString(),
    })
    world.clock.advance(1)
    const back = await aPage(null)
    expect((await info(back.headers)).statusCode).toBe(200)
    expect(await alarms()).toEqual([])
  })

  it('goes on at once where a page is loaded anew, or did not hear the answer', async () => {
    const first = await aPage()
    await info(first.headers)
    const reloaded = await aPage(first.sessionId)
    expect(reloaded.answer.statusCode).toBe(200)
    // Its answer was lost: the page still names the one before.
    const again = await aPage(first.sessionId)
    expect(again.answer.statusCode).toBe(200)
    expect((await info(again.headers)).statusCode).toBe(200)
    expect((await aPage(first.sessionId)).code).toBe('TERMINAL_KEY_IN_USE')
  })
})

describe('[TR-5] enrolment', () => {
  const enrol = (payload: object) => post('/api/terminal/enrol', payload)
  const code = () => aCodeFor(world, place.terminalId)

  it('wants a proof of the very key, code and page, and leaves the code good where there is none', async () => {
    const good = await code()
    const { payload } = await anEnrolment(world.app, good)
    const { publicKey } = aSoftwareKey()
    for (const change of [{ publicKey }, { pageHash: aPageSecret().pageHash }]) {
      const answer = await enrol({ ...payload, ...change })
      expect(answer.json()).toMatchObject({ code: 'TERMINAL_PROOF_REFUSED' })
    }
    expect((await enrol(payload)).statusCode).toBe(200)
    const second = await anEnrolment(world.app, await code())
    const other = { ...payload, code: second.payload.code }
    expect((await enrol(other)).json()).toMatchObject({ code: 'TERMINAL_PROOF_REFUSED' })
  })

  it('takes no key that was a terminal’s before', async () => {
    const terminal = testTerminalOf(place.device)
    const { pageHash } = aPageSecret()
    const given = { purpose: 'ENROL' as const, code: await code(), pageHash }
    const ground = { nonce: await aNonce(world.app), origin: ORIGIN }
    const proof = terminal?.key.prove(ground, given)
    const payload = { code: given.code, pageHash, publicKey: terminal?.key.publicKey, proof }
    expect((await enrol(payload)).json()).toMatchObject({ code: 'TERMINAL_PROOF_REFUSED' })
    expect((await info({ cookie: place.device })).statusCode).toBe(200)
  })
})

describe('[TR-5] a key that staff revoke', () => {
  const revoke = async (terminalId = place.terminalId) => {
    const cookie = await accountCookie(world, place.accounts.facilityAdmin)
    return post(`/api/terminals/${terminalId}/key/revocation`, { reason: 'STOLEN' }, { cookie })
  }

  it('is worth nothing from that moment on, nor is anything that stands on it', async () => {
    const page = await aPage()
    const { device, inmateId, terminalId, visitId } = place
    const inmate = await inmateCookie(world, { device, inmateId, terminalId, visitId })
    const unused = await aCodeFor(world, terminalId)
    expect((await revoke()).json()).toMatchObject({
      isEnrolled: false,
      keyEnded: { reason: 'STOLEN' },
    })
    expect((await info(page.headers)).json()).toMatchObject({ code: 'TERMINAL_NOT_ENROLLED' })
    const signIn = await post('/api/terminal/sign-in', { pin: PIN }, { cookie: device })
    expect(signIn.json()).toMatchObject({ code: 'TERMINAL_NOT_ENROLLED' })
    const visits = await world.app.inject({
      url: '/api/terminal/visits',
      headers: { cookie: inmate },
    })
    expect(visits.statusCode).toBe(401)
    expect((await aPage()).code).toBe('TERMINAL_NOT_ENROLLED')
    const { payload } = await anEnrolment(world.app, unused)
    const enrolled = await post('/api/terminal/enrol', payload)
    expect(enrolled.json()).toMatchObject({ code: 'ENROLMENT_CODE_REFUSED' })
    expect(await told()).toContain('terminal.revokeKey allow STOLEN')
    expect((await revoke()).json()).toMatchObject({ code: 'TERMINAL_NOT_ENROLLED' })
  })

  it('is followed by a new code and a new key only', async () => {
    await revoke()
    const { payload, secret } = await anEnrolment(
      world.app,
      await aCodeFor(world, place.terminalId),
    )
    const answer = await post('/api/terminal/enrol', payload)
    const headers = { cookie: cookieOf(answer), [PAGE_HEADER]: secret }
    expect((await info(headers)).statusCode).toBe(200)
    expect((await aPage()).code).toBe('TERMINAL_PROOF_REFUSED')
  })
})
