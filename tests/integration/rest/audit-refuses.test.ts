import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILT_SECRET } from '@visavis/prisma/seed'
import { breakAuditLog } from './support/audit-log.ts'
import { accountCookie, inmateCookie } from './support/callers.ts'
import { aCodeFor } from './support/enrolment-code.ts'
import { PIN, aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRecordedVisit } from './support/recorded-visit.ts'
import type { RecordedVisit } from './support/recorded-visit.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

let world: RestWorld
let place: Place
let recorded: RecordedVisit
let playId: string

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  recorded = await aRecordedVisit(world, place)
  playId = (
    await post(`/api/recordings/${recorded.recordingId}/plays`, await reviewer(), REASON)
  ).json<{ playId: string }>().playId
})
afterAll(() => world.close())

const REASON = { purpose: 'Review of a complaint', caseNumber: 'C-1' }
const reviewer = () => accountCookie(world, place.accounts.investigator)
const post = (url: string, cookie: string, payload: object = {}) =>
  world.app.inject({ method: 'POST', url, headers: { cookie }, payload })
const login = async (): Promise<string> => {
  const where = { accountId: place.accounts.officer }
  return (await world.db.account.findUniqueOrThrow({ where })).login
}

/** Everything that the acts below would have changed. */
async function traces() {
  const { db } = world
  return {
    signIns: await db.authSession.findMany({ orderBy: { authSessionId: 'asc' } }),
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
      return () => post('/api/terminal/enrol', '', { code })
    },
    'an inmate’s sign-in': async () => () =>
      post('/api/terminal/sign-in', place.device, { pin: PIN }),
    'a wrong PIN': async () => () => post('/api/terminal/sign-in', place.device, { pin: '0000' }),
    'an inmate’s sign-out': async () => {
      const { device, inmateId, terminalId, visitId } = place
      const cookie = await inmateCookie(world, { device, inmateId, terminalId, visitId })
      return () => post('/api/terminal/sign-out', cookie)
    },
    'a playback': async () => {
      const cookie = await reviewer()
      return () => post(`/api/recordings/${recorded.recordingId}/plays`, cookie, REASON)
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
