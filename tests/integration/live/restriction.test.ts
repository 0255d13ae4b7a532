import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import { insertAccount } from '@visavis/prisma/seed'
import type { RtcClient } from '../../support/rtc-client.ts'
import { until } from '../../support/until.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { openSeatMedia } from './support/seat-media.ts'
import { connectSeat, connectWall } from './support/socket-client.ts'

const MINUTE_MS = 60_000

describe('a restriction', () => {
  let world: LiveWorld
  beforeAll(async () => {
    world = await aLiveWorld()
  })
  afterAll(() => world.close())

  /** Two people talking, with an officer's wall open. */
  async function aTalk(people: VisitPeople) {
    const { visitId, facilityId, cookies, visitorSeatId, inmateSeatId } = people
    const wall = await connectWall(world, cookies.officer)
    await wall.call('open', { facilityId })
    const visitor = await connectSeat(world, cookies.visitor)
    const inmate = await connectSeat(world, cookies.inmate)
    const joined = await visitor.call('join', { visitId, holdingEpoch: null })
    const inmateJoined = await inmate.call('join', { visitId, holdingEpoch: null })
    const seat = { seatId: visitorSeatId, visitId }
    const visitorMedia = await openSeatMedia(visitor, { ...seat, ...joined.media })
    const other = { seatId: inmateSeatId, visitId }
    const inmateMedia = await openSeatMedia(inmate, { ...other, ...inmateJoined.media })
    await wall.call('checkSeat', { visitId, seatId: visitorSeatId })
    await wall.call('admitSeat', { visitId, seatId: visitorSeatId })
    world.clock.advance(2 * MINUTE_MS)
    await hears(inmateMedia, visitorMedia)
    await hears(visitorMedia, inmateMedia)
    return { wall, visitor, inmate, visitorMedia, inmateMedia }
  }

  const hears = (to: RtcClient, from: RtcClient, after = 0) =>
    until(
      () => (to.arrivals(from.tag, 'audio').length > after ? true : null),
      'sound to arrive at the other side',
    )

  /** Calls the API over HTTP as the facility's scheduler. */
  async function asScheduler(people: VisitPeople) {
    const { facilityId } = people
    const { accountId } = await insertAccount(world.db, { role: 'scheduler', facilityId })
    const cookie = await accountCookie(world as never, accountId)
    const headers = { cookie, origin: 'http://localhost:3000', 'content-type': 'application/json' }
    return async (path: string, body: object) => {
      const answer = await fetch(`${world.origin()}${path}`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': randomUUID() },
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: (await answer.json()) as Added }
    }
  }
  type Added = { restriction: { restrictionId: string }; affectedVisits: string[] }

  async function noContact(people: VisitPeople) {
    const seats = await world.db.seat.findMany({ where: { visitId: people.visitId } })
    return {
      kind: 'NO_CONTACT',
      source: 'FACILITY',
      visitorId: seats.find(({ party }) => party === 'VISITOR')?.visitorId,
      inmateId: seats.find(({ party }) => party === 'INMATE')?.inmateId,
      startsAt: world.clock.now().toISOString(),
      endsAt: null,
      reason: 'A complaint was made',
    }
  }

  it('[EL-4] that lands on a running visit pauses its media at once, and an officer lets it go on', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, facilityId } = people
    const talk = await aTalk(people)
    const post = await asScheduler(people)
    const enteredMs = performance.now()
    const added = await post('/api/restrictions', await noContact(people))
    expect(added).toMatchObject({ status: 200, body: { affectedVisits: [visitId] } })
    const paused = await talk.inmate.heard<VisitSnapshot>(
      'visit:changed',
      ({ state }) => state === 'PAUSED',
    )
    const toldMs = performance.now() - enteredMs
    for (const side of [talk.visitorMedia, talk.inmateMedia]) {
      await until(() => (side.consumers.size === 0 ? true : null), 'all media to be closed')
    }
    const goneMs = performance.now() - enteredMs
    console.info(`told after ${Math.round(toldMs)} ms, media gone after ${Math.round(goneMs)} ms`)
    // EL-8: the parties learn that somebody decides, not why.
    expect(paused).toMatchObject({ pausedFor: 'OFFICER' })
    const heard = talk.inmateMedia.arrivals(talk.visitorMedia.tag, 'audio').length
    const tile = await talk.wall.heard<WallVisit>(
      'wall:changed',
      ({ pauseReason }) => pauseReason === 'RESTRICTION',
    )
    expect(tile).toMatchObject({ state: 'PAUSED', attention: 'RESTRICTION' })
    // The choice that is put before the officer: what stands in the way, and to keep the visit paused.
    expect(await talk.wall.call('obstacle', { visitId })).toEqual({ code: 'RESTRICTED' })
    expect(await talk.wall.ask('resumeVisit', { visitId })).toMatchObject({ code: 'RESTRICTED' })
    await talk.wall.call('keepPaused', { visitId })
    await talk.wall.heard<WallVisit>('wall:changed', ({ attention }) => attention === 'PAUSED')
    expect(talk.inmateMedia.arrivals(talk.visitorMedia.tag, 'audio').length - heard).toBeLessThan(5)

    const { restrictionId } = added.body.restriction
    const lifting = `/api/restrictions/${restrictionId}/lifting`
    expect((await post(lifting, { reason: 'The complaint was withdrawn' })).status).toBe(200)
    expect(await talk.wall.call('obstacle', { visitId })).toEqual({ code: null })
    await talk.wall.call('resumeVisit', { visitId })
    await talk.inmate.heard<VisitSnapshot>('visit:changed', ({ state }) => state === 'LIVE')
    const acts = (await entriesOf(world.db, facilityId)).map(({ action }) => action)
    expect(acts.filter((act) => /visit\.(bar|pause|clear|resume)/.test(act))).toEqual([
      'visit.bar',
      'visit.pause',
      'visit.clear',
      'visit.resume',
    ])
    for (const client of [talk.visitor, talk.inmate, talk.wall]) client.close()
  })

  it('[EL-4] keeps people from the door, and asks somebody to look', async () => {
    const people = await aVisitWithPeople(world)
    const post = await asScheduler(people)
    await post('/api/restrictions', await noContact(people))
    const visitor = await connectSeat(world, people.cookies.visitor)
    const { visitId } = people
    expect(await visitor.ask('join', { visitId, holdingEpoch: null })).toMatchObject({
      code: 'RESTRICTED',
    })
    const where = { visitId, kind: 'RESTRICTION_HITS_VISIT' as const, state: 'OPEN' as const }
    expect(await world.db.task.count({ where })).toBe(1)
    visitor.close()
  })
})
