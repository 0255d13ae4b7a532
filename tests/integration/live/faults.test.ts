import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RECORDER_AWAITED_MS } from '@visavis/contract/recorder-awaited'
import type { WallVisit } from '@visavis/contract/visit'
import { until } from '../../support/until.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import type { RtcClient } from '../../support/rtc-client.ts'
import { connectToNode } from '../../support/media-node-host.ts'
import { aLiveVisit, end, flows, told } from './support/live-visit.ts'
import type { LiveVisit } from './support/live-visit.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { openSeatMedia } from './support/seat-media.ts'
import { connectSeat, connectWall } from './support/socket-client.ts'
import type { SeatClient, WallClient } from './support/socket-client.ts'
import { delivered, seenByNode, statementOf } from './support/statement.ts'

const MINUTE_MS = 60_000
/** Files are made at the lowest priority: on a busy machine that takes its time. */
const FILES_MADE_WITHIN_MS = 180_000
const LEASE_MS = 30_000
const KEPT_ADMISSION_MS = 10 * MINUTE_MS
/** So much may be lost where stretches are cut to whole milliseconds. */
const STRETCHES_ROUNDING_MS = 5

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld({ isRecording: true })
})
afterAll(() => world.close())

/** A live visit that is recorded: the recorder's row exists a moment before its tap stands. */
async function aRecordedVisit(): Promise<LiveVisit> {
  const live = await aLiveVisit(world)
  await recorded(live.wall, true)
  return live
}

/** Waits until the newest tile says so. */
async function recorded(wall: WallClient, isBeingRecorded: boolean): Promise<void> {
  await until(
    () => {
      const tile = wall.events.findLast(([name]) => name === 'wall:changed')?.[1]
      return (tile as WallVisit | undefined)?.isBeingRecorded === isBeingRecorded ? true : null
    },
    `a tile with isBeingRecorded ${String(isBeingRecorded)}`,
  )
}

/** Waits for a tile of which `isSo`. */
async function tileWith(wall: WallClient, isSo: (tile: WallVisit) => boolean): Promise<void> {
  await wall.heard<WallVisit>('wall:changed', isSo)
}

/** Joins again with void media, as a client does that was told of a reset. */
async function joinAgain(client: SeatClient, seatId: string, visitId: string): Promise<RtcClient> {
  const joined = await client.call('join', { visitId, holdingEpoch: 1 })
  expect(joined.media).toMatchObject({ epoch: 2, isResumed: false })
  return openSeatMedia(client, { seatId, visitId, ...joined.media })
}

/** What a client that holds the first epoch's media says when it comes back. */
async function resumeKey(client: SeatClient, visitId: string) {
  const joined = await client.call('join', { visitId, holdingEpoch: 1 })
  return { ...joined.resume, visitId, lastEventSeq: joined.lastEventSeq, holdingEpoch: 1 }
}

const sessionOf = (visitId: string) =>
  world.db.visitSession.findUniqueOrThrow({ where: { visitId } })

/** Waits until the visit's recordings, the oldest first, are in these states. */
async function recordingsAre(visitId: string, states: readonly string[]): Promise<void> {
  await until(
    async () => {
      const rows = await world.db.recording.findMany({
        where: { visitId },
        orderBy: { recordingId: 'asc' },
      })
      return rows.map(({ state }) => state).join() === states.join() ? true : null
    },
    `recordings ${states.join()}`,
    FILES_MADE_WITHIN_MS,
  )
}

const missingEntries = (visitId: string) =>
  world.db.auditEntry.count({ where: { visitId, action: 'visit.unrecorded' } })

/** The process behind the open router. */
async function openWorkerPid(): Promise<number> {
  const control = await connectToNode(world.node())
  const { routers } = await control.call('describe', {})
  control.close()
  const router = routers.find(({ pool }) => pool === 'open')
  if (!router) throw new Error('the node has no open router')
  return router.workerPid
}

describe('a seat whose socket is lost', () => {
  it('[LV-8] keeps its media for thirty seconds and its admission for ten minutes', async () => {
    const live = await aRecordedVisit()
    const { visitId, visitorSeatId, cookies } = live.people
    const key = await resumeKey(live.visitor, visitId)
    live.visitor.close()
    await flows(live.media)
    const back = await connectSeat(world, cookies.visitor)
    const resumed = await back.call('resume', key)
    expect(resumed.snapshot.state).toBe('LIVE')
    expect(resumed.media).toMatchObject({ epoch: 1, isResumed: true })
    expect(resumed.media.consumers).toHaveLength(2)
    back.close()
    // An answer on another connection: by then the server has seen this one close.
    await live.wall.call('open', { facilityId: live.people.facilityId })
    world.clock.advance(LEASE_MS)
    expect(await told(live.inmate, 'RECONNECTING')).toMatchObject({
      others: [{ state: 'DISCONNECTED' }],
    })
    world.clock.advance(KEPT_ADMISSION_MS - MINUTE_MS)
    const again = await connectSeat(world, cookies.visitor)
    const rejoined = await again.call('join', { visitId, holdingEpoch: 1 })
    expect(rejoined).toMatchObject({
      snapshot: { state: 'LIVE', you: { state: 'IN' } },
      media: { isResumed: false },
    })
    const media = await openSeatMedia(again, { seatId: visitorSeatId, visitId, ...rejoined.media })
    await flows({ visitor: media, inmate: live.media.inmate })
    await end({ ...live, visitor: again, media: { ...live.media, visitor: media } })
  })
})

describe('a server that is replaced', () => {
  it('[LV-6] [LV-8] finds its rooms, media and recording again, and nobody is asked anything', async () => {
    const live = await aRecordedVisit()
    const { visitId, cookies } = live.people
    await live.visitor.heard<{ clock: { deliveredMs: number } }>(
      'visit:ticked',
      ({ clock }) => clock.deliveredMs > 0,
    )
    await world.restartServer()
    await flows(live.media)
    const visitor = await connectSeat(world, cookies.visitor)
    const resumed = await visitor.call('join', { visitId, holdingEpoch: 1 })
    expect(resumed).toMatchObject({
      snapshot: { state: 'LIVE' },
      media: { epoch: 1, isResumed: true },
    })
    expect(resumed.media.consumers).toHaveLength(2)
    const inmate = await connectSeat(world, cookies.inmate)
    await inmate.call('join', { visitId, holdingEpoch: 1 })
    const before = (await sessionOf(visitId)).deliveredMs
    await visitor.heard<{ clock: { deliveredMs: number } }>(
      'visit:ticked',
      ({ clock }) => clock.deliveredMs > before,
    )
    const wall = await connectWall(world, cookies.officer)
    await until(async () => {
      const { visits } = await wall.call('open', { facilityId: live.people.facilityId })
      return visits.some((visit) => visit.isBeingRecorded) ? true : null
    }, 'the recording to go on')
    const { bothWayMs } = await seenByNode(world, visitId)
    await delivered(visitor, bothWayMs)
    await end({ ...live, visitor, inmate, wall })
    const { deliveredMs } = await statementOf(world, visitId)
    // Each stretch of it is cut to whole milliseconds.
    expect(deliveredMs).toBeGreaterThanOrEqual(bothWayMs - STRETCHES_ROUNDING_MS)
    await recordingsAre(visitId, ['FINISHED'])
    expect(await missingEntries(visitId)).toBe(0)
  })
})

describe('a media worker that dies', () => {
  it('[LV-8] [RC-1] has its room placed anew, which a seat without a socket hears when it resumes', async () => {
    const live = await aRecordedVisit()
    const { visitId, visitorSeatId, inmateSeatId, cookies } = live.people
    const key = await resumeKey(live.visitor, visitId)
    live.visitor.close()
    process.kill(await openWorkerPid(), 'SIGKILL')
    expect(await live.inmate.heard('media:reset')).toEqual({ epoch: 2 })
    const visitor = await connectSeat(world, cookies.visitor)
    const resumed = await visitor.call('resume', key)
    expect(visitor.events).toContainEqual(['media:reset', { epoch: 2 }])
    expect(resumed.media).toMatchObject({ epoch: 2, isResumed: false })
    const media = {
      visitor: await openSeatMedia(visitor, { seatId: visitorSeatId, visitId, ...resumed.media }),
      inmate: await joinAgain(live.inmate, inmateSeatId, visitId),
    }
    await flows(media)
    expect(await sessionOf(visitId)).toMatchObject({ epoch: 2, state: 'LIVE' })
    await recordingsAre(visitId, ['FINISHED', 'OPEN'])
    await end({ ...live, visitor, media })
    await recordingsAre(visitId, ['FINISHED', 'FINISHED'])
    const epochs = await world.db.recording.findMany({
      where: { visitId },
      orderBy: { epoch: 'asc' },
    })
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2])
  })
})

describe('a media node that dies', () => {
  it('[LV-8] loses nothing but the moment: its rooms are placed anew on its successor', async () => {
    const live = await aRecordedVisit()
    const { visitId, visitorSeatId, inmateSeatId } = live.people
    await world.replaceNode()
    for (const seat of [live.visitor, live.inmate]) {
      expect(await seat.heard('media:reset')).toEqual({ epoch: 2 })
    }
    const media = {
      visitor: await joinAgain(live.visitor, visitorSeatId, visitId),
      inmate: await joinAgain(live.inmate, inmateSeatId, visitId),
    }
    await flows(media)
    const router = await live.wall.heard<{ routerId: string }>('wall:routerAdded')
    expect((await sessionOf(visitId)).routerId).toBe(router.routerId)
    await end({ ...live, media })
  })
})

describe('a recorder that dies', () => {
  /** So long its absence is taken for a restart. */
  const TAKEOVER_MS = 5_000

  it('[RC-3] [OV-3] is waited for, told as a wait for staff, and recorded with again when it is back', async () => {
    const live = await aRecordedVisit()
    const { visitId } = live.people
    await world.recorder.stop('SIGKILL')
    await recorded(live.wall, false)
    // For the moment that a restart takes, nobody is kept waiting.
    await flows(live.media)
    expect(await missingEntries(visitId)).toBe(0)
    world.clock.advance(TAKEOVER_MS)
    expect(await told(live.visitor, 'PAUSED')).toMatchObject({ pausedFor: 'STAFF' })
    await tileWith(live.wall, ({ attention, recording: { missingSince, isAsking } }) => {
      return attention === 'NO_RECORDER' && missingSince !== null && !isAsking
    })
    expect(await missingEntries(visitId)).toBe(1)
    live.visitor.events.length = 0
    world.recorder.start()
    await told(live.visitor, 'LIVE')
    await flows(live.media)
    await recordingsAre(visitId, ['FINISHED', 'OPEN'])
    await recorded(live.wall, true)
    await end(live)
    await recordingsAre(visitId, ['FINISHED', 'FINISHED'])
    const [first] = await world.db.recording.findMany({
      where: { visitId },
      orderBy: { recordingId: 'asc' },
    })
    expect(first).toMatchObject({ isRecovered: true, failure: null })
  })

  it('[RC-3] [TR-1] has an officer asked, who lets the visit go on without, with a reason', async () => {
    const live = await aRecordedVisit()
    const { visitId } = live.people
    await world.recorder.stop('SIGKILL')
    await recorded(live.wall, false)
    world.clock.advance(TAKEOVER_MS)
    await told(live.visitor, 'PAUSED')
    live.visitor.events.length = 0
    world.clock.advance(RECORDER_AWAITED_MS)
    await tileWith(live.wall, ({ recording }) => recording.isAsking)
    await live.wall.call('goOnUnrecorded', { visitId, reason: 'The last visit before a hearing' })
    await told(live.visitor, 'LIVE')
    await flows(live.media)
    const entries = await entriesOf(world.db, live.people.facilityId)
    expect(entries.find(({ action }) => action === 'visit.goOnUnrecorded')).toMatchObject({
      reason: 'The last visit before a hearing',
      actor: { type: 'officer' },
    })
    await tileWith(live.wall, ({ recording }) => recording.goesOnWithout)
    live.wall.events.length = 0
    world.recorder.start()
    await tileWith(live.wall, ({ isBeingRecorded, recording }) => {
      return isBeingRecorded && recording.missingSince === null && !recording.goesOnWithout
    })
    await end(live)
    const notes = await world.db.timelineEntry.findMany({
      where: { visitId },
      orderBy: { at: 'asc' },
    })
    const ofRecording = notes.map(({ kind }) => kind).filter((kind) => kind.includes('RECORDED'))
    expect(ofRecording).toEqual(['UNRECORDED', 'GOES_ON_UNRECORDED', 'RECORDED'])
  })
})
