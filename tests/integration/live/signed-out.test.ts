import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { aLiveVisit, hangUp } from './support/live-visit.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connectSeat, connectWall } from './support/socket-client.ts'
import type { SocketClient } from './support/socket-client.ts'

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

type Client = Pick<SocketClient<never>, 'socket'>

const isCut = ({ socket }: Client): Promise<true> =>
  until(() => (socket.disconnected ? true : null), 'the socket to be closed')

const signOut = (cookie: string) =>
  fetch(`${world.origin()}/api/sign-out`, {
    method: 'POST',
    headers: { cookie },
  })

const accountOf = async (cookie: string): Promise<string> => {
  const answer = await fetch(`${world.origin()}/api/me`, { headers: { cookie } })
  return ((await answer.json()) as { accountId: string }).accountId
}

describe('[TR-3] a sign-in that ends', () => {
  it('takes a seat’s socket and its media with it, though nobody sends a message', async () => {
    const live = await aLiveVisit(world)
    const { visitor, media, people } = live
    const sinceMs = performance.now()
    expect((await signOut(people.cookies.visitor)).status).toBe(200)
    await isCut(visitor)
    await until(() => (media.inmate.consumers.size === 0 ? true : null), 'the media to end')
    console.info(`seat cut after ${Math.round(performance.now() - sinceMs)} ms`)
    const again = connectSeat(world, people.cookies.visitor)
    await expect(again).rejects.toMatchObject({ message: 'SESSION_ENDED' })
    hangUp(live)
  })

  it('takes a wall with what it watches, when its account is disabled', async () => {
    const live = await aLiveVisit(world, { isWatched: true })
    const { wall, people } = live
    const observing = { visitId: people.visitId, endedAt: null }
    await until(
      async () => ((await world.db.observation.count({ where: observing })) > 0 ? true : null),
      'the visit to be watched',
    )
    const accountId = await accountOf(people.cookies.officer)
    const sinceMs = performance.now()
    // By whatever hand: the database itself ends the sign-ins and tells the servers.
    await world.db.account.update({
      where: { accountId },
      data: { disabledAt: world.clock.now() },
    })
    await isCut(wall)
    console.info(`wall cut after ${Math.round(performance.now() - sinceMs)} ms`)
    await until(
      async () => ((await world.db.observation.count({ where: observing })) === 0 ? true : null),
      'nobody to watch any more',
    )
    const again = connectWall(world, people.cookies.officer)
    await expect(again).rejects.toMatchObject({ message: 'SESSION_ENDED' })
    hangUp(live)
  })
})

describe('[TR-3] a sign-in with another token', () => {
  it('loses its sockets; its seat keeps the lease, and so its media', async () => {
    const live = await aLiveVisit(world)
    const { visitor, media, people } = live
    const { visitId, cookies } = people
    const answer = await fetch(`${world.origin()}/api/my/proof`, {
      method: 'POST',
      headers: {
        cookie: cookies.visitor,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ kind: 'PASSWORD', password: 'visit-test-password' }),
    })
    expect(answer.status).toBe(200)
    await isCut(visitor)
    const before = connectSeat(world, cookies.visitor)
    await expect(before).rejects.toMatchObject({ message: 'NOT_SIGNED_IN' })
    const fresh = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
    const back = await connectSeat(world, fresh)
    await back.call('join', { visitId, holdingEpoch: null })
    expect(media.inmate.consumers.size).toBeGreaterThan(0)
    back.close()
    hangUp(live)
  })

  it('of somebody else cuts nobody', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, cookies } = people
    const visitor = await connectSeat(world, cookies.visitor)
    await visitor.call('join', { visitId, holdingEpoch: null })
    const officer = await connectWall(world, cookies.officer)
    await signOut(cookies.officer)
    await isCut(officer)
    expect(visitor.socket.connected).toBe(true)
    visitor.close()
  })
})
