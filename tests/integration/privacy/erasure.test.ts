import { personalOf } from '@visavis/prisma'
import {
  insertAccount,
  insertIdentityDocument,
  insertRelationship,
  insertRestriction,
  insertVisitor,
} from '@visavis/prisma/seed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caller } from '../people/support/people.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { dumpOf, foundIn, sealedIn } from './support/dump.ts'

const DAY_MS = 86_400_000
let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
})
afterAll(() => world.close())

let count = 0
async function aFamily() {
  count += 1
  const { db } = world
  const familyName = `Zvezdina${count}`
  const reach = { email: `zoya.${count}@visits.example`, phone: '+7 391 555 0177' }
  const { visitorId } = await insertVisitor(db, {
    ...{ givenName: 'Zoya', familyName, birthDate: '1971-09-13', ...reach },
  })
  const child = await insertVisitor(db, {
    ...{ givenName: 'Yasha', familyName, birthDate: '2017-02-03', ...reach },
    ...{ guardianId: visitorId, consentAt: new Date(0) },
  })
  const { accountId } = await insertAccount(db, {
    ...{ role: 'visitor', visitorId, login: reach.email },
  })
  await insertRelationship(db, { visitorId, inmateId: place.inmateId })
  await insertIdentityDocument(db, { visitorId, kind: 'PHOTO' })
  /** A fresh sign-in each time: weeks go by. */
  const own = async () => caller(world, await accountCookie(world, accountId))
  const secrets = [familyName, '1971-09-13', '2017-02-03', reach.email, reach.phone]
  return { visitorId, childId: child.visitorId, accountId, own, secrets }
}

const run = () => world.jobs.runNow('erasures.run')
const pass = (days: number) => world.clock.advance(days * DAY_MS)
const admin = async () => caller(world, await accountCookie(world, place.accounts.facilityAdmin))
const stateOf = async (visitorId: string) =>
  (await world.db.erasure.findFirstOrThrow({ where: { visitorId }, orderBy: { askedAt: 'desc' } }))
    .state

describe('[TR-6] an erasure', () => {
  it('leaves nothing of the person in a dump a week later, and yesterday’s dump opens to nobody', async () => {
    const { own, secrets, visitorId, childId, accountId } = await aFamily()
    const asked = await (await own()).post('/api/my/erasure')
    expect(asked.json(), asked.body).toMatchObject({ erasure: { state: 'ASKED' } })
    await run()
    expect(await stateOf(visitorId)).toBe('ASKED')
    const [name = '', ...sealed] = secrets
    const yesterday = await dumpOf(world.db)
    expect(foundIn(yesterday, secrets)).toEqual([name])
    pass(8)
    await run()
    expect(await stateOf(visitorId)).toBe('ERASED')
    const after = await dumpOf(world.db)
    expect(foundIn(after, [name, ...sealed])).toEqual([])
    const owners = [visitorId, childId, accountId].map((id) => id.replaceAll('-', ''))
    const theirs = sealedIn(yesterday).filter((each) => owners.some((id) => each.includes(id)))
    expect(theirs.length).toBeGreaterThan(4)
    const { cipher } = personalOf(world.db)
    for (const each of theirs) expect(await cipher.open('email', each)).toBeNull()
    expect((await (await own()).get('/api/me')).statusCode).toBe(401)
  })

  it('keeps visits as an erased person’s, and the log as it was written', async () => {
    const { own, visitorId } = await aFamily()
    await (await own()).post('/api/my/erasure')
    const before = await entriesOf(world.db, null)
    pass(8)
    await run()
    const row = await world.db.visitor.findUniqueOrThrow({
      where: { visitorId },
      include: { relationships: true, documents: true },
    })
    expect(row).toMatchObject({ givenName: 'Erased', familyName: 'person', email: '', phone: '' })
    expect(row.relationships).toMatchObject([{ state: 'ENDED' }])
    expect(row.documents.filter(({ removedAt }) => removedAt === null)).toEqual([])
    const entries = await entriesOf(world.db, null)
    expect(entries.slice(0, before.length)).toEqual(before)
    expect(entries.at(-1)).toMatchObject({ action: 'visitor.erase', outcome: 'allow' })
  })

  it('is done in the next run where a crash came between rows and keys, or a backup brought keys back', async () => {
    const { own, visitorId } = await aFamily()
    const { keys } = personalOf(world.db)
    await (await own()).post('/api/my/erasure')
    await world.db.visitor.update({ where: { visitorId }, data: { erasedAt: new Date() } })
    expect(await keys.open(visitorId)).not.toBeNull()
    await run()
    expect(await keys.open(visitorId)).toBeNull()
  })

  it('is taken back while nothing was erased, and asked for once', async () => {
    const { own, visitorId } = await aFamily()
    await (await own()).post('/api/my/erasure')
    await (await own()).post('/api/my/erasure')
    expect(await world.db.erasure.count({ where: { visitorId } })).toBe(1)
    expect((await (await own()).delete('/api/my/erasure')).json()).toMatchObject({
      erasure: { state: 'WITHDRAWN' },
    })
    expect((await (await own()).delete('/api/my/erasure')).statusCode).toBe(404)
    pass(8)
    await run()
    expect(await stateOf(visitorId)).toBe('WITHDRAWN')
  })

  it('is decided by staff where a restriction stands in the way, and the person is not told of it', async () => {
    const { own, visitorId } = await aFamily()
    const { facilityId } = place
    const { restrictionId } = await insertRestriction(world.db, { facilityId, visitorId })
    await (await own()).post('/api/my/erasure')
    pass(8)
    await run()
    await run()
    expect((await (await own()).get('/api/my/erasure')).json()).toMatchObject({
      erasure: { state: 'ASKED', hasVisitsAhead: false, keptReason: null },
    })
    const tasks = await world.db.task.findMany({ where: { kind: 'DECIDE_ERASURE', visitorId } })
    expect(tasks).toMatchObject([{ facilityId, state: 'OPEN' }])
    const staff = await admin()
    const list = (await staff.get('/api/erasures')).json<{ erasures: { erasureId: string }[] }>()
    expect(list.erasures).toMatchObject([{ visitorId, obstacles: ['RESTRICTION'] }])
    const url = `/api/erasures/${list.erasures[0]?.erasureId ?? ''}/keeping`
    const kept = await staff.post(url, { reason: 'COURT_ORDER' })
    expect(kept.json(), kept.body).toMatchObject({ erasure: { keptReason: 'COURT_ORDER' } })
    expect((await staff.post(url, { reason: 'EVIDENCE' })).json()).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    expect(await world.db.task.count({ where: { visitorId, state: 'OPEN' } })).toBe(0)
    // Asked again, and the restriction is lifted: by itself.
    await (await own()).post('/api/my/erasure')
    const liftedBy = place.accounts.facilityAdmin
    const lifted = { liftedAt: world.clock.now(), liftedBy, liftedReason: 'over' }
    await world.db.restriction.update({ where: { restrictionId }, data: lifted })
    pass(8)
    await run()
    expect(await stateOf(visitorId)).toBe('ERASED')
  })
})
