import { createHash } from 'node:crypto'
import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '@visavis/contract/canonical-json'
import type { CanonicalValue } from '@visavis/contract/canonical-json'
import type { OpenedPlay } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { insertVisit } from '@visavis/prisma/seed'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { keysOf, putSealed } from '../rest/support/recorded-visit.ts'
import { DAY_MS, aRetentionWorld, aVisitKept, callerOf, dayFrom } from './retention-world.ts'

type World = Awaited<ReturnType<typeof aRetentionWorld>>
let given: World
beforeAll(async () => {
  given = await aRetentionWorld()
})
afterAll(() => given.world.close())

const WHY = { reason: 'Recorded by mistake.' }
const EXPIRED = Number(process.env['EXPIRED'] ?? 250)
const HELD = 20
const run = () => given.world.jobs.runNow('retention.run')
const filesOf = async (visitId: string): Promise<string[]> =>
  readdir(join(given.world.config.recordingsDir, visitId), { recursive: true }).catch(() => [])

/** A finished recording that goes at an instant, with one small sealed file. */
async function aSmallRecording(destroyAfter: Date, startsAt: Date) {
  const { world, place } = given
  const { facilityId, terminalId, inmateId, visitorId } = place
  const { visit } = await insertVisit(world.db, {
    ...{ facilityId, terminalId, inmateId, startsAt, visitorIds: [visitorId] },
    bookingState: 'FULFILLED',
    session: { state: 'ENDED', outcome: 'COMPLETED', endedAt: startsAt },
  })
  const { visitId } = visit
  const recordingId = newId()
  const folder = `${visitId}/${recordingId}`
  const times = { startedAt: startsAt, endedAt: startsAt, originAt: startsAt, destroyAfter }
  await world.db.recording.create({
    data: { recordingId, visitId, epoch: 1, state: 'FINISHED', folder, bytes: 1_000n, ...times },
  })
  const key = await createTransact(world.db)(async (tx) => {
    const made = await keysOf(world).create(tx, { objectId: recordingId, facilityId, destroyAfter })
    const { kekId, wrapped } = made
    await tx.recordingKey.create({ data: { recordingId, visitId, kekId, wrapped } })
    return made.key
  })
  const file = 'a.webm.sealed'
  await putSealed(world, { objectId: recordingId, key, folder, file, plain: Buffer.alloc(900, 7) })
  return { visitId, recordingId }
}

describe('[RC-7] what is past its day', () => {
  it('is destroyed, many at once, and not even yesterday’s dump opens it', async () => {
    const { world, place } = given
    const monthEnd = new Date(Date.UTC(2027, 2, 31, 20))
    const startsAt = new Date(monthEnd.getTime() - 90 * DAY_MS)
    const made: { visitId: string; recordingId: string }[] = []
    for (let n = 0; n < EXPIRED + HELD; n += 1) made.push(await aSmallRecording(monthEnd, startsAt))
    const [held, expired] = [made.slice(0, HELD), made.slice(HELD)]
    const admin = await callerOf(world, place.accounts.facilityAdmin)
    for (const { visitId } of held) {
      const body = { ...WHY, caseNumber: 'C-1', reviewOn: '2027-12-01' }
      expect((await admin('POST', `/api/recordings/${visitId}/holds`, body)).status).toBe(200)
    }
    // The day before: what a dump of the database would have, and the keys beside it.
    const dump = await world.db.recordingKey.findMany()
    world.clock.advance(Date.UTC(2027, 3, 1, 1) - world.clock.now().getTime())
    const beganMs = performance.now()
    await run()
    const tookMs = Math.round(performance.now() - beganMs)
    console.log(JSON.stringify({ shredded: expired.length, tookMs }))

    const keys = keysOf(world)
    const { facilityId } = place
    const opens = (recordingId: string) => {
      const row = dump.find((one) => one.recordingId === recordingId)
      if (!row) throw new Error('not in the dump')
      return keys.open({ ...row, objectId: recordingId, facilityId })
    }
    for (const { recordingId } of expired) {
      await expect(opens(recordingId)).rejects.toMatchObject({ code: 'RECORDING_DESTROYED' })
    }
    const left = await world.db.recordingKey.findMany()
    expect(left.map(({ recordingId }) => recordingId).toSorted()).toEqual(
      held.map(({ recordingId }) => recordingId).toSorted(),
    )
    for (const row of left) {
      const stored = { ...row, objectId: row.recordingId, facilityId }
      expect(await keys.open(stored)).toHaveLength(32)
      expect(await filesOf(row.visitId)).not.toEqual([])
    }
    await verifyTombstones(expired)
  })
})

/** Each tombstone is canonical, hashes to what the row and the audit log say, and its files are gone. */
async function verifyTombstones(expired: readonly { visitId: string; recordingId: string }[]) {
  const { world, place } = given
  const rows = await world.db.destruction.findMany({ where: { state: 'DONE' } })
  expect(rows).toHaveLength(expired.length)
  const entries = (await entriesOf(world.db, place.facilityId)).filter(
    ({ action }) => action === 'recording.shred',
  )
  const said = new Map(
    entries.map(({ object, detail }) => [object.objectId, detail?.['tombstone']]),
  )
  const byVisit = new Map(expired.map((one) => [one.visitId, one.recordingId]))
  for (const { destructionId, visitId, tombstone, sha256, filesRemovedAt } of rows) {
    const text = new TextDecoder().decode(tombstone ?? undefined)
    const value = JSON.parse(text) as CanonicalValue
    expect(canonicalJson(value)).toBe(text)
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256)
    expect(said.get(destructionId)).toBe(sha256)
    expect(value).toMatchObject({ recordings: [{ recordingId: byVisit.get(visitId) }] })
    expect(filesRemovedAt).not.toBeNull()
  }
  for (const { visitId } of expired.slice(0, 50)) {
    expect((await filesOf(visitId)).filter((name) => name.includes('.'))).toEqual([])
  }
}

describe('[RC-7] destruction before its time', () => {
  it('takes two people, one of whom wins, and no hold', async () => {
    given = await renew()
    const { world, place, admin, second } = given
    const { visitId, recordingId } = await aVisitKept(world, place, { days: 60 })
    const path = `/api/recordings/${visitId}/destruction`
    expect((await admin('POST', path, WHY)).status).toBe(200)
    expect(await second('POST', path, WHY)).toMatchObject({ body: { code: 'ALREADY_DECIDED' } })
    const { destructionId } = await world.db.destruction.findFirstOrThrow({ where: { visitId } })
    const decide = `/api/destructions/${destructionId}/decision`
    const yes = { ...WHY, isApproved: true }
    expect(await admin('POST', decide, yes)).toMatchObject({
      body: { code: 'SECOND_PERSON_REQUIRED' },
    })
    const decided = await Promise.all(Array.from({ length: 20 }, () => second('POST', decide, yes)))

    expect(decided.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await world.db.recordingKey.findUnique({ where: { recordingId } })).toBeNull()
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.filter(({ action }) => action === 'recording.shred')).toMatchObject([
      { detail: { cause: 'EARLY', recordings: [recordingId] } },
    ])
    const tombstone = await second('GET', `/api/retention/destroyed/${destructionId}`)
    expect(tombstone.body).toMatchObject({
      ...{ cause: 'EARLY', visitId, askedBy: place.accounts.facilityAdmin },
      recordings: [{ recordingId }],
    })
    const hold = { ...WHY, caseNumber: 'C-1', reviewOn: dayFrom(world, 5) }
    expect(await admin('POST', `/api/recordings/${visitId}/holds`, hold)).toMatchObject({
      body: { code: 'RECORDING_DESTROYED' },
    })
    const list = await admin('GET', '/api/retention/destroyed')
    expect(list.body['items']).toMatchObject([{ destructionId, areFilesGone: false }])
    await run()
    expect((await admin('GET', '/api/retention/destroyed')).body['items']).toMatchObject([
      { destructionId, areFilesGone: true },
    ])
  })

  it('is refused while something is held, and a no leaves everything as it was', async () => {
    const { world, place, admin, second } = given
    const { visitId, recordingId } = await aVisitKept(world, place, { days: 60 })
    await admin('POST', `/api/recordings/${visitId}/destruction`, WHY)
    const { destructionId } = await world.db.destruction.findFirstOrThrow({ where: { visitId } })
    const hold = { ...WHY, caseNumber: 'C-1', reviewOn: dayFrom(world, 5) }
    await admin('POST', `/api/recordings/${visitId}/holds`, hold)
    const decide = `/api/destructions/${destructionId}/decision`
    expect(await second('POST', decide, { ...WHY, isApproved: true })).toMatchObject({
      body: { code: 'ON_HOLD' },
    })
    expect((await second('POST', decide, { ...WHY, isApproved: false })).status).toBe(200)
    expect(await world.db.recordingKey.findUnique({ where: { recordingId } })).not.toBeNull()
    expect(await admin('POST', `/api/recordings/${visitId}/destruction`, WHY)).toMatchObject({
      body: { code: 'ON_HOLD' },
    })
  })

  it('ends a playback that is open: 410', async () => {
    const { world, place, admin, second } = given
    const { visitId, trackId } = await aVisitKept(world, place, { days: 60 })
    const reason = { purpose: 'Review of a complaint', caseNumber: 'C-1' }
    const opened = await second('POST', `/api/recordings/${visitId}/plays`, reason)
    const { playId } = opened.body as unknown as OpenedPlay
    const cookie = await accountCookie(world, (await playerOf(playId)).accountId)
    const read = () =>
      world.app.inject({ url: `/api/plays/${playId}/tracks/${trackId}`, headers: { cookie } })
    expect((await read()).statusCode).toBe(200)
    await admin('POST', `/api/recordings/${visitId}/destruction`, WHY)
    const { destructionId } = await world.db.destruction.findFirstOrThrow({ where: { visitId } })
    const yes = { ...WHY, isApproved: true }
    await second('POST', `/api/destructions/${destructionId}/decision`, yes)
    expect((await read()).statusCode).toBe(410)
    await run()
    expect((await read()).statusCode).toBe(410)
  })
})

describe('[RC-7] files of what was destroyed', () => {
  it('go at the next run when the first died between keys and files', async () => {
    const { world, place } = given
    const { visitId } = await aVisitKept(world, place, { days: -1 })
    const folder = join(world.config.recordingsDir, visitId)
    const copy = `${world.config.recordingsDir}-copy`
    await cp(folder, copy, { recursive: true })
    await run()
    await cp(copy, folder, { recursive: true })
    const { destructionId } = await world.db.destruction.findFirstOrThrow({ where: { visitId } })
    // As a server leaves it that is killed after the commit: nothing is noted of the files.
    await world.db.$transaction([
      world.db.$executeRaw`ALTER TABLE destruction DISABLE TRIGGER destruction_stays`,
      world.db.$executeRaw`
        UPDATE destruction SET files_removed_at = NULL
        WHERE destruction_id = ${destructionId}::uuid`,
      world.db.$executeRaw`ALTER TABLE destruction ENABLE ALWAYS TRIGGER destruction_stays`,
    ])
    expect((await filesOf(visitId)).length).toBeGreaterThan(0)
    await run()
    expect((await filesOf(visitId)).filter((name) => name.includes('.'))).toEqual([])
    await expect(
      world.db.destruction.updateMany({ where: { destructionId }, data: { files: 9 } }),
    ).rejects.toThrow()
  })
})

const playerOf = (playId: string) =>
  given.world.db.playSession.findUniqueOrThrow({ where: { playId } })

async function renew(): Promise<World> {
  await given.world.close()
  return aRetentionWorld()
}
