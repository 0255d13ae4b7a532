import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import { until } from '../../support/until.ts'
import { end, everybodyIn, flows, hangUp, told } from './support/live-visit.ts'
import { aVisitWithPeople, goOnUnrecorded } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveVisit } from './support/live-visit.ts'
import type { LiveWorld } from './support/live-world.ts'

const MINUTE_MS = 60_000
/** Files are made at the lowest priority: on a busy machine that takes its time. */
const FILES_MADE_WITHIN_MS = 180_000
/** So long the opening of a recording is taken for what it is. */
const TAKEOVER_MS = 5_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld({ isRecording: true })
})
afterAll(() => world.close())

const recordingsOf = (visitId: string) => world.db.recording.findMany({ where: { visitId } })

/** Waits until each side is told so; gives the version of the visit at which they were. */
async function bothHear(
  { visitor, inmate }: LiveVisit,
  isIt: (told: VisitSnapshot) => boolean,
): Promise<number> {
  const heard = [visitor, inmate].map((seat) => seat.heard<VisitSnapshot>('visit:changed', isIt))
  const told = await Promise.all(heard)
  expect(told.map(({ notice }) => notice.isRecorded)).toEqual([true, true])
  return Math.max(...told.map(({ version }) => version))
}

/** Waits until no recording of the visit is open or being made. */
async function madeAll(visitId: string): Promise<void> {
  await until(
    async () => {
      const rows = await recordingsOf(visitId)
      return rows.every(({ state }) => state === 'FINISHED') ? true : null
    },
    'the recordings',
    FILES_MADE_WITHIN_MS,
  )
}

describe('a visit whose recorder is not there at its beginning', () => {
  it('[RC-3] [OV-3] waits at the door, says no more than that staff are busy, and begins when it is there', async () => {
    world.clock.advance(MINUTE_MS)
    await world.recorder.stop('SIGKILL')
    const people = await aVisitWithPeople(world, { startsInMs: 0 })
    const live = await everybodyIn(world, people)
    expect(await told(live.visitor, 'READY')).toMatchObject({ waitingReason: 'ABOUT_TO_START' })
    world.clock.advance(TAKEOVER_MS)
    await live.visitor.heard<VisitSnapshot>(
      'visit:changed',
      ({ state, waitingReason }) => state === 'READY' && waitingReason === 'STAFF',
    )
    await live.wall.heard<WallVisit>('wall:changed', ({ attention }) => attention === 'NO_RECORDER')
    expect(live.media.visitor.arrivals(live.media.inmate.tag, 'audio')).toEqual([])
    world.recorder.start()
    await told(live.visitor, 'LIVE')
    await flows(live.media)
    await end(live)
    await madeAll(people.visitId)
  })

  it('[RC-3] [OV-3] does not wait where its facility says so, tells both, and is recorded from when it is there', async () => {
    world.clock.advance(MINUTE_MS)
    await world.recorder.stop('SIGKILL')
    const people = await aVisitWithPeople(world, { startsInMs: 0 })
    await goOnUnrecorded(world, people.facilityId)
    const live = await everybodyIn(world, people)
    await told(live.visitor, 'LIVE')
    await flows(live.media)
    world.clock.advance(TAKEOVER_MS)
    await live.wall.heard<WallVisit>(
      'wall:changed',
      ({ recording }) => recording.missingSince !== null && !recording.isRequired,
    )
    const without = await bothHear(live, ({ isUnrecorded }) => isUnrecorded)
    world.recorder.start()
    await live.wall.heard<WallVisit>('wall:changed', ({ isBeingRecorded }) => isBeingRecorded)
    await bothHear(live, ({ version, isUnrecorded }) => version > without && !isUnrecorded)
    await end(live)
    await madeAll(people.visitId)
  })
})

describe('a visit that never begins', () => {
  it('[RC-1] [RC-2] leaves a recording with nothing in it', async () => {
    const people = await aVisitWithPeople(world, { startsInMs: MINUTE_MS })
    const live = await everybodyIn(world, people)
    await told(live.visitor, 'READY')
    await until(async () => ((await recordingsOf(people.visitId)).length === 1 ? true : null), 'it')
    await live.wall.call('endVisit', { visitId: people.visitId, reason: 'OTHER' })
    hangUp(live)
    await madeAll(people.visitId)
    const tracks = await world.db.recordingTrack.count({ where: { visitId: people.visitId } })
    expect(tracks).toBe(0)
  })
})
