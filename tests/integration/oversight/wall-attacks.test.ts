import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertAccount, insertProfessional } from '@visavis/prisma/seed'
import { LibraryCensus } from '../../support/library-census.ts'
import type { CountedConsumer } from '../../support/library-census.ts'
import { until } from '../../support/until.ts'
import { aVisitWithPeople } from '../live/support/live-people.ts'
import type { VisitPeople } from '../live/support/live-people.ts'
import { aLiveVisit, flows, hangUp, told } from '../live/support/live-visit.ts'
import type { LiveVisit } from '../live/support/live-visit.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { connectWall } from '../live/support/socket-client.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'

const census = new LibraryCensus()
let world: LiveWorld
/** A privileged visit under way, and another facility's people. */
let secret: LiveVisit
let elsewhere: Awaited<ReturnType<typeof aVisitWithPeople>>
beforeAll(async () => {
  world = await aLiveWorld()
  secret = await aLiveVisit(world, { visitClass: 'privileged', prepare: asLawyer })
  elsewhere = await aVisitWithPeople(world)
})
afterAll(async () => {
  hangUp(secret)
  await world.close()
  census.close()
})

/** Makes a verified lawyer of the visitor. */
async function asLawyer({ visitId }: VisitPeople): Promise<void> {
  const seat = await world.db.seat.findFirst({ where: { visitId, party: 'VISITOR' } })
  const visitorId = seat?.visitorId ?? ''
  await insertProfessional(world.db, { visitorId, state: 'VERIFIED', kind: 'LAWYER' })
  await world.db.relationship.updateMany({ where: { visitorId }, data: { kind: 'LAWYER' } })
}

/** The private router of the visit, which no wall is ever told of. */
function secretRouterId(): string {
  const { visitId } = secret.people
  const own = [...census.transports].find(
    ({ transport }) => transport.appData['visitId'] === visitId,
  )
  return own?.routerId ?? ''
}

/** 0 bytes to anybody but the parties, who meanwhile talk on. */
async function expectNothingLeft(): Promise<void> {
  const { visitId, visitorSeatId, inmateSeatId } = secret.people
  await flows(secret.media)
  const seats = [visitorSeatId, inmateSeatId]
  expect(census.foreignConsumers(secretRouterId(), seats)).toBe(0)
  expect(await census.foreignBytes(secretRouterId(), seats)).toBe(0)
  expect(await world.db.observation.count({ where: { visitId } })).toBe(0)
  expect(await world.db.recording.count({ where: { visitId } })).toBe(0)
}

const deniedIn = async (facilityId: string | null) =>
  (await entriesOf(world.db, facilityId)).filter(({ outcome }) => outcome === 'deny')

async function cookieOf(role: 'investigator' | 'auditor' | 'scheduler' | 'facilityAdmin') {
  const { facilityId } = secret.people
  const { accountId } = await insertAccount(world.db, { role, facilityId })
  return { accountId, cookie: await accountCookie(world as never, accountId) }
}

describe('whoever tries to watch a privileged visit', () => {
  it('[OV-1] [TR-1] as its own facility’s officer: is refused in every way, and noted once for each screen', async () => {
    const { visitId, facilityId, visitorSeatId, cookies } = secret.people
    const before = (await deniedIn(facilityId)).length
    const wall = await connectWall(world, cookies.secondOfficer)
    const { routers } = await wall.call('open', { facilityId })
    expect(routers).toEqual([])
    const refused = [{ visitId, code: 'MEDIA_POLICY_FORBIDS' }]
    const screens = [
      { visitIds: [visitId], focusVisitId: null },
      { visitIds: [], focusVisitId: visitId },
      { visitIds: [], stillVisitIds: [visitId], focusVisitId: null },
    ]
    for (const screen of screens) {
      expect(await wall.call('watch', screen)).toMatchObject({ refused })
    }
    // The same wish again fills no log; a new one after another screen does.
    expect((await deniedIn(facilityId)).slice(before)).toMatchObject([
      { action: 'visit.watch', reason: 'MEDIA_POLICY_FORBIDS', object: { objectId: visitId } },
    ])
    await wall.call('watch', { visitIds: [], focusVisitId: null })
    await wall.call('watch', screens[0]!)
    expect((await deniedIn(facilityId)).length).toBe(before + 2)
    const rtpCapabilities = { codecs: [], headerExtensions: [] }
    const open = await wall.ask('openMedia', { routerId: secretRouterId(), rtpCapabilities })
    expect(open).toMatchObject({ code: 'MEDIA_UNAVAILABLE' })
    const speech = { visitId, seatId: visitorSeatId }
    expect(await wall.ask('checkSeat', speech)).toMatchObject({ ok: false })
    await expectNothingLeft()
    wall.close()
  })

  it('[TR-3] as another facility’s officer: finds neither wall nor visit, and is noted at home', async () => {
    const { visitId, facilityId } = secret.people
    const wall = await connectWall(world, elsewhere.cookies.officer)
    expect(await wall.ask('open', { facilityId })).toMatchObject({ code: 'FORBIDDEN' })
    await wall.call('open', { facilityId: elsewhere.facilityId })
    const screen = { visitIds: [visitId], stillVisitIds: [visitId], focusVisitId: visitId }
    expect(await wall.call('watch', screen)).toMatchObject({
      refused: [{ visitId, code: 'VISIT_NOT_FOUND' }],
    })
    expect(await deniedIn(elsewhere.facilityId)).toMatchObject([
      { action: 'wall.open', reason: 'FORBIDDEN' },
      { action: 'visit.watch', reason: 'VISIT_NOT_FOUND', object: { objectId: visitId } },
    ])
    await expectNothingLeft()
    wall.close()
  })

  it('[TR-3] as a party or another member of staff: finds no wall, and is noted', async () => {
    const { facilityId, cookies } = secret.people
    const staff = await Promise.all(
      (['investigator', 'auditor', 'scheduler', 'facilityAdmin'] as const).map(cookieOf),
    )
    for (const { cookie, accountId } of staff) {
      await expect(connectWall(world, cookie)).rejects.toMatchObject({ message: 'FORBIDDEN' })
      const denied = await deniedIn(facilityId)
      expect(denied.filter(({ actor }) => actor.actorId === accountId)).toMatchObject([
        { action: 'wall.open', reason: 'FORBIDDEN' },
      ])
    }
    const byType = async (log: string | null, type: string) =>
      (await deniedIn(log)).filter(({ actor }) => actor.type === type)
    await expect(connectWall(world, cookies.visitor)).rejects.toMatchObject({
      message: 'FORBIDDEN',
    })
    await expect(connectWall(world, cookies.inmate)).rejects.toMatchObject({
      message: 'NOT_SIGNED_IN',
    })
    expect(await byType(null, 'visitor')).toMatchObject([{ action: 'wall.open' }])
    expect(await byType(facilityId, 'inmate')).toMatchObject([{ action: 'wall.open' }])
    await expectNothingLeft()
  })

  it('[OV-1] over REST: gets no still and no recording', async () => {
    const { visitId, facilityId, visitorSeatId, cookies } = secret.people
    const get = async (path: string, cookie: string) =>
      (await fetch(`${world.origin()}${path}`, { headers: { cookie } })).status
    const still = `/api/wall/stills/${visitId}/${visitorSeatId}`
    const before = (await deniedIn(facilityId)).length
    expect(await get(still, cookies.secondOfficer)).toBe(404)
    expect(await get(still, elsewhere.cookies.officer)).toBe(404)
    expect((await deniedIn(facilityId)).slice(before)).toMatchObject([
      { action: 'visit.watchStills', reason: 'MEDIA_POLICY_FORBIDS' },
    ])
    expect((await deniedIn(elsewhere.facilityId)).at(-1)).toMatchObject({
      action: 'visit.watchStills',
      reason: 'VISIT_NOT_FOUND',
    })
    const { cookie } = await cookieOf('investigator')
    expect(await get(still, cookie)).toBe(403)
    expect(await get(still, cookies.visitor)).toBe(403)
    expect(await get(still, cookies.inmate)).toBe(401)
    expect(await get(`/api/plays/${randomUUID()}/tracks/${randomUUID()}`, cookie)).toBe(404)
    const listed = await fetch(`${world.origin()}/api/recordings`, { headers: { cookie } })
    expect(await listed.text()).not.toContain(visitId)
    await expectNothingLeft()
  })
})

/** A scheduler enters an order that these two may not meet. */
async function forbidContact({ visitId }: VisitPeople, cookie: string): Promise<void> {
  const seats = await world.db.seat.findMany({ where: { visitId } })
  const body = {
    kind: 'NO_CONTACT',
    source: 'FACILITY',
    visitorId: seats.find(({ party }) => party === 'VISITOR')?.visitorId,
    inmateId: seats.find(({ party }) => party === 'INMATE')?.inmateId,
    startsAt: world.clock.now().toISOString(),
    endsAt: null,
    reason: 'A complaint was made',
  }
  const headers = { cookie, origin: 'http://localhost:3000', 'content-type': 'application/json' }
  const answer = await fetch(`${world.origin()}/api/restrictions`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
}

describe('a restriction that lands as officers come', () => {
  it('[EL-4] [TR-1] stops the parties, and leaves a row of everybody who watches', async () => {
    const visit = await aLiveVisit(world)
    const { visitId, facilityId, cookies, visitorSeatId, inmateSeatId } = visit.people
    const { accountId } = await insertAccount(world.db, { role: 'scheduler', facilityId })
    const scheduler = await accountCookie(world as never, accountId)
    const second = await connectWall(world, cookies.secondOfficer)
    await second.call('open', { facilityId })
    const screen = { visitIds: [visitId], focusVisitId: visitId }
    await Promise.all([
      visit.wall.call('watch', screen),
      forbidContact(visit.people, scheduler),
      second.call('watch', screen),
    ])
    await told(visit.visitor, 'PAUSED')
    const isOfParties = ({ transport }: CountedConsumer) =>
      [visitorSeatId, inmateSeatId].includes(String(transport.appData['peerId']))
    await until(
      () => ([...census.consumers].some(isOfParties) ? null : true),
      'the parties to have nothing of each other',
    )
    const open = await world.db.observation.findMany({ where: { visitId, endedAt: null } })
    expect(open.map(({ kind }) => kind).toSorted()).toEqual(['LIVE', 'LIVE', 'SOUND', 'SOUND'])
    second.close()
    hangUp(visit)
  })
})
