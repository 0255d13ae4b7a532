import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILT_SECRET } from '@visavis/prisma/seed'
import { deskSignInSample } from './samples/desk-sign-in.ts'
import { breakAuditLog } from './support/audit-log.ts'
import { accountCookie, inmateCookie } from './support/callers.ts'
import { aCodeFor, anEnrolment } from './support/enrolment-code.ts'
import { PIN, aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRecordedVisit } from './support/recorded-visit.ts'
import type { RecordedVisit } from './support/recorded-visit.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'
import { aRoomCode, aRoomVisit, deskOf } from './support/room-visit.ts'

let world: RestWorld
let place: Place
let recorded: RecordedVisit
let playId: string

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  recorded = await aRecordedVisit(world, place)
  playId = (
    await post(`/api/recordings/${recorded.visitId}/plays`, await reviewer(), REASON)
  ).json<{ playId: string }>().playId
})
afterAll(() => world.close())

const REASON = { purpose: 'Review of a complaint', caseNumber: 'C-1' }
const reviewer = () => accountCookie(world, place.accounts.investigator)
const post = (url: string, cookie: string, payload: object | Buffer = {}) =>
  world.app.inject({ method: 'POST', url, headers: { cookie }, payload })
const login = async (): Promise<string> => {
  const where = { accountId: place.accounts.officer }
  return (await world.db.account.findUniqueOrThrow({ where })).login
}

const given = { world: () => world, place: () => place }
const asHost = async (url: string, payload: object, method: 'POST' | 'PUT' = 'POST') => {
  const cookie = await accountCookie(world, place.accounts.host)
  const headers = { cookie, 'idempotency-key': crypto.randomUUID() }
  return () => world.app.inject({ method, url, headers, payload })
}

/** Everything that the acts below would have changed. */
async function traces() {
  const { db } = world
  return {
    signIns: await db.authSession.findMany({ orderBy: { authSessionId: 'asc' } }),
    checkIns: await db.deskCheckIn.findMany({ orderBy: { checkInId: 'asc' } }),
    roomCodes: await db.roomCode.findMany({ orderBy: { roomCodeId: 'asc' } }),
    centres: await db.linkCentre.findMany({ orderBy: { linkCentreId: 'asc' } }),
    codes: await db.terminalEnrolment.findMany({ orderBy: { enrolmentId: 'asc' } }),
    terminals: await db.terminal.findMany({ orderBy: { terminalId: 'asc' } }),
    inmates: await db.inmate.findMany({ orderBy: { inmateId: 'asc' } }),
    plays: await db.playSession.findMany(),
    entries: await db.auditEntry.count(),
  }
}

describe('[TR-1] an act whose entry cannot be written does not happen', () => {
  const acts: Record<string, () => Promise<() => ReturnType<typeof post>>> = {
    'a sign-in': async () => {
      const given = { login: await login(), password: BUILT_SECRET }
      return () => post('/api/sign-in', '', given)
    },
    'a refused sign-in': async () => {
      const given = { login: await login(), password: 'wrong' }
      return () => post('/api/sign-in', '', given)
    },
    'a sign-out': async () => {
      const cookie = await reviewer()
      return () => post('/api/sign-out', cookie)
    },
    'a code': async () => {
      const cookie = await accountCookie(world, place.accounts.facilityAdmin)
      return () => post(`/api/terminals/${place.terminalId}/enrolment-codes`, cookie)
    },
    'an enrolment': async () => {
      const code = await aCodeFor(world, place.terminalId)
      const { payload } = await anEnrolment(world.app, code)
      return () => post('/api/terminal/enrol', '', payload)
    },
    'an inmate’s sign-in': async () => () =>
      post('/api/terminal/sign-in', place.device, { pin: PIN }),
    'a wrong PIN': async () => () => post('/api/terminal/sign-in', place.device, { pin: '0000' }),
    'an inmate’s sign-in at the desk': async () => {
      const { payload, device = '' } = await deskSignInSample(given).deskSignIn()
      return () => post('/api/terminal/desk-sign-in', device, payload)
    },
    'a check-in at a link centre': async () => {
      const { visitId, seatIds } = await aRoomVisit(world, place)
      const payload = { seatId: seatIds[0], documentName: 'Passport' }
      return asHost(`/api/desk/visits/${visitId}/check-ins`, payload)
    },
    'a room’s code': async () => {
      const { visitId, seatIds } = await aRoomVisit(world, place)
      await deskOf(world, place).checkIn(visitId, seatIds[0] ?? '')
      return asHost(`/api/desk/visits/${visitId}/room-codes`, {})
    },
    'a room device’s sign-in': async () => {
      const code = await aRoomCode(world, place, await aRoomVisit(world, place))
      return () => post('/api/room/sign-in', '', { code })
    },
    'opening hours': () => asHost('/api/desk/opening-hours', { openingHours: {} }, 'PUT'),
    'an inmate’s sign-out': async () => {
      const { device, inmateId, terminalId, visitId } = place
      const cookie = await inmateCookie(world, { device, inmateId, terminalId, visitId })
      return () => post('/api/terminal/sign-out', cookie)
    },
    'a playback': async () => {
      const cookie = await reviewer()
      return () => post(`/api/recordings/${recorded.visitId}/plays`, cookie, REASON)
    },
    'reading a track': async () => {
      const cookie = await reviewer()
      const url = `/api/plays/${playId}/tracks/${recorded.trackId}`
      return () => world.app.inject({ url, headers: { cookie } })
    },
  }

  it.each(Object.keys(acts))('%s', async (name) => {
    await world.db.$executeRaw`ALTER TABLE audit_entry DROP CONSTRAINT IF EXISTS broken`
    const act = await acts[name]?.()
    await breakAuditLog(world.db)
    const before = await traces()
    const answer = await act?.()
    expect(answer?.json()).toMatchObject({ status: 500, code: 'INTERNAL' })
    expect(answer?.headers['set-cookie']).toBeUndefined()
    expect(await traces()).toEqual(before)
  })
})
