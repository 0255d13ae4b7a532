import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenInvariants } from '../booking/booking-world.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aFamily } from '../booking/booking-world.ts'
import { aBookedFamily, aPrison, aRunningVisit, staffOf, tasksAbout } from './life-world.ts'

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())

const WEEK_MS = 7 * 86_400_000
const inAWeek = (): string => new Date(world.clock.now().getTime() + WEEK_MS).toISOString()

type Replanned = { moved: { visitId: string }[]; stranded: string[]; running: string[] }

async function breakDown(desk: Awaited<ReturnType<typeof staffOf>>['desk'], terminalId: string) {
  const payload = { until: inAWeek(), reason: 'The screen is dark' }
  const answer = await desk.post(`/api/terminals/${terminalId}/outage`, payload)
  return { status: answer.status, ...(answer.body as unknown as Replanned) }
}

const terminalOf = async (visitId: string): Promise<string> =>
  (await world.db.visit.findUniqueOrThrow({ where: { visitId } })).terminalId

it('[BK-13] a broken terminal’s visits go to free ones; what runs is not touched', async () => {
  const prison = await aPrison(world, { terminals: 3 })
  const { desk } = await staffOf(world, prison)
  const booked = [await aBookedFamily(world, prison, 0), await aBookedFamily(world, prison, 2)]
  const family = await aFamily(world, prison)
  const running = await aRunningVisit(world, prison, family)
  const broken = prison.terminalIds[0] ?? ''
  const onIt: string[] = []
  for (const { visitId } of booked) if ((await terminalOf(visitId)) === broken) onIt.push(visitId)
  const answer = await breakDown(desk, broken)
  expect(answer.status).toBe(200)
  expect(answer.moved.map(({ visitId }) => visitId).toSorted()).toEqual(onIt.toSorted())
  expect(answer).toMatchObject({ stranded: [], running: [running] })
  for (const visitId of onIt) expect(await terminalOf(visitId)).not.toBe(broken)
  expect(await terminalOf(running)).toBe(broken)
  expect(await brokenInvariants(world)).toMatchObject({})
})

it('[BK-13] who finds no terminal keeps the booking and gets a task with a suggestion', async () => {
  const prison = await aPrison(world, { terminals: 1 })
  const { desk } = await staffOf(world, prison)
  const { visitId } = await aBookedFamily(world, prison)
  const answer = await breakDown(desk, prison.terminalIds[0] ?? '')
  expect(answer).toMatchObject({ status: 200, moved: [], stranded: [visitId] })
  expect(await tasksAbout(world, visitId)).toEqual(['TERMINAL_OUT_OF_ORDER'])
})

it('[BK-13] a visit whose inmate was transferred does not stop the others from moving', async () => {
  const prison = await aPrison(world, { terminals: 2 })
  const { desk } = await staffOf(world, prison)
  const { visitId, family } = await aBookedFamily(world, prison)
  const sister = await aPrison(world)
  await world.db.inmate.update({
    where: { inmateId: family.inmateId },
    data: { facilityId: sister.facilityId },
  })
  const answer = await breakDown(desk, await terminalOf(visitId))
  expect(answer).toMatchObject({ status: 200, moved: [], stranded: [visitId] })
})

it('nothing new is booked on it until it is repaired', async () => {
  const prison = await aPrison(world, { terminals: 1 })
  const { desk } = await staffOf(world, prison)
  const terminalId = prison.terminalIds[0] ?? ''
  await breakDown(desk, terminalId)
  expect((await aBookedFamily(world, prison)).status).toBe(409)
  const repaired = await desk.post(`/api/terminals/${terminalId}/repair`)
  expect(repaired).toMatchObject({ status: 200, body: { lifted: 1 } })
  expect((await aBookedFamily(world, prison, 1)).status).toBe(200)
})

it('refuses an outage that is over, naming the field', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const until = new Date(world.clock.now().getTime() - 1).toISOString()
  const url = `/api/terminals/${prison.terminalIds[0]}/outage`
  expect((await desk.post(url, { until, reason: 'Too late' })).body).toMatchObject({
    code: 'BAD_REQUEST',
    fields: [{ field: 'until' }],
  })
})
