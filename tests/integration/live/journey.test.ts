import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import { until } from '../../support/until.ts'
import type { RtcClient } from '../../support/rtc-client.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { openSeatMedia, openWallMedia } from './support/seat-media.ts'
import { connectSeat, connectWall } from './support/socket-client.ts'
import type { SeatClient } from './support/socket-client.ts'

const MINUTE_MS = 60_000
/** Files are made at the lowest priority: on a busy machine that takes its time. */
const FILES_MADE_WITHIN_MS = 180_000
/** Enough to tell a clock that runs from one that does not. */
const DELIVERED_MS = 2_000

describe('a visit from the lobby to its outcome', () => {
  let world: LiveWorld
  beforeAll(async () => {
    world = await aLiveWorld({ isRecording: true })
  })
  afterAll(() => world.close())

  const inState = (client: SeatClient, state: string) =>
    client.heard<VisitSnapshot>('visit:changed', (snapshot) => snapshot.state === state)
  const arrived = (to: RtcClient, from: RtcClient, kind: 'audio' | 'video') =>
    until(() => (to.arrivals(from.tag, kind).length > 0 ? true : null), `${kind} to arrive`)

  it('[LV-1] [LV-3] [LV-5] [LV-6] [LV-7] [OV-1] [RC-1] [TR-1] passes through every state over real sockets and media', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, facilityId, visitorSeatId, inmateSeatId, cookies } = people
    const wall = await connectWall(world, cookies.officer)
    const opened = await wall.call('open', { facilityId })
    expect(opened.visits.map((visit) => [visit.visitId, visit.state])).toEqual([
      [visitId, 'SCHEDULED'],
    ])

    const visitor = await connectSeat(world, cookies.visitor)
    const joined = await visitor.call('join', { visitId, holdingEpoch: null })
    expect(joined.snapshot).toMatchObject({
      state: 'LOBBY',
      you: { seatId: visitorSeatId, state: 'WAITING' },
      waitingReason: 'OFFICER_WILL_CHECK',
      notice: { monitor: 'AV', isRecorded: true },
    })
    expect(joined.media).toMatchObject({ epoch: 1, isResumed: false, consumers: [] })
    const inmate = await connectSeat(world, cookies.inmate)
    const inmateJoined = await inmate.call('join', { visitId, holdingEpoch: null })
    expect(inmateJoined.snapshot).toMatchObject({
      you: { seatId: inmateSeatId, state: 'ADMITTED' },
      waitingReason: 'OTHER_SIDE_BEING_CHECKED',
    })
    const visitorMedia = await openSeatMedia(visitor, {
      seatId: visitorSeatId,
      visitId,
      ...joined.media,
    })
    const inmateMedia = await openSeatMedia(inmate, {
      seatId: inmateSeatId,
      visitId,
      ...inmateJoined.media,
    })

    await wall.call('watch', { visitIds: [visitId], focusVisitId: visitId })
    const router = await wall.heard<{ routerId: string; routerRtpCapabilities: object }>(
      'wall:routerAdded',
    )
    const wallMedia = await openWallMedia(wall, router)
    expect(await wall.ask('admitSeat', { visitId, seatId: visitorSeatId })).toMatchObject({
      code: 'SEAT_WRONG_STATE',
    })
    await wall.call('checkSeat', { visitId, seatId: visitorSeatId })
    expect(await inState(visitor, 'ID_CHECK')).toMatchObject({
      waitingReason: 'OFFICER_IS_CHECKING',
    })
    await arrived(wallMedia, visitorMedia, 'video')
    await wall.call('admitSeat', { visitId, seatId: visitorSeatId })
    expect(await inState(inmate, 'READY')).toMatchObject({ waitingReason: 'TOO_EARLY' })
    expect(inmateMedia.arrivals(visitorMedia.tag, 'video')).toEqual([])
    expect(visitorMedia.arrivals(inmateMedia.tag, 'audio')).toEqual([])

    world.clock.advance(MINUTE_MS)
    await inState(visitor, 'LIVE')
    await Promise.all([
      arrived(visitorMedia, inmateMedia, 'audio'),
      arrived(visitorMedia, inmateMedia, 'video'),
      arrived(inmateMedia, visitorMedia, 'audio'),
      arrived(inmateMedia, visitorMedia, 'video'),
      arrived(wallMedia, inmateMedia, 'audio'),
    ])
    await wall.heard<WallVisit>('wall:changed', (tile) => tile.isBeingRecorded)
    const ticked = await visitor.heard<{ clock: { deliveredMs: number; isRunning: boolean } }>(
      'visit:ticked',
      ({ clock }) => clock.deliveredMs >= DELIVERED_MS,
    )
    expect(ticked.clock.isRunning).toBe(true)

    await inmate.call('end', {})
    expect(await inState(visitor, 'ENDED')).toMatchObject({ outcome: 'INMATE_EARLY' })
    await until(
      async () =>
        (await world.db.recording.findFirst({ where: { visitId } }))?.state === 'FINISHED'
          ? true
          : null,
      'the recording',
      FILES_MADE_WITHIN_MS,
    )
    const session = await world.db.visitSession.findUniqueOrThrow({ where: { visitId } })
    expect(session).toMatchObject({
      state: 'ENDED',
      outcome: 'INMATE_EARLY',
      epoch: 1,
      endedBy: inmateSeatId,
    })
    expect(session.deliveredMs).toBeGreaterThanOrEqual(DELIVERED_MS)
    const tracks = await world.db.recordingTrack.findMany({ where: { visitId } })
    expect(tracks.map(({ party, kind }) => `${party} ${kind}`).toSorted()).toEqual([
      'INMATE audio',
      'INMATE video',
      'VISITOR audio',
      'VISITOR video',
    ])
    const entries = (await entriesOf(world.db, facilityId)).map(({ action }) => action)
    expect(entries).toEqual(expect.arrayContaining(ACTIONS))
    // RC-3: what records it stands before anything flows.
    expect(entries.indexOf('recording.open')).toBeLessThan(entries.indexOf('visit.start'))
    await isKept(world, visitId)
    for (const client of [visitor, inmate, wall]) client.close()
    for (const media of [visitorMedia, inmateMedia, wallMedia]) media.close()
  })
})

/** [RC-2] [RC-7] Its key is stored wrapped, how far it was on disk is known, and until when it is kept. */
async function isKept({ db }: LiveWorld, visitId: string): Promise<void> {
  const [recording, ...others] = await db.recording.findMany({
    where: { visitId },
    include: { key: true, heads: true, visit: { select: { endsAt: true } } },
  })
  expect(others).toEqual([])
  if (!recording) throw new Error('there is no recording')
  expect(recording.grantSha256).toMatch(/^[0-9a-f]{64}$/)
  expect(recording.key?.wrapped.length).toBeGreaterThan(32)
  expect(recording.heads.length).toBeGreaterThan(0)
  const keptMs = 90 * 24 * 60 * MINUTE_MS
  expect(recording.destroyAfter?.getTime()).toBe(recording.visit.endsAt.getTime() + keptMs)
}

/** What must stand in the log of an undisturbed visit. */
const ACTIONS = [
  'wall.open',
  'visit.open',
  'seat.arrive',
  'room.place',
  'seat.vouch',
  'visit.watch',
  'visit.listen',
  'seat.check',
  'visit.check',
  'seat.admit',
  'visit.ready',
  'visit.start',
  'seat.enter',
  'recording.open',
  'recording.key',
  'visit.end',
  'recording.stop',
  'recording.heads',
  'recording.sealed',
]
