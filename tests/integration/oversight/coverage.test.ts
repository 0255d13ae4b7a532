import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WhenNotWatched } from '@visavis/contract/coverage'
import type { Offer } from '@visavis/contract/coverage-socket'
import type { VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aVisitWithPeople } from '../live/support/live-people.ts'
import type { VisitPeople } from '../live/support/live-people.ts'
import { aLiveVisit, flows, hangUp, told } from '../live/support/live-visit.ts'
import type { LiveVisit } from '../live/support/live-visit.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { connectWall } from '../live/support/socket-client.ts'
import type { SeatClient, WallClient } from '../live/support/socket-client.ts'
import { until } from '../../support/until.ts'

const UNHEARD_MS = 10_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

const cover =
  (whenNotWatched: WhenNotWatched) =>
  async ({ facilityId }: VisitPeople): Promise<void> => {
    const { policy } = await world.db.facility.findUniqueOrThrow({ where: { facilityId } })
    const covered = { mustBeWatched: true, whenNotWatched }
    const coverage = { social: covered, official: covered }
    const data = { policy: { ...(policy as object), coverage } }
    await world.db.facility.update({ where: { facilityId }, data })
  }

/** A live visit that somebody must watch, and whose officer does. */
const aWatchedVisit = (whenNotWatched: WhenNotWatched): Promise<LiveVisit> =>
  aLiveVisit(world, { prepare: cover(whenNotWatched), isWatched: true })
const look = (wall: WallClient, { people }: Pick<LiveVisit, 'people'>) =>
  wall.call('watch', { visitIds: [people.visitId], focusVisitId: null })
const tile = (wall: WallClient, test: (visit: WallVisit) => boolean) =>
  wall.heard<WallVisit>('wall:changed', test)
/** What the wall shows last: its newest tile is in that state. */
const inState = (wall: WallClient, state: WallVisit['state']) =>
  until(() => {
    const newest = wall.events.findLast(([name]) => name === 'wall:changed')?.[1] as WallVisit
    return newest.state === state ? newest : null
  }, `the visit to be ${state}`)
const toldTo = (seat: SeatClient) =>
  seat.events.filter(([name]) => name === 'visit:changed').map(([, snapshot]) => snapshot)
const ticksOf = (seat: SeatClient) => seat.events.filter(([name]) => name === 'visit:ticked').length

async function secondWall({ people }: LiveVisit): Promise<WallClient> {
  const wall = await connectWall(world, people.cookies.secondOfficer)
  await wall.call('open', { facilityId: people.facilityId })
  return wall
}
const actionsOf = async (facilityId: string, prefix: string) =>
  (await entriesOf(world.db, facilityId))
    .map(({ action }) => action)
    .filter((action) => action.startsWith(prefix))

describe('a visit that must be watched', () => {
  it('[OV-7] [OV-3] misses its monitor after ten seconds without a beat; its parties go on and learn nothing', async () => {
    const live = await aWatchedVisit('FLAG')
    const { wall, visitor, inmate, media, people } = live
    // There is no recorder here, and that is told (RC-3).
    world.clock.advance(UNHEARD_MS / 2)
    await wall.call('beat', {})
    for (const seat of [visitor, inmate]) {
      await seat.heard<VisitSnapshot>('visit:changed', ({ isUnrecorded }) => isUnrecorded)
    }
    const before = [toldTo(visitor), toldTo(inmate)]
    world.clock.advance(UNHEARD_MS / 2)
    await wall.call('beat', {})
    world.clock.advance(UNHEARD_MS / 2)
    await tickOn(visitor)
    expect(await newestState(people.visitId)).toBe('LIVE')
    world.clock.advance(UNHEARD_MS / 2)
    const missing = await inState(wall, 'MISSING_MONITOR')
    expect(missing).toMatchObject({ attention: 'NO_MONITOR', clock: { isRunning: true } })
    expect(missing.flags).toMatchObject([{ category: 'NOT_WATCHED', reason: null }])
    await flows(media)
    await tickOn(visitor)
    await wall.call('beat', {})
    expect(await inState(wall, 'LIVE')).toMatchObject({ coverage: { unwatchedSince: null } })
    // A word of the visit's own comes with the number that it would have had without all this.
    await wall.call('mute', { visitId: people.visitId, party: 'INMATE' })
    const after = await visitor.heard<VisitSnapshot>('visit:changed', ({ others }) =>
      others.some(({ isMuted }) => isMuted),
    )
    const last = before[0]!.at(-1) as VisitSnapshot
    expect(after.version).toBe(last.version + 1)
    expect(toldTo(visitor)).toHaveLength(before[0]!.length + 1)
    expect(toldTo(inmate)).toHaveLength(before[1]!.length + 1)
    expect(JSON.stringify([visitor.events, inmate.events])).not.toMatch(/MONITOR|atched|flag/)
    hangUp(live)
  })

  it('[OV-7] [LV-6] waits where the facility says so, tells why, and goes on by itself', async () => {
    const live = await aWatchedVisit('PAUSE')
    const { wall, visitor, media, people } = live
    await wall.call('watch', { visitIds: [], focusVisitId: null })
    const paused = await told(visitor, 'PAUSED')
    expect(paused).toMatchObject({ pausedFor: 'STAFF', clock: { isRunning: false } })
    await look(wall, live)
    await until(() => newestTo(visitor).state === 'LIVE' || null, 'the visit to go on')
    await flows(media)
    await wall.call('endVisit', { visitId: people.visitId, reason: 'OTHER' })
    const notes = await world.db.timelineEntry.findMany({ where: { visitId: people.visitId } })
    const kinds = notes.map(({ kind, detail }) => [kind, (detail as { code?: string }).code])
    expect(kinds).toContainEqual(['UNWATCHED', 'PAUSE'])
    expect(kinds).toContainEqual(['PAUSED', 'NO_MONITOR'])
    hangUp(live)
  })
})

describe('a hand-over', () => {
  it('[OV-7] is offered to every open wall, and whoever accepts it has it', async () => {
    const live = await aWatchedVisit('HAND_OVER')
    const { wall, people } = live
    const { visitId, facilityId } = people
    const second = await secondWall(live)
    await wall.call('watch', { visitIds: [], focusVisitId: null })
    const offer = await second.heard<Offer>('handover:offered')
    expect(offer).toMatchObject({ cause: 'NOT_WATCHED', fromName: null, visitIds: [visitId] })
    expect(await second.call('answerOffer', { ...offerOf(offer), isAccepted: true })).toEqual({
      visitIds: [visitId],
    })
    expect(await wall.ask('answerOffer', { ...offerOf(offer), isAccepted: true })).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    await look(second, live)
    await inState(second, 'LIVE')
    // The wall that watches now closes: what it leaves is offered to whoever is there.
    second.close()
    const left = await wall.heard<Offer>('handover:offered', ({ cause }) => cause === 'WALL_CLOSED')
    expect(left.visitIds).toEqual([visitId])
    await inState(wall, 'MISSING_MONITOR')
    await look(wall, live)
    await wall.heard<{ offerId: string }>(
      'handover:closed',
      ({ offerId }) => offerId === left.offerId,
    )
    expect(await actionsOf(facilityId, 'handover.')).toEqual([
      'handover.offer',
      'handover.accept',
      'handover.offer',
    ])
    hangUp(live)
  })

  it('[OV-7] goes from one officer to another who says yes, and stays where they say no', async () => {
    const live = await aWatchedVisit('FLAG')
    const { wall, people } = live
    const visitIds = [people.visitId as never]
    const second = await secondWall(live)
    const { colleagues } = await wall.call('colleagues', {})
    expect(colleagues).toMatchObject([
      { visits: 0, isHeard: true, name: expect.any(String) as string },
    ])
    const toObserverId = colleagues[0]!.observerId
    const first = await wall.call('offerVisits', { visitIds, toObserverId })
    await second.heard<Offer>('handover:offered', ({ offerId }) => offerId === first.offerId)
    await second.call('answerOffer', { ...first, isAccepted: false })
    await wall.heard<{ offerId: string }>('handover:closed', (it) => it.offerId === first.offerId)
    const again = await wall.call('offerVisits', { visitIds, toObserverId: null })
    await second.call('answerOffer', { ...again, isAccepted: true })
    const taken = await wall.heard<{ visitIds: string[] }>('handover:taken')
    expect(taken).toMatchObject({ offerId: again.offerId, visitIds })
    expect(await actionsOf(people.facilityId, 'handover.')).toEqual([
      'handover.offer',
      'handover.decline',
      'handover.offer',
      'handover.accept',
    ])
    second.close()
    hangUp(live)
  })

  it('[OV-7] [TR-3] is offered by nobody of another facility, nor to one', async () => {
    const live = await aWatchedVisit('FLAG')
    const elsewhere = await aVisitWithPeople(world)
    const foreign = await connectWall(world, elsewhere.cookies.officer)
    await foreign.call('open', { facilityId: elsewhere.facilityId })
    const visitIds = [live.people.visitId as never]
    expect(await foreign.ask('offerVisits', { visitIds, toObserverId: null })).toMatchObject({
      code: 'VISIT_NOT_FOUND',
    })
    expect((await foreign.call('colleagues', {})).colleagues).toEqual([])
    const { offerId } = await live.wall.call('offerVisits', { visitIds, toObserverId: null })
    expect(await foreign.ask('answerOffer', { offerId, isAccepted: true })).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    foreign.close()
    hangUp(live)
  })
})

describe('a flag', () => {
  it('[OV-6] [OV-3] marks the moment for officers and investigators, and for nobody else', async () => {
    const live = await aWatchedVisit('FLAG')
    const { wall, visitor, people } = live
    const { visitId, facilityId } = people
    const before = toldTo(visitor).length
    const words = { category: 'CONTRABAND', reason: 'SEEN', note: 'a small bag' } as const
    const { flagId } = await wall.call('flag', { visitId, ...words })
    const shown = await tile(wall, ({ flags }) => flags.length > 0)
    expect(shown).toMatchObject({ attention: 'FLAGGED', flags: [{ flagId, ...words }] })
    const row = await world.db.flag.findUniqueOrThrow({ where: { flagId } })
    expect(row.toAt!.getTime() - row.fromAt!.getTime()).toBe(60_000)
    const tasks = { where: { subjectId: flagId } }
    expect(await world.db.task.findMany(tasks)).toMatchObject([
      { kind: 'FLAG_REVIEW', state: 'OPEN', visitId, facilityId },
    ])
    await wall.call('unflag', { visitId, flagId })
    await until(() => newestTile(wall).flags.length === 0 || null, 'the flag to be gone')
    expect(await world.db.task.findMany(tasks)).toMatchObject([{ state: 'DONE' }])
    expect(await wall.ask('unflag', { visitId, flagId })).toMatchObject({ code: 'NOT_FOUND' })
    expect(toldTo(visitor)).toHaveLength(before)
    const entries = await entriesOf(world.db, facilityId)
    expect(JSON.stringify(entries)).not.toContain('small bag')
    expect(await actionsOf(facilityId, 'flag.')).toEqual(['flag.add', 'flag.undo'])
    hangUp(live)
  })

  it('[OV-6] [OV-1] marks nothing of a privileged visit, nor of another facility’s', async () => {
    const people = await aVisitWithPeople(world, { visitClass: 'privileged' })
    const wall = await connectWall(world, people.cookies.officer)
    await wall.call('open', { facilityId: people.facilityId })
    const words = { category: 'CONDUCT', reason: 'TOLD', note: '' } as const
    expect(await wall.ask('flag', { visitId: people.visitId, ...words })).toMatchObject({
      code: 'MEDIA_POLICY_FORBIDS',
    })
    const elsewhere = await aVisitWithPeople(world)
    expect(await wall.ask('flag', { visitId: elsewhere.visitId, ...words })).toMatchObject({
      code: 'VISIT_NOT_FOUND',
    })
    expect(await world.db.flag.count({ where: { visitId: people.visitId } })).toBe(0)
    wall.close()
  })
})

const offerOf = ({ offerId }: Offer) => ({ offerId })
const newestTo = (seat: SeatClient) => toldTo(seat).at(-1) as VisitSnapshot
const newestTile = (wall: WallClient) =>
  wall.events.findLast(([name]) => name === 'wall:changed')![1] as WallVisit
const newestState = async (visitId: string) =>
  (await world.db.visitSession.findUniqueOrThrow({ where: { visitId } })).state
/** The server has looked at the visit once more, at the least. */
async function tickOn(seat: SeatClient): Promise<void> {
  const before = ticksOf(seat)
  await until(() => ticksOf(seat) > before + 1 || null, 'the server to look again')
}
