import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { insertAccount, insertOfficer, insertSmallWorld } from '@visavis/prisma/seed'
import { until } from '../../support/until.ts'
import { aVisitWithPeople } from '../live/support/live-people.ts'
import type { VisitPeople } from '../live/support/live-people.ts'
import { aLiveVisit, hangUp } from '../live/support/live-visit.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { connectSeat, connectWall } from '../live/support/socket-client.ts'
import type { SeatClient, WallClient } from '../live/support/socket-client.ts'
import { AccountProofs } from '../rest/support/account-proofs.ts'
import { accountCookie } from '../rest/support/callers.ts'

const MINUTE_MS = 60_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

/** The sign-in behind a cookie. */
const signInOf = (cookie: string) => new AccountProofs(() => world as never).sessionOf(cookie)

const changeSignIn = async (cookie: string, data: object): Promise<void> => {
  const { authSessionId } = await signInOf(cookie)
  await world.db.authSession.update({ where: { authSessionId }, data })
}

/** What a message is answered with; `cut` where the socket was closed first. */
async function nextMessage(client: SeatClient | WallClient, name: string, payload: object) {
  if (client.socket.disconnected) return 'cut'
  const sent = client.socket.timeout(15_000).emitWithAck(name, { requestId: randomUUID(), payload })
  const cut = until(() => (client.socket.disconnected ? 'cut' : null), 'the socket to be closed')
  const answer = sent.then(
    (reply: { code?: string }) => reply.code ?? 'OK',
    () => 'cut',
  )
  return Promise.race([answer, cut.catch(() => 'open')])
}

const isCut = ({ socket }: Pick<SeatClient, 'socket'>) =>
  until(() => (socket.disconnected ? true : null), 'the socket to be closed')

const openObservations = (visitId: string) =>
  world.db.observation.count({ where: { visitId, endedAt: null } })

/** A visit that an officer watches, and the officer's account. */
async function aWatchedVisit() {
  const live = await aLiveVisit(world, { isWatched: true })
  const { visitId, cookies } = live.people
  await until(async () => ((await openObservations(visitId)) > 0 ? true : null), 'it to be watched')
  const { accountId } = await signInOf(cookies.officer)
  return { live, visitId, accountId }
}

describe('[TR-3] what an officer may changes while a wall watches', () => {
  const anotherFacility = async () => {
    const { facility } = await insertSmallWorld(world.db)
    const { facilityId } = facility
    const { officerId } = await insertOfficer(world.db, { facilityId })
    return { facilityId, officerId }
  }
  const changes: Record<string, () => Promise<object>> = {
    'another role': async () => ({ role: 'scheduler', officerId: null }),
    'another facility': anotherFacility,
    'a disabled account': async () => ({ disabledAt: world.clock.now() }),
  }

  it.each(Object.keys(changes))(
    '%s: the next message is refused, and nothing is seen any more',
    async (what) => {
      const { live, visitId, accountId } = await aWatchedVisit()
      const data = (await changes[what]?.()) ?? {}
      await world.db.account.update({ where: { accountId }, data })
      const changedMs = performance.now()
      expect(await nextMessage(live.wall, 'wall:beat', {})).toMatch(/^(SESSION_ENDED|cut)$/)
      await isCut(live.wall)
      await until(
        async () => ((await openObservations(visitId)) === 0 ? true : null),
        'nobody to watch any more',
      )
      console.info(`${what}: cut after ${Math.round(performance.now() - changedMs)} ms`)
      const again = connectWall(world, live.people.cookies.officer)
      await expect(again).rejects.toMatchObject({ message: 'SESSION_ENDED' })
      hangUp(live)
    },
  )

  it('another class: the database lets nobody change it under somebody’s eyes', async () => {
    const { live, visitId } = await aWatchedVisit()
    const data = { visitClass: 'privileged', monitor: 'NONE', isRecorded: false } as const
    await expect(world.db.visit.update({ where: { visitId }, data })).rejects.toThrow()
    expect(await nextMessage(live.wall, 'wall:beat', {})).toBe('OK')
    hangUp(live)
  })
})

describe('[TR-3] [EL-4] what two people may changes while they talk', () => {
  async function asScheduler({ facilityId }: VisitPeople, path: string, body: object) {
    const { accountId } = await insertAccount(world.db, { role: 'scheduler', facilityId })
    const cookie = await accountCookie(world as never, accountId)
    const headers = { cookie, 'content-type': 'application/json', 'idempotency-key': randomUUID() }
    const url = `${world.origin()}${path}`
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status).toBe(200)
  }

  async function pairOf({ visitId }: VisitPeople) {
    const seats = await world.db.seat.findMany({ where: { visitId } })
    const visitorId = seats.find(({ party }) => party === 'VISITOR')?.visitorId ?? ''
    const inmateId = seats.find(({ party }) => party === 'INMATE')?.inmateId ?? ''
    return { visitorId, inmateId }
  }

  const revoke = async (people: VisitPeople) => {
    const where = await pairOf(people)
    const { relationshipId, version } = await world.db.relationship.findFirstOrThrow({ where })
    const body = { move: 'BAN', version, until: null, reason: 'A complaint was made' }
    await asScheduler(people, `/api/relationships/${relationshipId}/moves`, body)
  }
  const restrict = async (people: VisitPeople) => {
    const since = { startsAt: world.clock.now().toISOString(), endsAt: null }
    const kind = { kind: 'NO_CONTACT', source: 'FACILITY', reason: 'A complaint was made' }
    await asScheduler(people, '/api/restrictions', {
      ...kind,
      ...since,
      ...(await pairOf(people)),
    })
  }

  it.each([
    ['a relationship that is ended', revoke],
    ['a restriction that is entered', restrict],
  ])('%s: all media between them ends, and no page takes its seat anew', async (_, change) => {
    const live = await aLiveVisit(world)
    const { visitor, media, people } = live
    await change(people)
    const changedMs = performance.now()
    await visitor.heard<VisitSnapshot>('visit:changed', ({ state }) => state === 'PAUSED')
    for (const side of [media.visitor, media.inmate]) {
      await until(() => (side.consumers.size === 0 ? true : null), 'all media to be closed')
    }
    console.info(`media gone after ${Math.round(performance.now() - changedMs)} ms`)
    const { visitId, cookies } = people
    const back = await connectSeat(world, cookies.visitor)
    const answer = await back.ask('join', { visitId, holdingEpoch: null })
    if (answer.ok) expect(answer.data.snapshot.state).toBe('PAUSED')
    expect(media.inmate.consumers.size).toBe(0)
    back.close()
    hangUp(live)
  })
})

describe('[TR-3] a sign-in that time ends', () => {
  it('loses its seat’s socket and media, though nobody sends a message or tells of it', async () => {
    const live = await aLiveVisit(world)
    const { cookies } = live.people
    const { authSessionId } = await signInOf(cookies.visitor)
    const where = { authSessionId }
    const { createdAt } = await world.db.authSession.findUniqueOrThrow({ where })
    await changeSignIn(cookies.visitor, { expiresAt: new Date(createdAt.getTime() + 1) })
    world.clock.advance(1_000)
    await isCut(live.visitor)
    await until(() => (live.media.inmate.consumers.size === 0 ? true : null), 'the media to end')
    const again = connectSeat(world, cookies.visitor)
    await expect(again).rejects.toMatchObject({ message: 'SESSION_EXPIRED' })
    hangUp(live)
  })

  it('goes idle behind a wall that nobody touches, however often the page beats', async () => {
    const { facilityId, cookies } = await aVisitWithPeople(world)
    const wall = await connectWall(world, cookies.officer)
    await wall.call('open', { facilityId })
    const long = new Date(world.clock.now().getTime() - 14 * MINUTE_MS)
    await changeSignIn(cookies.officer, { lastSeenAt: long })
    await wall.call('beat', {})
    await wall.call('watch', { visitIds: [], focusVisitId: null })
    const { authSessionId } = await signInOf(cookies.officer)
    const seen = await world.db.authSession.findUniqueOrThrow({ where: { authSessionId } })
    expect(seen.lastSeenAt).toEqual(long)
    world.clock.advance(2 * MINUTE_MS)
    await isCut(wall)
  })

  it('lasts behind a wall that somebody touches', async () => {
    const { facilityId, cookies } = await aVisitWithPeople(world)
    const wall = await connectWall(world, cookies.officer)
    await wall.call('open', { facilityId })
    const long = new Date(world.clock.now().getTime() - 14 * MINUTE_MS)
    await changeSignIn(cookies.officer, { lastSeenAt: long })
    await wall.call('beat', { isTouched: true })
    world.clock.advance(2 * MINUTE_MS)
    expect(await nextMessage(wall, 'wall:beat', {})).toBe('OK')
    wall.close()
  })
})

describe('[TR-3] a wall', () => {
  it('wants a fresh proof, but opens again by itself where it was open until lately', async () => {
    const { facilityId, cookies } = await aVisitWithPeople(world)
    const first = await connectWall(world, cookies.officer)
    const stale = new Date(world.clock.now().getTime() - 6 * MINUTE_MS)
    await changeSignIn(cookies.officer, { provedAt: stale })
    expect(await first.ask('open', { facilityId })).toMatchObject({ code: 'STEP_UP_REQUIRED' })
    await changeSignIn(cookies.officer, { provedAt: world.clock.now() })
    await first.call('open', { facilityId })
    first.close()
    await changeSignIn(cookies.officer, { provedAt: stale })
    const second = await connectWall(world, cookies.officer)
    await second.call('open', { facilityId })
    second.close()
    world.clock.advance(6 * MINUTE_MS)
    const third = await connectWall(world, cookies.officer)
    expect(await third.ask('open', { facilityId })).toMatchObject({ code: 'STEP_UP_REQUIRED' })
    third.close()
  })
})
