import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { breakAuditLog, entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { caller, storedDocument } from './support/people.ts'
import { aPhoto } from './support/pictures.ts'

let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
})
afterAll(() => world.close())

describe('[LV-3] the picture of somebody who is to be let in', () => {
  const officer = async (at = place) =>
    caller(world, await accountCookie(world, at.accounts.officer))
  const scheduler = async () => caller(world, await accountCookie(world, place.accounts.scheduler))
  const aSeat = async (state: 'NOT_ARRIVED' | 'CHECKING', kind: 'PHOTO' | 'ID_FRONT' = 'PHOTO') => {
    const { visitId, visitorId } = place
    const { seatId } = await world.db.seat.findFirstOrThrow({ where: { visitId, visitorId } })
    await world.db.seat.update({ where: { seatId }, data: { state } })
    const { documentId } = await storedDocument(world, visitorId, kind)
    return { seatId, documentId, url: `/api/visits/${visitId}/seats/${seatId}/picture` }
  }

  it('[TR-1] is shown to an officer of the facility, entered before the first byte', async () => {
    const { url, seatId, documentId } = await aSeat('CHECKING')
    await storedDocument(world, place.visitorId, 'ID_FRONT')
    const shown = await (await officer()).get(url)
    expect(shown.headers['content-type']).toBe('image/jpeg')
    expect(shown.headers['cache-control']).toBe('no-store')
    expect(shown.rawPayload.equals(await aPhoto())).toBe(true)
    expect((await entriesOf(world.db, place.facilityId)).at(-1)).toMatchObject({
      action: 'seat.viewPicture',
      object: { type: 'seat', objectId: seatId, visitId: place.visitId },
      actor: { actorId: place.accounts.officer },
      detail: { documentId, kind: 'PHOTO' },
    })
  })

  it('is the identity document’s where there is no photograph, and none where neither is', async () => {
    const { url, documentId } = await aSeat('CHECKING', 'ID_FRONT')
    expect((await (await officer()).get(url)).statusCode).toBe(200)
    const removedAt = world.clock.now()
    await world.db.identityDocument.update({ where: { documentId }, data: { removedAt } })
    expect((await (await officer()).get(url)).json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('[TR-3] is for officers of the visit’s facility only, and only while the person is there', async () => {
    const { url, seatId } = await aSeat('CHECKING')
    const elsewhere = await officer(await aPlace(world))
    expect((await elsewhere.get(url)).json()).toMatchObject({ code: 'SEAT_NOT_FOUND' })
    expect((await (await scheduler()).get(url)).json()).toMatchObject({ code: 'FORBIDDEN' })
    await world.db.seat.update({ where: { seatId }, data: { state: 'NOT_ARRIVED' } })
    expect((await (await officer()).get(url)).json()).toMatchObject({ code: 'SEAT_WRONG_STATE' })
  })

  it('[TR-1] is not shown when the log cannot be written', async () => {
    const { url } = await aSeat('CHECKING')
    const watcher = await officer()
    // The last test here: the world's log stays broken.
    await breakAuditLog(world.db)
    expect((await watcher.get(url)).json()).toMatchObject({ code: 'INTERNAL' })
  })
})
