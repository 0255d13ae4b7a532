import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeptVisit, LegalHold } from '@visavis/contract/http'
import { entriesOf } from '../rest/support/audit-log.ts'
import { keysOf } from '../rest/support/recorded-visit.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import {
  DAY_MS,
  aRetentionWorld,
  aVisitKept,
  callerOf,
  dayFrom,
  monthOf,
} from './retention-world.ts'
import type { Answer } from './retention-world.ts'

type World = Awaited<ReturnType<typeof aRetentionWorld>>
let given: World
beforeAll(async () => {
  given = await aRetentionWorld()
})
afterAll(() => given.world.close())

const PLACING = { reason: 'An inquiry asks for it.', caseNumber: 'C-7' }
const WHY = { reason: 'The case is closed.' }

const holdOf = (answer: Answer): LegalHold => answer.body as unknown as LegalHold
const place = async (visitId: string, days = 30): Promise<LegalHold> => {
  const body = { ...PLACING, reviewOn: dayFrom(given.world, days) }
  const answer = await given.admin('POST', `/api/recordings/${visitId}/holds`, body)
  expect(answer).toMatchObject({ status: 200, body: { visitId, ...PLACING, release: null } })
  return holdOf(answer)
}
const run = () => given.world.jobs.runNow('retention.run')
const tasks = (kind: 'HOLD_REVIEW' | 'DECIDE_RELEASE', subjectId: string) =>
  given.world.db.task.findMany({ where: { kind, subjectId } })
const actions = async (): Promise<string[]> =>
  (await entriesOf(given.world.db, given.place.facilityId)).map(({ action }) => action)

describe('[RC-7] a legal hold', () => {
  it('keeps what is past its day, under a key that no month takes along', async () => {
    const { world } = given
    const { visitId, recordingId } = await aVisitKept(world, given.place, { days: -1 })
    await place(visitId)
    await run()
    expect(await monthOf(world, recordingId)).toBe('held')
    world.clock.advance(70 * DAY_MS)
    await run()
    const key = await world.db.recordingKey.findUniqueOrThrow({ where: { recordingId } })
    const { facilityId } = given.place
    const opened = await keysOf(world).open({ ...key, objectId: recordingId, facilityId })
    expect(opened).toHaveLength(32)
    expect(await actions()).not.toContain('recording.shred')
  })

  it('is released by two people, and then gives a week', async () => {
    given = await fresh()
    const { world, admin, second } = given
    const { visitId, recordingId } = await aVisitKept(world, given.place, { days: -1 })
    const { holdId } = await place(visitId)
    const path = `/api/holds/${holdId}/release`
    expect(await admin('POST', `${path}/decision`, { ...WHY, isApproved: true })).toMatchObject({
      body: { code: 'ALREADY_DECIDED' },
    })
    expect((await admin('POST', path, WHY)).status).toBe(200)
    expect(await second('POST', path, WHY)).toMatchObject({ body: { code: 'ALREADY_DECIDED' } })
    expect(await tasks('DECIDE_RELEASE', holdId)).toMatchObject([{ state: 'OPEN', visitId }])
    const decision = { ...WHY, isApproved: true }
    expect(await admin('POST', `${path}/decision`, decision)).toMatchObject({
      body: { code: 'SECOND_PERSON_REQUIRED' },
    })
    const decided = await Promise.all(
      Array.from({ length: 20 }, () => second('POST', `${path}/decision`, decision)),
    )
    expect(decided.filter(({ status }) => status === 200)).toHaveLength(1)
    const others = decided.filter(({ status }) => status !== 200).map(({ body }) => body['code'])
    expect(new Set(others)).toEqual(new Set(['ALREADY_DECIDED']))
    const { destroyAfter } = await world.db.recording.findUniqueOrThrow({ where: { recordingId } })
    expect(destroyAfter).toEqual(new Date(world.clock.now().getTime() + 7 * DAY_MS))
    await run()
    expect(await monthOf(world, recordingId)).toBe(destroyAfter?.toISOString().slice(0, 7))
    expect(await tasks('DECIDE_RELEASE', holdId)).toMatchObject([{ state: 'DONE' }])
    const done = (await actions()).filter((action) => action.startsWith('hold.'))
    expect(done).toEqual(['hold.place', 'hold.askRelease', 'hold.release'])
  })

  it('stays when the second person says no, and can be asked about again', async () => {
    const { visitId, recordingId } = await aVisitKept(given.world, given.place, { days: 5 })
    const { holdId } = await place(visitId)
    const path = `/api/holds/${holdId}/release`
    await given.admin('POST', path, WHY)
    const no = { reason: 'The appeal still runs.', isApproved: false }
    expect((await given.second('POST', `${path}/decision`, no)).status).toBe(200)
    await run()
    expect(await monthOf(given.world, recordingId)).toBe('held')
    expect((await given.second('POST', path, WHY)).status).toBe(200)
  })

  it('stays while another one does', async () => {
    const { visitId, recordingId } = await aVisitKept(given.world, given.place, { days: 5 })
    const [one] = [await place(visitId), await place(visitId)]
    await given.admin('POST', `/api/holds/${one.holdId}/release`, WHY)
    const yes = { ...WHY, isApproved: true }
    await given.second('POST', `/api/holds/${one.holdId}/release/decision`, yes)
    await run()
    expect(await monthOf(given.world, recordingId)).toBe('held')
  })

  it('is a task on its day, until somebody has looked at it', async () => {
    const { world } = given
    const { visitId } = await aVisitKept(world, given.place, { days: 400 })
    const { holdId } = await place(visitId, 2)
    await run()
    expect(await tasks('HOLD_REVIEW', holdId)).toEqual([])
    world.clock.advance(2 * DAY_MS)
    given = { ...given, ...(await callersOf(given)) }
    await run()
    await run()
    expect(await tasks('HOLD_REVIEW', holdId)).toMatchObject([{ state: 'OPEN', visitId }])
    const today = { ...WHY, reviewOn: dayFrom(world, 0) }
    const path = `/api/holds/${holdId}/review`
    expect(await given.second('POST', path, today)).toMatchObject({ body: { code: 'BAD_REQUEST' } })
    const later = { ...WHY, reviewOn: dayFrom(world, 60) }
    expect(await given.second('POST', path, later)).toMatchObject({
      status: 200,
      body: { reviewOn: later.reviewOn, isReviewDue: false },
    })
    await run()
    expect(await tasks('HOLD_REVIEW', holdId)).toMatchObject([{ state: 'DONE' }])
  })

  it('is the facility’s own, and of something that is kept', async () => {
    const { visitId } = await aVisitKept(given.world, given.place, { days: 5 })
    const elsewhere = await anotherFacilitysAdmin()
    const body = { ...PLACING, reviewOn: dayFrom(given.world, 3) }
    expect(await elsewhere('POST', `/api/recordings/${visitId}/holds`, body)).toMatchObject({
      body: { code: 'RECORDING_NOT_FOUND' },
    })
    const nothing = `/api/recordings/${given.place.visitId}/holds`
    expect(await given.admin('POST', nothing, body)).toMatchObject({
      body: { code: 'RECORDING_NOT_FOUND' },
    })
    const list = await given.admin('GET', '/api/retention?isHeld=true')
    const items = list.body['items'] as KeptVisit[]
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(({ holds }) => holds.length > 0)).toBe(true)
  })

  it('wins or loses against a destruction, and never halfway', async () => {
    const { world, admin } = given
    const body = { ...PLACING, reviewOn: dayFrom(world, 30) }
    for (let round = 0; round < 10; round += 1) {
      const { visitId, recordingId } = await aVisitKept(world, given.place, { days: -1 })
      const [held] = await Promise.all([
        admin('POST', `/api/recordings/${visitId}/holds`, body),
        run(),
      ])
      const key = await world.db.recordingKey.findUnique({ where: { recordingId } })
      if (held.status === 200) expect(key).not.toBeNull()
      else expect([held.body['code'], key]).toEqual(['RECORDING_DESTROYED', null])
    }
  })
})

describe('[RC-7] the database', () => {
  it('deletes no key of what is held, and no hold', async () => {
    const { db } = given.world
    const { visitId, recordingId } = await aVisitKept(given.world, given.place, { days: -1 })
    const { holdId } = await place(visitId)
    await expect(db.recordingKey.deleteMany({ where: { visitId } })).rejects.toThrow()
    await expect(
      db.$transaction([
        db.$executeRaw`SET LOCAL session_replication_role = replica`,
        db.$executeRaw`DELETE FROM recording_key WHERE recording_id = ${recordingId}::uuid`,
      ]),
    ).rejects.toThrow()
    await expect(db.legalHold.deleteMany({ where: { holdId } })).rejects.toThrow()
    const data = { reason: 'Another one.' }
    await expect(db.legalHold.updateMany({ where: { holdId }, data })).rejects.toThrow()
  })
})

async function fresh(): Promise<World> {
  await given.world.close()
  return aRetentionWorld()
}

async function callersOf({ world, place: at }: World) {
  return {
    admin: await callerOf(world, at.accounts.facilityAdmin),
    second: await callerOf(world, at.accounts.investigator),
  }
}

async function anotherFacilitysAdmin() {
  const other = await aPlace(given.world)
  return callerOf(given.world, other.accounts.facilityAdmin)
}
