import { createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IncidentHeading, IncidentView } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import {
  insertAccount,
  insertInmate,
  insertRelationship,
  insertVisitor,
} from '@visavis/prisma/seed'
import { fromBufferPromise } from 'yauzl'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { answerTo } from '../database/refused.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const RACERS = 40

let world: RestWorld
let place: Place
/** Another who decides at the same operator. */
let second: string
let cookies: { one: string; other: string; again: string }
/** Known at the facility, and touched by nobody. */
let bystander: { visitorId: string }
let looked: { visitorId: string; relationshipId: string }
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  const { facilityId, inmateId, operatorId } = place
  second = (await insertAccount(world.db, { role: 'operatorAdmin', operatorId })).accountId
  await signInAll()
  bystander = await insertVisitor(world.db)
  looked = await insertVisitor(world.db).then(async ({ visitorId }) => {
    const { relationshipId } = await insertRelationship(world.db, { visitorId, inmateId })
    return { visitorId, relationshipId }
  })
  await insertInmate(world.db, { facilityId })
  await insertRelationship(world.db, { visitorId: bystander.visitorId, inmateId })
})
afterAll(() => world.close())

async function signInAll(): Promise<void> {
  const { accounts } = place
  cookies = {
    one: await accountCookie(world, accounts.operatorAdmin),
    again: await accountCookie(world, accounts.operatorAdmin),
    other: await accountCookie(world, second),
  }
}

type Asked = { readonly method?: 'GET' | 'POST'; readonly as?: string | undefined }

const call = (path: string, payload?: object, { method, as = cookies.one }: Asked = {}) =>
  world.app.inject({
    ...{ method: method ?? (payload ? 'POST' : 'GET'), url: `/api/incidents${path}` },
    headers: { cookie: as, 'idempotency-key': newId() },
    remoteAddress: `10.7.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
    ...(payload ? { payload } : {}),
  })
const post = async (path: string, payload?: object) => {
  const answer = await call(path, payload, { method: 'POST' })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<IncidentView>()
}

async function opened(given: object = {}): Promise<IncidentView> {
  const now = world.clock.now().getTime()
  const incident = await post('', {
    ...{ title: 'A stolen sign-in', description: 'Somebody used it from elsewhere.' },
    ...{ fromAt: new Date(now - HOUR_MS).toISOString(), systems: ['PEOPLE'] },
    ...{ toAt: new Date(now + HOUR_MS).toISOString(), facilityIds: [place.facilityId] },
    ...{ discoveredAt: new Date(now).toISOString(), ...given },
  })
  await world.jobs.runNow('incidents.workOut', { incidentId: incident.incidentId })
  const { incidentId } = incident
  return (await call(`/${incidentId}`)).json<IncidentView>()
}

const affected = async (incidentId: string) =>
  (await world.db.incidentPerson.findMany({ where: { incidentId } })).map(
    ({ kind, personId, reasons }) => ({ kind, personId, reasons }),
  )

describe('who may be affected', () => {
  it('is everybody whom an account’s entries name, and nobody else', async () => {
    const scheduler = await accountCookie(world, place.accounts.scheduler)
    const viewed = await world.app.inject({
      ...{
        method: 'GET',
        url: `/api/visitors/${looked.visitorId}`,
        headers: { cookie: scheduler },
      },
    })
    expect(viewed.statusCode, viewed.body).toBe(200)
    const { login } = await world.db.account.findUniqueOrThrow({
      where: { accountId: place.accounts.scheduler },
      select: { login: true },
    })
    const { incidentId, work, accounts } = await opened({ systems: [], logins: [login] })
    expect(accounts).toEqual([{ accountId: place.accounts.scheduler, login }])
    expect(work).toMatchObject({ state: 'DONE', entriesRead: 1 })
    const people = await affected(incidentId)
    const visitorIds = people.filter(({ kind }) => kind === 'VISITOR').map((one) => one.personId)
    expect(visitorIds).toContain(looked.visitorId)
    expect(visitorIds).not.toContain(bystander.visitorId)
    expect(people).toContainEqual({
      ...{ kind: 'STAFF', personId: place.accounts.scheduler, reasons: ['ACCOUNTS'] },
    })
  })

  it('is everybody in a system that was open, before the end and not after', async () => {
    const { incidentId } = await opened({ systems: ['PEOPLE', 'VISITS'] })
    const people = await affected(incidentId)
    const of = (personId: string) => people.find((one) => one.personId === personId)?.reasons
    expect(of(place.visitorId)).toEqual(['PEOPLE', 'VISITS'])
    expect(of(bystander.visitorId)).toEqual(['PEOPLE'])
    expect(of(place.inmateId)).toEqual(['PEOPLE', 'VISITS'])
    const before = new Date(Date.parse('2000-01-02T00:00:00Z'))
    const early = await opened({
      ...{ systems: ['PEOPLE', 'VISITS', 'DOCUMENTS', 'RECORDINGS', 'MESSAGES', 'ACCOUNTS'] },
      ...{ fromAt: new Date(before.getTime() - DAY_MS).toISOString(), toAt: before.toISOString() },
    })
    expect(early.counts).toEqual([])
  })

  it('[TR-3] belongs to the operator: another one’s facility and sign-ins are not found', async () => {
    const other = await aPlace(world)
    const now = world.clock.now()
    const body = {
      ...{ title: 'Not mine', description: 'Not mine.', systems: ['PEOPLE'] },
      ...{ fromAt: new Date(now.getTime() - 1).toISOString(), toAt: now.toISOString() },
      discoveredAt: now.toISOString(),
    }
    const elsewhere = await call('', { ...body, facilityIds: [other.facilityId] })
    expect(elsewhere.json()).toMatchObject({ code: 'NOT_FOUND' })
    const { login } = await world.db.account.findUniqueOrThrow({
      where: { accountId: other.accounts.scheduler },
      select: { login: true },
    })
    const facilityIds = [place.facilityId]
    const account = await call('', { ...body, facilityIds, logins: [login] })
    expect(account.json()).toMatchObject({ code: 'NOT_FOUND', fields: [{ field: 'logins' }] })
  })
})

describe('telling them', () => {
  it('goes by mail, at the terminal and on paper, and the clocks follow', async () => {
    const { incidentId, duties, counts } = await opened({ systems: ['PEOPLE', 'ACCOUNTS'] })
    expect(duties).toEqual(['TELL_AUTHORITY', 'TELL_PEOPLE'])
    const staff = counts.find(({ kind }) => kind === 'STAFF')?.people ?? 0
    expect(staff).toBeGreaterThan(0)
    const template = await call(`/${incidentId}/letter-templates`)
    const { letters } = template.json<{ letters: IncidentView['letters'] }>()
    const slip = letters.map((letter) => ({ ...letter, text: `${letter.text} {facilty}` }))
    expect((await call(`/${incidentId}/letters`, { letters: slip })).statusCode).toBe(400)
    await post(`/${incidentId}/letters`, { letters })
    expect((await call(`/${incidentId}/letters`, { letters })).json()).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    await world.jobs.runNow('incidents.letters', { incidentId })
    await world.jobs.runNow('incidents.letters', { incidentId })
    const mails = await world.db.notice.findMany({ where: { kind: 'INCIDENT_LETTER' } })
    const mine = mails.filter(({ visitorId }) => visitorId === looked.visitorId)
    expect(mine).toHaveLength(1)
    expect(JSON.stringify(mine[0]?.details)).toContain('birth date')
    expect(mails.some(({ channel }) => channel === 'TERMINAL')).toBe(true)
    const told = (await call(`/${incidentId}`)).json<IncidentView>()
    expect(told.duties).toEqual(['TELL_AUTHORITY', 'PRINT'])
    expect(told.people.state).toBe('RUNNING')

    // A mail that did not arrive is put on paper as well.
    await world.db.notice.updateMany({
      where: { noticeId: mine[0]?.noticeId ?? '' },
      data: { state: 'BOUNCED' },
    })
    const paper = await call(`/${incidentId}/letters.pdf`)
    expect(paper.rawPayload.subarray(0, 4).toString()).toBe('%PDF')
    const printed = await post(`/${incidentId}/printed`)
    expect(printed.duties).toEqual(['TELL_AUTHORITY'])
    expect(printed.people.state).toBe('DONE')
    const done = await post(`/${incidentId}/authority-notice`, { reference: 'A-17' })
    expect(done).toMatchObject({ duties: [], authority: { state: 'DONE' } })
    const tasks = await world.db.task.count({
      where: { kind: 'INCIDENT_ALARM', subjectId: incidentId, state: 'OPEN' },
    })
    expect(tasks).toBe(1)
  })

  it('raises each alarm of a clock once, by mail, in the log', async () => {
    const { incidentId } = await opened()
    const alarms = async () =>
      (await entriesOf(world.db, null))
        .filter(({ object, action }) => object.objectId === incidentId && action.endsWith('alarm'))
        .map(({ detail }) => `${String(detail?.['clock'])}:${String(detail?.['state'])}`)
    await world.jobs.runNow('incidents.watch')
    expect(await alarms()).toEqual([])
    world.clock.advance(8 * DAY_MS)
    await world.jobs.runNow('incidents.watch')
    await world.jobs.runNow('incidents.watch')
    expect(await alarms()).toEqual(['authority:SOON'])
    world.clock.advance(3 * DAY_MS)
    await world.jobs.runNow('incidents.watch')
    expect(await alarms()).toEqual(['authority:SOON', 'authority:LATE'])
    const mails = await world.db.notice.findMany({ where: { kind: 'INCIDENT_CLOCK' } })
    expect(mails.length).toBeGreaterThanOrEqual(2)
    await signInAll()
    const { incidents } = (await call('')).json<{ incidents: IncidentHeading[] }>()
    const heading = incidents.find((one) => one.incidentId === incidentId)
    expect(heading?.authority.state).toBe('LATE')
  })

  it('gives the authority a signed report without a name', async () => {
    const { incidentId } = await opened()
    const answer = await call(`/${incidentId}/report.zip`)
    expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200)
    const zip = await fromBufferPromise(answer.rawPayload)
    const files = new Map<string, Buffer>()
    for await (const entry of zip.eachEntry()) {
      const stream = await zip.openReadStreamPromise(entry)
      files.set(entry.fileName, Buffer.concat(await stream.toArray()))
    }
    type Signed = Readonly<Record<'report' | 'publicKey' | 'signature', string>>
    const signed = JSON.parse(String(files.get('report.json'))) as Signed
    expect(files.has('report-en.html') && files.has('report-ru.html')).toBe(true)
    expect(String(files.get('people.csv'))).toContain(place.visitorId)
    const key = createPublicKey({
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        x: Buffer.from(signed.publicKey, 'base64').toString('base64url'),
      },
      format: 'jwk',
    })
    const bytes = Buffer.from(signed.report)
    expect(verify(null, bytes, key, Buffer.from(signed.signature, 'base64'))).toBe(true)
    const { familyName } = await world.db.visitor.findUniqueOrThrow({
      where: { visitorId: place.visitorId },
    })
    for (const file of files.values()) expect(String(file)).not.toContain(familyName)
  })
})

describe('closing', () => {
  it('waits for its duties', async () => {
    const { incidentId } = await opened()
    const wish = { outcome: 'DONE', reason: 'All is done.' }
    expect((await call(`/${incidentId}/closing`, wish)).json()).toMatchObject({
      code: 'INCIDENT_NOT_DONE',
      fields: [{ field: 'TELL_AUTHORITY' }, { field: 'TELL_PEOPLE' }],
    })
  })

  it('[TR-3] takes two people, also under a race of forty', async () => {
    const { incidentId } = await opened()
    const wish = { outcome: 'FALSE_ALARM', reason: 'Nobody got in.' }
    const asks = await Promise.all(
      Array.from({ length: RACERS }, () => call(`/${incidentId}/closing`, wish)),
    )
    expect(asks.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const verdict = { isApproved: true, reason: 'So it is.' }
    const path = `/${incidentId}/closing/decision`
    const decisions = await Promise.all(
      Array.from({ length: RACERS }, async (_, at) => {
        const cookie = [cookies.one, cookies.other, cookies.again, cookies.other][at % 4]
        const answer = await call(path, verdict, { as: cookie })
        return { isOther: cookie === cookies.other, code: answer.json<{ code?: string }>().code }
      }),
    )
    const closed = decisions.filter(({ code }) => code === undefined)
    expect(closed).toEqual([{ isOther: true, code: undefined }])
    const codes = new Set(decisions.map(({ code }) => code))
    for (const code of codes) {
      // The last: on a busy machine a racer may get no connection in time, and then nothing was done.
      const known = ['SECOND_PERSON_REQUIRED', 'INCIDENT_CLOSED', 'DEPENDENCY_FAILED']
      expect([undefined, ...known]).toContain(code)
    }
    const row = await world.db.incident.findUniqueOrThrow({ where: { incidentId } })
    expect(row).toMatchObject({ state: 'CLOSED', closedBy: second })
    const entries = await entriesOf(world.db, null)
    const own = entries.filter(({ object }) => object.objectId === incidentId)
    expect(own.filter(({ action }) => action === 'incident.close')).toHaveLength(1)
    expect(own.filter(({ action }) => action === 'incident.askClosing')).toHaveLength(1)
  })

  it('the database lets nobody close it alone, reopen it, move its clocks or remove it', async () => {
    const { incidentId } = await opened()
    const { operatorAdmin } = place.accounts
    const at = world.clock.now()
    const whole = {
      closeAskedBy: operatorAdmin,
      closeAskedAt: at,
      closeReason: 'x',
      closeOutcome: 'DONE',
    }
    const alone = { ...whole, state: 'CLOSED', closedBy: operatorAdmin, closedAt: at } as const
    const where = { incidentId }
    expect(await answerTo(world.db.incident.update({ where, data: alone }))).toContain(
      'incident_close_takes_two',
    )
    expect(
      await answerTo(world.db.incident.update({ where, data: { peopleDueAt: new Date(0) } })),
    ).toContain('incident_stays')
    await world.db.incident.update({ where, data: { ...alone, closedBy: second } })
    for (const write of [
      world.db.incident.update({ where, data: { state: 'OPEN' } }),
      world.db.incident.deleteMany({ where: { incidentId } }),
    ]) {
      expect(await answerTo(write)).toContain('incident_stays')
    }
  })
})
