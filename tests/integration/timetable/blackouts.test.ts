import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertFacility, insertOperator, insertLinkCentreRoom } from '@visavis/prisma/seed'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { DAY_MS, aTimetableWorld, affectedDigestOf, codeOf, requestsOf } from './timetable-world.ts'
import type { Blackout, Impact, Template, TimetableWorld } from './timetable-world.ts'

let world: TimetableWorld
let slot: Awaited<ReturnType<TimetableWorld['slotsOf']>>[number]
let there: ReturnType<typeof requestsOf> & Place

const ids = ({ affected }: Impact) => affected.map(({ visitId }) => visitId)

beforeAll(async () => {
  world = await aTimetableWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  const place = await aPlace(world)
  there = { ...requestsOf(world, place), ...place }
  const { templateId } = (await there.addTemplate()).json<Template>()
  slot = (await world.slotsOf(templateId))[1] as typeof slot
})

const around = (changes: object = {}) => ({
  scope: 'FACILITY',
  startsAt: new Date(slot.startsAt.getTime() - DAY_MS).toISOString(),
  endsAt: new Date(slot.startsAt.getTime() + DAY_MS).toISOString(),
  reason: 'Works on the main gate',
  ...changes,
})
type Asker = 'scheduler' | 'facilityAdmin' | 'operatorAdmin'
const preview = async (changes: object = {}, role: Asker = 'scheduler') =>
  (await there.post('/api/blackouts/preview', around(changes), role)).json<Impact>()
const add = (visitIds: string[], changes: object = {}, role: Asker = 'scheduler') => {
  const affectedDigest = affectedDigestOf(visitIds)
  return there.post('/api/blackouts', { ...around(changes), affectedDigest }, role)
}

describe('[BK-7] a blackout', () => {
  it('names the booked visits under it, which stay and get a task each', async () => {
    const { visitId } = await world.visitIn(slot)
    await world.visitIn(slot, { slotPlace: 2, bookingState: 'WITHDRAWN' })
    const held = await world.visitIn(slot, { slotPlace: 3, bookingState: 'HELD' })
    const impact = await preview()
    expect(impact).toMatchObject({ slotsAdded: 0, slotsRemoved: 1 })
    expect(ids(impact).toSorted()).toEqual([visitId, held.visitId].toSorted())
    const blackout = (await add(ids(impact))).json<Blackout>()
    expect(blackout).toMatchObject({ scope: 'FACILITY', isLifted: false })
    expect(await world.openTasks(there.facilityId)).toMatchObject([
      { visitId, subjectId: blackout.blackoutId, suggestion: 'REBOOK' },
    ])
    const where = { visitId }
    expect(await world.db.visit.findUniqueOrThrow({ where })).toMatchObject({
      bookingState: 'CONFIRMED',
      slotId: slot.slotId,
    })
  })

  it('is refused until everybody under it is named, with the list as it is now', async () => {
    const { visitId } = await world.visitIn(slot)
    expect((await add([])).json()).toMatchObject({
      code: 'IMPACT_NOT_CONFIRMED',
      report: { affected: [{ visitId }] },
    })
    expect(await world.db.blackout.count({ where: { facilityId: there.facilityId } })).toBe(0)
  })

  it('closes a wing to its inmates and its terminals, and no other', async () => {
    const ofWing = await world.visitIn(slot, { wing: 'B' })
    const other = await world.visitIn(slot, { slotPlace: 2, wing: 'C' })
    const { terminalId } = ofWing
    const moved = { slotPlace: 3, wing: 'C', terminalId, terminalTurnaroundMs: 0 }
    await world.db.resourceClaim.deleteMany({ where: { visitId: ofWing.visitId } })
    const guest = await world.visitIn(slot, moved)
    const wing = await preview({ scope: 'WING', wing: 'B' })
    expect(ids(wing).toSorted()).toEqual([ofWing.visitId, guest.visitId].toSorted())
    expect(ids(await preview({ scope: 'TERMINAL', terminalId: other.terminalId }))).toEqual([
      other.visitId,
    ])
    expect(codeOf(await add([], { scope: 'WING' }))).toBe('BAD_REQUEST')
    expect(codeOf(await add([], { scope: 'TERMINAL' }))).toBe('BAD_REQUEST')
  })

  it('touches no visit that ends when it begins, begins when it ends, or runs already', async () => {
    await world.visitIn(slot)
    const { startsAt, endsAt } = slot
    const before = { startsAt: new Date(startsAt.getTime() - DAY_MS).toISOString() }
    expect(ids(await preview({ ...before, endsAt: startsAt.toISOString() }))).toEqual([])
    const after = { startsAt: endsAt.toISOString() }
    expect(ids(await preview(after))).toEqual([])
    const now = world.clock.now().getTime()
    const soon = new Date(now + 60_000)
    const running = { startsAt: new Date(now - 60_000), endsAt: soon }
    const { visitId } = await world.visitIn(
      { ...slot, ...running },
      { slotId: null, slotPlace: null },
    )
    const today = { startsAt: running.startsAt.toISOString(), endsAt: soon.toISOString() }
    expect(ids(await preview(today))).not.toContain(visitId)
  })

  it('is lifted once, and its tasks with it', async () => {
    const { visitId } = await world.visitIn(slot)
    const { blackoutId } = (await add([visitId])).json<Blackout>()
    const lifted = await there.lift(blackoutId)
    expect(lifted.json()).toMatchObject({ blackoutId, isLifted: true })
    expect(await world.db.task.findFirstOrThrow({ where: { visitId } })).toMatchObject({
      state: 'DONE',
      resolution: 'BLACKOUT_LIFTED',
    })
    expect(codeOf(await there.lift(blackoutId))).toBe('ALREADY_DECIDED')
  })

  it('ends after it begins', async () => {
    const endsAt = new Date(slot.startsAt.getTime() - DAY_MS).toISOString()
    expect((await add([], { endsAt })).json()).toMatchObject({
      code: 'BAD_REQUEST',
      fields: [{ field: 'endsAt' }],
    })
  })

  it('[TR-1] is entered in the log, as is its lifting', async () => {
    const { blackoutId } = (await add([])).json<Blackout>()
    await there.lift(blackoutId)
    const estate = (await add([], { scope: 'ESTATE' }, 'operatorAdmin')).json<Blackout>()
    const of = async (facilityId: string | null, objectId: string) =>
      (await entriesOf(world.db, facilityId)).filter(({ object }) => object.objectId === objectId)
    expect(await of(there.facilityId, blackoutId)).toMatchObject([
      { action: 'blackout.add', detail: { scope: 'FACILITY', affected: 0 } },
      { action: 'blackout.lift' },
    ])
    expect(await of(null, estate.blackoutId)).toMatchObject([{ action: 'blackout.add' }])
  })
})

describe('[TR-3] who may close what', () => {
  it('an estate: its operators only, and without names of others’ visits', async () => {
    const { visitId } = await world.visitIn(slot)
    const where = { facilityId: there.facilityId }
    const { estateId } = await world.db.facility.findUniqueOrThrow({ where })
    const { operatorId } = await insertOperator(world.db, { estateId })
    const theirs = await insertFacility(world.db, { estateId, operatorId })
    const { startsAt, endsAt } = slot
    const outside = { slotId: null, slotPlace: null }
    const foreign = await world.visitIn(
      { slotId: '', facilityId: theirs.facilityId, startsAt, endsAt },
      outside,
    )
    const impact = await preview({ scope: 'ESTATE' }, 'operatorAdmin')
    const names = new Map(impact.affected.map((one) => [one.visitId, one.inmateName]))
    expect(names.get(visitId)).toMatch(/\w/)
    expect(names.get(foreign.visitId)).toBe('')
    for (const role of ['scheduler', 'facilityAdmin'] as const) {
      expect(codeOf(await add([], { scope: 'ESTATE' }, role))).toBe('FORBIDDEN')
    }
    const blackout = (await add(ids(impact), { scope: 'ESTATE' }, 'operatorAdmin')).json<Blackout>()
    expect(blackout).toMatchObject({ scope: 'ESTATE', facilityId: null })
    expect(await world.openTasks(theirs.facilityId)).toMatchObject([{ visitId: foreign.visitId }])
    expect(codeOf(await there.lift(blackout.blackoutId))).toBe('FORBIDDEN')
    const elsewhere = requestsOf(world, await aPlace(world))
    expect(codeOf(await elsewhere.lift(blackout.blackoutId, 'operatorAdmin'))).toBe('NOT_FOUND')
    expect((await there.lift(blackout.blackoutId, 'operatorAdmin')).statusCode).toBe(200)
  })

  it('a link centre and its rooms: the operators of its estate', async () => {
    const { linkCentreId } = there
    const { linkCentreRoomId } = await insertLinkCentreRoom(world.db, { linkCentreId })
    const inRoom = await world.visitIn(slot, { linkCentreRoomId })
    await world.visitIn(slot, { slotPlace: 2 })
    for (const place of [
      { scope: 'LINK_CENTRE', linkCentreId },
      { scope: 'LINK_CENTRE_ROOM', linkCentreRoomId },
    ]) {
      expect(ids(await preview(place, 'operatorAdmin'))).toEqual([inRoom.visitId])
      expect(codeOf(await add([inRoom.visitId], place, 'facilityAdmin'))).toBe('FORBIDDEN')
      const elsewhere = requestsOf(world, await aPlace(world))
      const body = { ...around(place), affectedDigest: affectedDigestOf([]) }
      expect(codeOf(await elsewhere.post('/api/blackouts', body, 'operatorAdmin'))).toBe(
        'NOT_FOUND',
      )
      const added = await add([inRoom.visitId], place, 'operatorAdmin')
      expect(added.json()).toMatchObject(place)
    }
  })

  it('a facility and its wings: its own people; a terminal: its operator as well', async () => {
    const other = await aPlace(world)
    const terminalId = other.terminalId
    for (const role of ['scheduler', 'operatorAdmin'] as const) {
      expect(codeOf(await add([], { scope: 'TERMINAL', terminalId }, role))).toBe('NOT_FOUND')
    }
    for (const scope of ['FACILITY', 'WING']) {
      const wing = { scope, wing: 'A' }
      expect(codeOf(await add([], wing, 'operatorAdmin'))).toBe('FORBIDDEN')
    }
    const own = { scope: 'TERMINAL', terminalId: there.terminalId }
    const { blackoutId } = (await add([], own, 'operatorAdmin')).json<Blackout>()
    const elsewhere = requestsOf(world, other)
    expect(codeOf(await elsewhere.lift(blackoutId))).toBe('NOT_FOUND')
    expect(codeOf(await elsewhere.lift(crypto.randomUUID()))).toBe('NOT_FOUND')
    const facility = (await add([])).json<Blackout>()
    expect(codeOf(await elsewhere.lift(facility.blackoutId))).toBe('NOT_FOUND')
    expect(codeOf(await elsewhere.lift(facility.blackoutId, 'operatorAdmin'))).toBe('NOT_FOUND')
    expect((await there.lift(facility.blackoutId, 'operatorAdmin')).statusCode).toBe(200)
  })
})
