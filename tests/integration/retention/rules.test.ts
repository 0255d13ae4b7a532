import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesOf } from '../rest/support/audit-log.ts'
import { DAY_MS, aRetentionWorld, aVisitKept, monthOf } from './retention-world.ts'

let given: Awaited<ReturnType<typeof aRetentionWorld>>
beforeAll(async () => {
  given = await aRetentionWorld()
})
afterAll(() => given.world.close())

const planOf = async (recordingId: string): Promise<number> => {
  const row = await given.world.db.recording.findUniqueOrThrow({ where: { recordingId } })
  return ((row.destroyAfter?.getTime() ?? 0) - given.world.clock.now().getTime()) / DAY_MS
}

describe('[RC-7] the rules of retention', () => {
  it('move what is kept, never nearer than a week, and its keys to their months', async () => {
    const { world, place, admin } = given
    const old = await aVisitKept(world, place, { days: 30, endedDaysAgo: 60 })
    const soon = await aVisitKept(world, place, { days: 2, endedDaysAgo: 88 })
    const path = '/api/retention/rules'
    expect(await admin('PUT', path, { social: 5, official: 40 })).toMatchObject({
      status: 200,
      body: { rules: { social: 5, official: 40 }, changed: 1 },
    })
    expect(await planOf(old.recordingId)).toBe(7)
    expect(await planOf(soon.recordingId)).toBe(2)
    const longer = await admin('PUT', path, { social: 400, official: 40 })
    expect(longer.body).toMatchObject({ changed: 2 })
    expect(await planOf(old.recordingId)).toBeGreaterThan(330)
    await world.jobs.runNow('retention.run')
    const { destroyAfter } = await world.db.recording.findUniqueOrThrow({
      where: { recordingId: old.recordingId },
    })
    expect(await monthOf(world, old.recordingId)).toBe(destroyAfter?.toISOString().slice(0, 7))
    expect((await admin('GET', path)).body).toEqual({ social: 400, official: 40, legalDays: null })
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.filter(({ action }) => action === 'retention.setRules')).toMatchObject([
      { detail: { social: 5, socialBefore: 90, changed: 1 } },
      { detail: { social: 400, socialBefore: 5, changed: 2 } },
    ])
  })

  it('are never longer than the law allows', async () => {
    const { world, place, admin, investigator } = given
    const { facilityId } = place
    await world.db.facility.update({ where: { facilityId }, data: { jurisdiction: 'GB-EAW' } })
    expect(await admin('PUT', '/api/retention/rules', { social: 91, official: 30 })).toMatchObject({
      body: { code: 'LEGAL_LIMIT', fields: [{ field: 'social' }] },
    })
    expect((await investigator('GET', '/api/retention/rules')).body).toEqual({
      ...{ social: 90, official: 40, legalDays: 90 },
    })
    const body = { social: 90, official: 30 }
    expect(await investigator('PUT', '/api/retention/rules', body)).toMatchObject({ status: 403 })
  })

  it('show what goes when, the soonest first, a page at a time', async () => {
    const { world, place, admin } = given
    await aVisitKept(world, place, { days: 1 })
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const next = cursor === '' ? '' : `&cursor=${cursor}`
      const { body } = await admin('GET', `/api/retention?limit=1${next}`)
      const [item] = body['items'] as { destroyAfter: string; terminalName: string }[]
      seen.push(item?.destroyAfter ?? '')
      cursor = body['nextCursor'] as string | null
    }
    expect(seen.length).toBe(3)
    expect(seen).toEqual(seen.toSorted())
  })
})
