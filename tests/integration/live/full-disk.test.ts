import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { end, everybodyIn, flows, told } from './support/live-visit.ts'
import { aVisitWithPeople, goOnUnrecorded } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'

/** Enough for a journal's beginning. */
const FULL_AFTER_BYTES = 60_000
/** Three of the times after which a visit's recording is tried again. */
const THREE_TRIES_MS = 16_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld({ isRecording: true })
})
afterAll(() => world.close())

it('[RC-3] a full disk is one broken recording and one alarm; it goes on by itself when there is room', async () => {
  const people = await aVisitWithPeople(world, { startsInMs: 0 })
  const { visitId, facilityId } = people
  await goOnUnrecorded(world, facilityId)
  const live = await everybodyIn(world, people)
  await told(live.visitor, 'LIVE')
  await flows(live.media)
  const rows = () => world.db.recording.findMany({ where: { visitId }, orderBy: { epoch: 'asc' } })
  await world.recorder.limitFiles(FULL_AFTER_BYTES)
  await until(async () => ((await rows())[0]?.endedAt ? true : null), 'the disk to be full', 60_000)
  await pause(THREE_TRIES_MS)
  expect(await rows()).toMatchObject([{ epoch: 1, failure: 'DISK_FULL' }])
  const alarms = { where: { visitId, kind: 'RECORDING_ALARM' as const } }
  expect(await world.db.task.count(alarms)).toBe(1)

  await world.recorder.limitFiles(null)
  await until(
    async () => ((await rows()).length > 1 ? true : null),
    'the recording to go on',
    60_000,
  )
  expect(await rows()).toMatchObject([{ epoch: 1 }, { epoch: 2, roomEpoch: 1, failure: null }])
  expect(await world.db.task.count(alarms)).toBe(1)
  await end(live)
  await until(
    async () => ((await rows())[1]?.state === 'FINISHED' ? true : null),
    'the files of the second',
    180_000,
  )
})
