import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DATA_DAYS } from '@visavis/contract/http'
import type { DataClass, DataClassView } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { aNotice, insertVisitor } from '@visavis/prisma/seed'
import { answerTo } from '../database/refused.ts'
import { anIncident } from '../rest/samples/incidents.ts'
import { breakAuditLog, entriesOf, mendAuditLog } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

const DAY_MS = 86_400_000

let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
})
afterAll(() => world.close())

const daysAgo = (days: number) => new Date(world.clock.now().getTime() - days * DAY_MS)
const { days: NOTICE_DAYS } = DATA_DAYS.NOTICES

/** A message of so many days ago. */
async function message(days: number): Promise<string> {
  const row = aNotice({ visitorId: place.visitorId, state: 'SENT', createdAt: daysAgo(days) })
  await world.db.notice.create({ data: row })
  return row.noticeId
}
const isThere = async (noticeId: string) =>
  (await world.db.notice.count({ where: { noticeId } })) === 1
const run = () => world.jobs.runNow('personalData.run')
const tombstones = (dataClass: DataClass) =>
  world.db.personalDataTombstone.findMany({ where: { dataClass }, orderBy: { destroyedAt: 'asc' } })

async function call(method: 'GET' | 'PUT', path: string, payload?: object) {
  const cookie = await accountCookie(world, place.accounts.operatorAdmin)
  return world.app.inject({
    ...{ method, url: `/api/personal-data${path}` },
    headers: { cookie, 'idempotency-key': newId() },
    ...(payload ? { payload } : {}),
  })
}
const classOf = async (dataClass: DataClass) =>
  (await call('GET', ''))
    .json<{ classes: DataClassView[] }>()
    .classes.find((one) => one.dataClass === dataClass)

describe('[RC-7] personal data that end by the clock', () => {
  it('go on their day and not before, and leave a number, a hash and an entry', async () => {
    const [old, young] = [await message(NOTICE_DAYS + 1), await message(NOTICE_DAYS - 1)]
    expect(await classOf('NOTICES')).toMatchObject({ days: NOTICE_DAYS, due: 1, dueSoon: 2 })
    await run()
    expect([await isThere(old), await isThere(young)]).toEqual([false, true])
    const [stone, ...others] = await tombstones('NOTICES')
    expect(others).toEqual([])
    const sha256 = createHash('sha256').update(old).digest('hex')
    expect(stone).toMatchObject({ count: 1, days: NOTICE_DAYS, sha256 })
    const entry = (await entriesOf(world.db, null)).find(
      ({ action }) => action === 'personalData.destroy',
    )
    expect(entry?.detail).toMatchObject({ dataClass: 'NOTICES', count: 1, sha256 })
    await run()
    expect(await tombstones('NOTICES')).toHaveLength(1)
  })

  it('[TR-1] stay where the log cannot say that they went', async () => {
    const old = await message(NOTICE_DAYS + 1)
    await breakAuditLog(world.db)
    try {
      await expect(run()).rejects.toThrow()
    } finally {
      await mendAuditLog(world.db)
    }
    expect(await isThere(old)).toBe(true)
    await run()
    expect(await isThere(old)).toBe(false)
  })

  it('a shorter time holds after seven days, a longer one at once', async () => {
    const between = await message(NOTICE_DAYS - 100)
    const set = await call('PUT', '/NOTICES', { days: NOTICE_DAYS - 200 })
    expect(set.json()).toMatchObject({ days: NOTICE_DAYS - 200 })
    expect(set.json<DataClassView>().shortensAt).not.toBeNull()
    await run()
    expect(await isThere(between)).toBe(true)
    world.clock.advance(7 * DAY_MS)
    await run()
    expect(await isThere(between)).toBe(false)
    const later = await message(NOTICE_DAYS + 10)
    await call('PUT', '/NOTICES', { days: NOTICE_DAYS + 100 })
    await run()
    expect(await isThere(later)).toBe(true)
    const refused = await call('PUT', '/NOTICES', { days: DATA_DAYS.NOTICES.min - 1 })
    expect(refused.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'days' }] })
  })

  it('stay while an incident may need them', async () => {
    await call('PUT', '/NOTICES', { days: NOTICE_DAYS })
    world.clock.advance(8 * DAY_MS)
    const [before, within] = [await message(NOTICE_DAYS + 60), await message(NOTICE_DAYS + 10)]
    const given = { world: () => world, place: () => place }
    const fromAt = daysAgo(NOTICE_DAYS + 30)
    const incidentId = await anIncident(given, { fromAt, toAt: daysAgo(NOTICE_DAYS) })
    await run()
    expect([await isThere(before), await isThere(within)]).toEqual([false, true])
    const closing = {
      ...{ closeAskedBy: place.accounts.officer, closeAskedAt: world.clock.now() },
      ...{ closeOutcome: 'FALSE_ALARM', closeReason: 'Nobody got in.', state: 'CLOSED' as const },
      ...{ closedBy: place.accounts.operatorAdmin, closedAt: world.clock.now() },
    }
    await world.db.incident.update({ where: { incidentId }, data: closing })
    await run()
    expect(await isThere(within)).toBe(false)
  })

  it('pictures of documents go once somebody was long confirmed; the photograph stays', async () => {
    const days = DATA_DAYS.ID_PICTURES.days + 1
    const { visitorId } = await insertVisitor(world.db, { verifiedAt: daysAgo(days) })
    for (const kind of ['ID_FRONT', 'PHOTO'] as const) {
      const picture = { mimeType: 'image/webp', sizeBytes: 1, width: 1, height: 1 }
      const data = { documentId: newId(), visitorId, kind, ...picture, sha256: 'a'.repeat(64) }
      await world.db.identityDocument.create({ data: { ...data, uploadedAt: daysAgo(days) } })
    }
    await run()
    const left = await world.db.identityDocument.findMany({ where: { visitorId, removedAt: null } })
    expect(left.map(({ kind }) => kind)).toEqual(['PHOTO'])
  })

  it('every class can be counted and ended', async () => {
    const answer = (await call('GET', '')).json<{ classes: DataClassView[] }>()
    expect(answer.classes.map(({ dataClass }) => dataClass)).toEqual(Object.keys(DATA_DAYS))
    world.clock.advance(4000 * DAY_MS)
    await run()
    const after = (await call('GET', '')).json<{ classes: DataClassView[] }>()
    expect(after.classes.filter(({ due }) => due > 0)).toEqual([])
    expect((await tombstones('SIGN_INS')).length).toBeGreaterThan(0)
  })

  it('what is left of them is never changed', async () => {
    const [stone] = await tombstones('NOTICES')
    const where = { tombstoneId: stone?.tombstoneId ?? '' }
    for (const write of [
      world.db.personalDataTombstone.update({ where, data: { count: 2 } }),
      world.db.personalDataTombstone.deleteMany({ where }),
    ]) {
      expect(await answerTo(write)).toContain('told_once')
    }
  })
})
