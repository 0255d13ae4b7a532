import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataExportView } from '@visavis/contract/http'
import { createObjectStore } from '@visavis/platform/object-store/index'
import { newId } from '@visavis/prisma'
import { insertAccount, insertVisitor } from '@visavis/prisma/seed'
import { fromBufferPromise } from 'yauzl'
import { breakAuditLog, entriesOf, mendAuditLog } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRecordedVisit } from '../rest/support/recorded-visit.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

const DAY_MS = 86_400_000
const BIRTH_DATE = '1981-03-17'
const CHILD_BORN = new Date(Date.now() - 5 * 365 * DAY_MS).toISOString().slice(0, 10)

let world: RestWorld
let place: Place
let cookie: string
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  cookie = await accountCookie(world, place.accounts.visitor)
  await world.db.visitor.update({
    where: { visitorId: place.visitorId },
    data: { givenName: 'Maria <b>', birthDate: BIRTH_DATE, email: 'maria@example.org' },
  })
  await aRecordedVisit(world, place)
  await world.db.visitSession.update({
    where: { visitId: place.visitId },
    data: { state: 'ENDED', outcome: 'COMPLETED', endedAt: world.clock.now() },
  })
  await world.db.seat.updateMany({
    where: { visitId: place.visitId },
    data: { arrivedAt: world.clock.now() },
  })
})
afterAll(() => world.close())

type Asked = { readonly method?: 'GET' | 'POST' | 'DELETE'; readonly as?: string }

const call = (path: string, payload?: object, { method, as = cookie }: Asked = {}) =>
  world.app.inject({
    ...{ method: method ?? (payload ? 'POST' : 'GET'), url: `/api/my/data-exports${path}` },
    headers: { cookie: as, 'idempotency-key': newId() },
    ...(payload ? { payload } : {}),
  })
const ask = async (wish: object = {}) =>
  (await call('', { language: 'en', ...wish })).json<DataExportView>()
const actions = async () =>
  (await entriesOf(world.db, null))
    .filter(({ object }) => object.type === 'dataExport')
    .map(({ action }) => action)

async function filesIn(archive: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(archive)
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry)
    files.set(entry.fileName, Buffer.concat(await stream.toArray()))
  }
  return files
}

describe('a copy of own data', () => {
  it('[TR-1] [TR-6] is asked for, made, fetched and destroyed, each in the log; nothing of it is in clear on disk', async () => {
    const asked = await ask()
    expect(asked).toMatchObject({ state: 'ASKED', child: null, downloads: 0 })
    expect((await call('', { language: 'en' })).json()).toMatchObject({
      code: 'TOO_MANY_OPEN_REQUESTS',
    })
    const { exportId } = asked
    expect((await call(`/${exportId}/archive.zip`)).json()).toMatchObject({
      code: 'EXPORT_NOT_READY',
    })
    await world.jobs.runNow('dataExports.build', { exportId })
    const ready = (await call(`/${exportId}`)).json<DataExportView>()
    expect(ready).toMatchObject({ state: 'READY' })

    const fetched = await call(`/${exportId}/archive.zip`)
    expect(fetched.headers['cache-control']).toBe('no-store')
    const sha256 = createHash('sha256').update(fetched.rawPayload).digest('hex')
    expect(sha256).toBe(ready.sha256)
    const files = await filesIn(fetched.rawPayload)
    const data = JSON.parse(String(files.get('my-data.json'))) as Record<string, unknown>
    expect(data).toMatchObject({
      person: { givenName: 'Maria <b>', birthDate: BIRTH_DATE, email: 'maria@example.org' },
      visits: [{ visit: { visitId: place.visitId, session: { outcome: 'COMPLETED' } } }],
      recordings: [{ visitId: place.visitId, isRecorded: true }],
      copies: [{ state: 'ASKED' }],
    })
    const page = String(files.get('my-data.html'))
    expect(page).toContain('Maria &lt;b&gt;')
    expect(page).toContain(BIRTH_DATE)
    expect(page).toContain('What is not in here, and why')
    // Named, not included; and who watched live is told to nobody.
    expect([...files.keys()].some((name) => name.endsWith('.webm'))).toBe(false)
    expect(JSON.stringify(data)).not.toMatch(/observation|passwordHash|tokenHash|admittedBy/)

    const store = createObjectStore(world.config.objectStore)
    const [key = ''] = await store.list('my-data/')
    const lying = await readFile(join(world.config.recordingsDir, key))
    expect(lying.includes(Buffer.from(BIRTH_DATE))).toBe(false)
    expect(lying.includes(Buffer.from('PK\u0003\u0004'))).toBe(false)

    world.clock.advance(7 * DAY_MS)
    cookie = await accountCookie(world, place.accounts.visitor)
    expect((await call(`/${exportId}/archive.zip`)).json()).toMatchObject({
      code: 'EXPORT_EXPIRED',
    })
    await world.jobs.runNow('dataExports.expire')
    expect(await store.list('my-data/')).toEqual([])
    const row = await world.db.dataExport.findUniqueOrThrow({ where: { exportId } })
    expect(row).toMatchObject({ state: 'EXPIRED', keySalt: null, hasFile: false })
    expect(await actions()).toEqual(
      ['ask', 'gather', 'make', 'download', 'expire'].map((act) => `dataExport.${act}`),
    )
  })

  it('is told by mail with no data in it', async () => {
    const notice = await world.db.notice.findFirstOrThrow({
      where: { kind: 'DATA_READY', visitorId: place.visitorId },
    })
    expect(JSON.stringify(notice.details)).not.toContain(BIRTH_DATE)
  })

  it('[TR-3] is fetched by whoever asked for it and nobody else, and destroyed at a word', async () => {
    const { exportId } = await ask()
    await world.jobs.runNow('dataExports.build', { exportId })
    const { visitorId } = await insertVisitor(world.db)
    const stranger = await insertAccount(world.db, { role: 'visitor', visitorId })
    const as = await accountCookie(world, stranger.accountId)
    for (const path of [`/${exportId}`, `/${exportId}/archive.zip`]) {
      expect((await call(path, undefined, { as })).json()).toMatchObject({ code: 'NOT_FOUND' })
    }
    const removed = await call(`/${exportId}`, undefined, { method: 'DELETE' })
    expect(removed.statusCode, removed.body).toBe(200)
    expect(await createObjectStore(world.config.objectStore).list('my-data/')).toEqual([])
    expect((await actions()).at(-1)).toBe('dataExport.remove')
  })

  it('is made of a child for its guardian, and of nobody else’s child', async () => {
    const child = await insertVisitor(world.db, {
      ...{ guardianId: place.visitorId, consentAt: new Date(), consentEndedAt: null },
      birthDate: CHILD_BORN,
    })
    const { exportId, child: named } = await ask({ childId: child.visitorId })
    expect(named).toMatchObject({ visitorId: child.visitorId })
    await world.jobs.runNow('dataExports.build', { exportId })
    const files = await filesIn((await call(`/${exportId}/archive.zip`)).rawPayload)
    expect(JSON.parse(String(files.get('my-data.json')))).toMatchObject({
      person: { visitorId: child.visitorId, birthDate: CHILD_BORN },
      accounts: [],
    })
    const others = await insertVisitor(world.db, { birthDate: CHILD_BORN })
    const refused = await call('', { childId: others.visitorId, language: 'en' })
    expect(refused.json()).toMatchObject({ code: 'NOT_FOUND' })
    const grown = await insertVisitor(world.db, {
      ...{ guardianId: place.visitorId, consentAt: new Date(), birthDate: '1990-01-01' },
    })
    const adult = await call('', { childId: grown.visitorId, language: 'en' })
    expect(adult.json()).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a copy in the making', () => {
  it('[TR-1] is not read at all where the log cannot say so', async () => {
    const { exportId } = await ask()
    await breakAuditLog(world.db)
    try {
      await expect(world.jobs.runNow('dataExports.build', { exportId })).rejects.toThrow()
      expect(await createObjectStore(world.config.objectStore).list(`my-data/${exportId}`)).toEqual(
        [],
      )
    } finally {
      await mendAuditLog(world.db)
    }
    await world.jobs.runNow('dataExports.build', { exportId })
    expect((await call(`/${exportId}`)).json()).toMatchObject({ state: 'READY' })
    await breakAuditLog(world.db)
    try {
      const answer = await call(`/${exportId}/archive.zip`)
      expect(answer.statusCode).toBeGreaterThanOrEqual(500)
      expect(answer.body).not.toContain('PK')
    } finally {
      await mendAuditLog(world.db)
    }
  })

  it('[BK-5] forty wishes at once make one copy', async () => {
    const { visitorId: childId } = await insertVisitor(world.db, {
      ...{ guardianId: place.visitorId, consentAt: new Date(), birthDate: CHILD_BORN },
    })
    const wishes = Array.from({ length: 40 }, () =>
      world.app.inject({
        ...{ method: 'POST', url: '/api/my/data-exports', payload: { childId, language: 'en' } },
        headers: { cookie, 'idempotency-key': newId() },
        remoteAddress: `10.9.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
      }),
    )
    const statuses = (await Promise.all(wishes)).map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(await world.db.dataExport.count({ where: { visitorId: childId } })).toBe(1)
  })
})
