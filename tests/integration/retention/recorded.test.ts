import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordedOfMe } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { entriesOf } from '../rest/support/audit-log.ts'
import { inmateCookie } from '../rest/support/callers.ts'
import type { RecordedVisit } from '../rest/support/recorded-visit.ts'
import { DAY_MS, aRetentionWorld, aVisitKept, callerOf, cookieCaller } from './retention-world.ts'
import type { Caller } from './retention-world.ts'

let given: Awaited<ReturnType<typeof aRetentionWorld>>
let kept: RecordedVisit
let visitor: Caller
let inmate: Caller
beforeAll(async () => {
  given = await aRetentionWorld()
  const { world, place } = given
  kept = await aVisitKept(world, place, { days: 30, endedDaysAgo: 100 })
  const { visitId } = kept
  await world.db.seat.updateMany({ where: { visitId }, data: { arrivedAt: world.clock.now() } })
  const { device, inmateId, terminalId } = place
  visitor = await callerOf(world, place.accounts.visitor)
  const cookie = await inmateCookie(world, { device, inmateId, terminalId, visitId: null })
  inmate = cookieCaller(world, cookie)
})
afterAll(() => given.world.close())

const listOf = async (caller: Caller, path: string): Promise<RecordedOfMe[]> =>
  (await caller('GET', path)).body['visits'] as RecordedOfMe[]
const played = (daysAgo: number) => {
  const { world, place } = given
  const createdAt = new Date(world.clock.now().getTime() - daysAgo * DAY_MS)
  const reason = { purpose: 'A secret inquiry', caseNumber: 'C-99' }
  const { visitId } = kept
  const accountId = place.accounts.investigator
  return world.db.playSession.create({
    data: {
      playId: newId(),
      visitId,
      accountId,
      createdAt,
      ...reason,
      expiresAt: new Date(createdAt.getTime() + 1),
    },
  })
}

describe('[RC-7] what was recorded of me', () => {
  it('is told to each side of itself, with how long it is kept', async () => {
    const [mine] = await listOf(visitor, '/api/me/recordings')
    expect(mine).toMatchObject({
      visitId: kept.visitId,
      with: 'Dmitri',
      isRecorded: true,
      kept: { picture: true, sound: false, durationMs: 5_000 },
      isHeld: false,
      destroyedAt: null,
      objection: null,
    })
    const [his] = await listOf(inmate, '/api/inmate/recordings')
    expect(his).toMatchObject({ with: 'Vera', kept: { picture: false, sound: true } })
    expect((await inmate('GET', '/api/inmate/recordings')).body['rules']).toEqual({
      ...{ social: 90, official: 90 },
    })
  })

  it('says who looked by role and day, and not before it may be told', async () => {
    await played(91)
    await played(91)
    await played(89)
    const answer = await visitor('GET', '/api/me/recordings')
    const [mine] = answer.body['visits'] as RecordedOfMe[]
    expect(mine?.watched).toMatchObject([{ role: 'investigator', times: 2 }])
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|C-99/)
  })

  it('can be objected to once by each, and the answer is read where it was asked', async () => {
    const { world, place } = given
    const { visitId } = kept
    const path = `/api/me/recordings/${visitId}/objection`
    const body = { code: 'CHILD', text: 'My son came in.' }
    expect((await visitor('POST', path, body)).status).toBe(200)
    expect(await visitor('POST', path, body)).toMatchObject({ body: { code: 'ALREADY_DECIDED' } })
    const own = `/api/inmate/recordings/${visitId}/objection`
    expect((await inmate('POST', own, { code: 'NOT_TOLD' })).status).toBe(200)
    expect(await inmate('POST', own, { code: 'NOT_TOLD', text: 'x' })).toMatchObject({
      status: 400,
    })
    const admin = await callerOf(world, place.accounts.facilityAdmin)
    const inbox = await admin('GET', '/api/tasks?kind=OBJECTION')
    const tasks = inbox.body['items'] as { taskId: string; subjectId: string; visitor: unknown }[]
    expect(tasks).toHaveLength(2)
    const task = tasks.find((one) => one.visitor !== null)
    expect((await admin('GET', `/api/objections/${task?.subjectId}`)).body).toMatchObject({
      ...{ ...body, visitId, party: 'VISITOR', isHeld: false },
    })
    const settled = { state: 'DONE', resolution: 'It is destroyed today.', version: 0 }
    await admin('POST', `/api/tasks/${task?.taskId}/settlement`, settled)
    const [mine] = await listOf(visitor, '/api/me/recordings')
    expect(mine?.objection).toMatchObject({ state: 'DONE', answer: 'It is destroyed today.' })
    const entries = await entriesOf(world.db, place.facilityId)
    const said = entries.filter(({ action }) => /recording.object|objection.read/.test(action))
    expect(said.map(({ action }) => action)).toEqual([
      'recording.object',
      'recording.object',
      'objection.read',
    ])
    expect(JSON.stringify(entries)).not.toContain('My son')
  })

  it('[TR-3] is nobody else’s', async () => {
    const other = await aVisitKept(given.world, given.place, { days: 30 })
    const { visitId } = other
    await given.world.db.seat.deleteMany({ where: { visitId, party: 'VISITOR' } }).catch(() => null)
    const stranger = `/api/me/recordings/${newId()}/objection`
    expect(await visitor('POST', stranger, { code: 'OTHER' })).toMatchObject({
      body: { code: 'RECORDING_NOT_FOUND' },
    })
  })

  it('says when it was destroyed', async () => {
    given.world.clock.advance(31 * DAY_MS)
    await given.world.jobs.runNow('retention.run')
    const again = await callerOf(given.world, given.place.accounts.visitor)
    const [mine] = await listOf(again, '/api/me/recordings')
    expect(mine).toMatchObject({ keptUntil: null, isHeld: false })
    expect(mine?.destroyedAt).not.toBeNull()
  })
})
