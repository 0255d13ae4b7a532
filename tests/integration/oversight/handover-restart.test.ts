import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Offer } from '@visavis/contract/coverage-socket'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { createHandoversRepo } from '../../../server/src/modules/monitoring/handovers.repo.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aLiveVisit, hangUp } from '../live/support/live-visit.ts'
import type { LiveVisit } from '../live/support/live-visit.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { connectWall } from '../live/support/socket-client.ts'
import type { WallClient } from '../live/support/socket-client.ts'

const MINUTE_MS = 60_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

async function openWall(cookie: string, { people }: LiveVisit): Promise<WallClient> {
  const wall = await connectWall(world, cookie)
  await wall.call('open', { facilityId: people.facilityId })
  return wall
}
const rowOf = (offerId: string) => world.db.handover.findUniqueOrThrow({ where: { offerId } })
const isIt =
  ({ offerId }: { offerId: string }) =>
  (offer: { offerId: string }) =>
    offer.offerId === offerId

/** A live visit, offered to the one colleague who is there. */
async function anOffered() {
  const live = await aLiveVisit(world, { isWatched: true })
  const second = await openWall(live.people.cookies.secondOfficer, live)
  const { colleagues } = await live.wall.call('colleagues', {})
  const offer = await live.wall.call('offerVisits', {
    visitIds: [live.people.visitId as never],
    toObserverId: colleagues[0]!.observerId,
  })
  await second.heard<Offer>('handover:offered', isIt(offer))
  return { live, second, offer }
}

describe('an offer that nobody has taken', () => {
  it('[OV-7] stands after the server has ended, is found by whom it was made to, and is taken once', async () => {
    const { live, offer } = await anOffered()
    const { cookies, facilityId, visitId } = live.people
    await world.restartServer()
    const giver = await openWall(cookies.officer, live)
    const asked = await openWall(cookies.secondOfficer, live)
    expect(await asked.heard<Offer>('handover:offered', isIt(offer))).toMatchObject({
      cause: 'COLLEAGUE',
      visitIds: [visitId],
    })
    expect(giver.events.filter(([name]) => name === 'handover:offered')).toEqual([])
    expect(await asked.call('answerOffer', { ...offer, isAccepted: true })).toEqual({
      visitIds: [visitId],
    })
    await giver.heard<{ offerId: string }>('handover:taken', isIt(offer))
    expect(await asked.ask('answerOffer', { ...offer, isAccepted: true })).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    expect(await rowOf(offer.offerId)).toMatchObject({ state: 'TAKEN', version: 1 })
    const acts = (await entriesOf(world.db, facilityId)).map(({ action }) => action)
    expect(acts.filter((action) => action.startsWith('handover.'))).toEqual([
      'handover.offer',
      'handover.accept',
    ])
    await world.restartServer()
    const later = await openWall(cookies.secondOfficer, live)
    expect(later.events.filter(([name]) => name === 'handover:offered')).toEqual([])
    ;[giver, asked, later].forEach((wall) => wall.close())
    hangUp(live)
  })

  it('[OV-7] is over after ten minutes, for whoever is there and for whoever comes', async () => {
    const { live, second, offer } = await anOffered()
    world.clock.advance(10 * MINUTE_MS)
    await second.call('beat', {})
    await second.heard<{ offerId: string }>('handover:closed', isIt(offer))
    expect(await second.ask('answerOffer', { ...offer, isAccepted: true })).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    second.close()
    hangUp(live)
  })

  it('[OV-7] is had by one of two servers that are asked at once', async () => {
    const { live, second, offer } = await anOffered()
    const rows = createHandoversRepo(world.db)
    const transact = createTransact(world.db)
    const { accountId: takenBy } = await world.db.account.findFirstOrThrow({
      where: { facilityId: live.people.facilityId, role: 'officer' },
    })
    const by = { takenBy, now: world.clock.now() }
    const tries = Array.from({ length: 8 }, () =>
      transact((tx) => rows.take(tx, offer.offerId, by)),
    )
    expect((await Promise.all(tries)).filter(Boolean)).toEqual([true])
    expect(await second.ask('answerOffer', { ...offer, isAccepted: true })).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    second.close()
    hangUp(live)
  })
})
