import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertAccount, insertRelationship, insertVisit, insertVisitor } from '@visavis/prisma/seed'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie, inmateCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { caller } from './support/people.ts'

const DAY_MS = 86_400_000
const REASON = 'passed something to an inmate'

let world: RestWorld
let place: Place
let pair: { visitorId: string; relationshipId: string }
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
  const { visitorId } = await insertVisitor(world.db)
  const row = await insertRelationship(world.db, { visitorId, inmateId: place.inmateId })
  pair = { visitorId, relationshipId: row.relationshipId }
})
afterAll(() => world.close())

const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY_MS)
const stored = () =>
  world.db.relationship.findUniqueOrThrow({ where: { relationshipId: pair.relationshipId } })
const move = async (what: object, at = place) => {
  const desk = caller(world, await accountCookie(world, at.accounts.scheduler))
  const { version } = await stored()
  const url = `/api/relationships/${pair.relationshipId}/moves`
  return desk.post(url, { version, reason: REASON, ...what })
}
const suspend = (days: number) => move({ move: 'SUSPEND', until: inDays(days).toISOString() })
const aBookedVisit = async (days: number) => {
  const { facilityId, terminalId, inmateId } = place
  const startsAt = inDays(days)
  const visitorIds = [pair.visitorId]
  const where = { facilityId, terminalId, inmateId }
  return (await insertVisit(world.db, { ...where, visitorIds, startsAt })).visit.visitId
}

describe('[EL-1] moving a relationship', () => {
  it('suspends until a date, restores, bans, and ends for good', async () => {
    const until = inDays(7).toISOString()
    expect((await suspend(7)).json()).toMatchObject({ state: 'SUSPENDED', until, version: 1 })
    expect((await move({ move: 'RESTORE' })).json()).toMatchObject({ state: 'APPROVED' })
    const banned = await move({ move: 'BAN', until: null })
    expect(banned.json()).toMatchObject({ state: 'BANNED', until: null, isInmateAgreed: true })
    expect((await move({ move: 'END' })).json()).toMatchObject({ state: 'ENDED', version: 4 })
    for (const what of ['RESTORE', 'END']) {
      expect((await move({ move: what })).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    }
    const said = (await entriesOf(world.db, place.facilityId)).map(({ action }) => action)
    expect(said.slice(-4)).toEqual([
      ...['relationship.suspend', 'relationship.restore', 'relationship.ban'],
      'relationship.end',
    ])
  })

  it('counts a suspension whose date has come as lifted, and can set it anew', async () => {
    await suspend(1)
    world.clock.advance(DAY_MS)
    const desk = caller(world, await accountCookie(world, place.accounts.scheduler))
    const shown = await desk.get(`/api/visitors/${pair.visitorId}`)
    expect(shown.json()).toMatchObject({ relationships: [{ state: 'APPROVED', until: null }] })
    expect((await move({ move: 'RESTORE' })).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    expect((await suspend(1)).json()).toMatchObject({ state: 'SUSPENDED' })
  })

  it('refuses a date that has passed, an older version and another facility', async () => {
    expect((await suspend(-1)).json()).toMatchObject({
      code: 'BAD_REQUEST',
      fields: [{ field: 'until' }],
    })
    const stale = await move({ move: 'BAN', until: null, version: 9 })
    expect(stale.json()).toMatchObject({ status: 409, code: 'VERSION_CHANGED' })
    const foreign = await move({ move: 'BAN', until: null }, await aPlace(world))
    expect(foreign.json()).toMatchObject({ code: 'NOT_FOUND' })
    expect(await stored()).toMatchObject({ state: 'APPROVED', version: 0 })
  })

  it('lets one of two win that decide on one version', async () => {
    const answers = await Promise.all([
      move({ move: 'END', version: 0 }),
      move({ move: 'BAN', until: null, version: 0 }),
    ])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect((await stored()).version).toBe(1)
  })

  it('[EL-4] opens a task for the visits that a suspension hits', async () => {
    const visitId = await aBookedVisit(3)
    await suspend(7)
    expect(await world.db.task.findMany({ where: { visitId } })).toMatchObject([
      { kind: 'RESTRICTION_HITS_VISIT', state: 'OPEN' },
    ])
    const where = { visitorId: pair.visitorId, kind: 'RELATIONSHIP_CHANGED' }
    const notices = await world.db.notice.findMany({ where })
    expect(notices).toHaveLength(1)
    expect(JSON.stringify(notices)).not.toContain(REASON)
  })

  it('[BK-13] cancels the visits of a banned visitor', async () => {
    const visitId = await aBookedVisit(3)
    await move({ move: 'BAN', until: null })
    expect(await world.db.visit.findUniqueOrThrow({ where: { visitId } })).toMatchObject({
      bookingState: 'CANCELLED',
      stateReason: 'BANNED',
    })
  })
})

describe('[EL-1] an agreement is taken back', () => {
  const ofVisitor = async () => {
    const { visitorId, relationshipId } = pair
    const { accountId } = await insertAccount(world.db, { role: 'visitor', visitorId })
    const own = caller(world, await accountCookie(world, accountId))
    return own.post(`/api/my/relationships/${relationshipId}/ending`)
  }
  const ofInmate = async () => {
    const { device, terminalId, inmateId } = place
    const token = await inmateCookie(world, { device, terminalId, inmateId, visitId: null })
    return caller(world, token).post(`/api/terminal/contacts/${pair.relationshipId}/ending`)
  }
  const notices = () =>
    world.db.notice.findMany({
      where: { visitorId: pair.visitorId, kind: 'RELATIONSHIP_CHANGED' },
    })

  it('by the visitor: it ends, and visits to come get a task', async () => {
    const visitId = await aBookedVisit(3)
    expect((await ofVisitor()).json()).toEqual({ affectedVisits: [visitId] })
    expect(await stored()).toMatchObject({ state: 'ENDED' })
    expect(await world.db.task.findMany({ where: { visitId } })).toMatchObject([
      { kind: 'RESTRICTION_HITS_VISIT', state: 'OPEN' },
    ])
    expect((await ofVisitor()).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.at(-1)).toMatchObject({ action: 'relationship.takeBack' })
  })

  it('by the inmate: the visitor is told that visits are over, as if staff had ended them', async () => {
    const visitId = await aBookedVisit(3)
    expect((await ofInmate()).json()).toEqual({})
    expect(await stored()).toMatchObject({ state: 'ENDED' })
    expect(await world.db.task.count({ where: { visitId } })).toBe(1)
    const told = (await notices()).map(({ details }) => JSON.stringify(details))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('"move":"END"')
  })

  it('but not from under a suspension or ban, which would be gone with it, nor by others', async () => {
    await suspend(7)
    expect((await ofInmate()).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    expect((await ofVisitor()).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    world.clock.advance(8 * DAY_MS)
    place = await aPlace(world)
    expect((await ofInmate()).json()).toMatchObject({ code: 'NOT_FOUND' })
    expect((await ofVisitor()).statusCode).toBe(200)
  })
})
