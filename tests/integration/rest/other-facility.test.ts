import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { newEnrolmentCode } from '@visavis/prisma'
import { accountCookie, inmateCookie } from './support/callers.ts'
import { aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import type { RestWorld } from './support/rest-world.ts'
import { aRouteWorld } from './support/route-caller.ts'
import type { RouteWorld } from './support/route-caller.ts'
import { anEnrolment } from './support/enrolment-code.ts'

let world: RestWorld
let place: Place
let request: RouteWorld['request']
beforeAll(async () => {
  ;({ world, place, request } = await aRouteWorld())
})
afterAll(() => world.close())

describe('[TR-3] another facility, another person', () => {
  let other: Place
  beforeAll(async () => {
    other = await aPlace(world)
  })

  it('shows staff the terminals and recordings of their own facility only', async () => {
    const staff = await accountCookie(world, other.accounts.facilityAdmin)
    const reviewer = await accountCookie(world, other.accounts.investigator)
    const terminals = (await request('listTerminals', staff)).json<{ terminals: unknown[] }>()
    expect(terminals.terminals).toMatchObject([{ terminalId: other.terminalId, isEnrolled: true }])
    expect((await request('searchRecordings', reviewer)).json()).toEqual({
      items: [],
      nextCursor: null,
    })
  })

  it('gives no code, no playback and no bytes to staff of another facility', async () => {
    const admin = await accountCookie(world, other.accounts.facilityAdmin)
    const reviewer = await accountCookie(world, other.accounts.investigator)
    expect((await request('issueEnrolmentCode', admin)).json()).toMatchObject({ code: 'NOT_FOUND' })
    expect((await request('openPlay', reviewer)).json()).toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    })
    expect((await request('playTrack', reviewer)).json()).toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    })
  })

  it('[EL-2] answers for somebody else’s visit as for one that is not there', async () => {
    const stranger = await accountCookie(world, other.accounts.visitor)
    const theirs = await request('myVisit', stranger)
    const unknown = await world.app.inject({
      url: `/api/my/visits/${crypto.randomUUID()}`,
      headers: { cookie: stranger },
    })
    expect(theirs.json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    expect(unknown.json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
  })

  it('gives an operator the terminals of its facilities and no one else’s', async () => {
    const operator = await accountCookie(world, other.accounts.operatorAdmin)
    const listed = (await request('listTerminals', operator)).json<{ terminals: unknown[] }>()
    expect(listed.terminals).toMatchObject([{ terminalId: other.terminalId }])
  })

  it('[OV-4] keeps an officer’s languages with that officer, each once', async () => {
    const own = await accountCookie(world, place.accounts.officer)
    const stranger = await accountCookie(world, other.accounts.officer)
    const kept = await world.app.inject({
      method: 'PUT',
      url: '/api/my/languages',
      headers: { cookie: own, 'idempotency-key': crypto.randomUUID() },
      payload: { languages: ['TT-ru', 'rsl', 'rsl'] },
    })
    expect(kept.json()).toEqual({ languages: ['tt-RU', 'rsl'] })
    expect((await request('myLanguages', own)).json()).toEqual({ languages: ['tt-RU', 'rsl'] })
    expect((await request('myLanguages', stranger)).json()).toEqual({ languages: [] })
    const nonsense = await world.app.inject({
      method: 'PUT',
      url: '/api/my/languages',
      headers: { cookie: own, 'idempotency-key': crypto.randomUUID() },
      payload: { languages: ['no such tag'] },
    })
    expect(nonsense.json()).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('[TR-5] makes an inmate’s cookie worthless away from the terminal', async () => {
    const { device, inmateId, terminalId, visitId } = place
    const cookie = await inmateCookie(world, { device, inmateId, terminalId, visitId })
    const inmateOnly = cookie.split('; ')[1] ?? ''
    const carriedAway = `${other.device}; ${inmateOnly}`
    for (const stolen of [inmateOnly, carriedAway]) {
      expect((await request('terminalVisits', stolen)).json()).toMatchObject({
        code: 'NOT_SIGNED_IN',
      })
    }
  })

  it('is refused a guessed code like anybody', async () => {
    const { payload } = await anEnrolment(world.app, newEnrolmentCode())
    const answer = await world.app.inject({ method: 'POST', url: '/api/terminal/enrol', payload })
    expect(answer.json()).toMatchObject({ status: 401, code: 'ENROLMENT_CODE_REFUSED' })
  })
})
