import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { deskOf } from '../rest/support/room-visit.ts'

let world: RestWorld
let place: Place
let desk: ReturnType<typeof deskOf>

beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
  desk = deskOf(world, place)
})
afterAll(() => world.close())

describe('link centres', () => {
  const hours = { '1': [{ fromMinute: 600, toMinute: 720 }] }
  const set = async (openingHours: object) =>
    world.app.inject({
      method: 'PUT',
      url: '/api/desk/opening-hours',
      headers: {
        cookie: await accountCookie(world, place.accounts.host),
        'idempotency-key': crypto.randomUUID(),
      },
      payload: { openingHours },
    })
  const listedTo = async (role: 'visitor' | 'host' | 'scheduler', of = place) => {
    const cookie = await accountCookie(world, of.accounts[role])
    const answer = await desk.ask('/api/link-centres', undefined, cookie)
    return answer.json<{ linkCentres: { linkCentreId: string }[] }>().linkCentres
  }

  it('keep the hours that their host sets, in order', async () => {
    const late = { fromMinute: 780, toMinute: 900 }
    const answer = await set({ '1': [late, ...hours['1']], '7': [] })
    expect(answer.json()).toEqual({ openingHours: { '1': [...hours['1'], late] } })
    const [centre] = await listedTo('host')
    expect(centre).toMatchObject({
      linkCentreId: place.linkCentreId,
      openingHours: { '1': [...hours['1'], late] },
      rooms: 0,
    })
    const entries = await entriesOf(world.db, null)
    expect(entries.at(-1)).toMatchObject({
      action: 'linkCentre.setOpeningHours',
      object: { objectId: place.linkCentreId },
    })
  })

  it('refuse hours that overlap or end before they begin, with the field', async () => {
    const overlap = await set({ '2': [...hours['1'], { fromMinute: 719, toMinute: 800 }] })
    expect(overlap.json()).toMatchObject({
      code: 'BAD_REQUEST',
      fields: [{ field: 'openingHours.2.1' }],
    })
    expect((await set({ '3': [{ fromMinute: 700, toMinute: 600 }] })).json()).toMatchObject({
      fields: [{ field: 'openingHours.3.0' }],
    })
    expect((await set({ '8': [] })).json()).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('[TR-3] are those of the estates that one has to do with', async () => {
    const other = await aPlace(world)
    for (const role of ['visitor', 'host', 'scheduler'] as const) {
      expect(await listedTo(role)).toMatchObject([{ linkCentreId: place.linkCentreId }])
      expect(await listedTo(role, other)).toMatchObject([{ linkCentreId: other.linkCentreId }])
    }
  })

  it('[EL-2] are none for somebody who has not named a facility yet', async () => {
    const visitorId = place.visitorId
    await world.db.relationship.updateMany({ where: { visitorId }, data: { state: 'ENDED' } })
    expect(await listedTo('visitor')).toEqual([])
  })
})
