import { chmod, cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Refusal } from '@visavis/contract/errors'
import { Fault } from '@visavis/contract/errors'
import type { Database } from '@visavis/prisma'
import { newId } from '@visavis/prisma'
import { insertSmallVisit, insertSmallWorld } from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import type { TestDatabase } from '@visavis/prisma/test-database'
import { createRecordingKeys } from '../../../server/src/modules/recordings/index.ts'
import type { StoredKey } from '../../../server/src/modules/recordings/index.ts'
import { movableClock } from '../rest/support/movable-clock.ts'

const ROOT = 'a'.repeat(64)
const DAY_MS = 86_400_000
const NOW = new Date('2026-11-22T12:00:00.000Z')
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS)

let database: TestDatabase
let db: Database
let folder: string
let facilityId: string
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-keys-'))
  facilityId = (await insertSmallWorld(db)).facility.facilityId
  return () => rm(folder, { recursive: true, force: true })
})

const keysAt = (keysDir = folder, rootKey = ROOT) =>
  createRecordingKeys({ db, keysDir, rootKey, clock: movableClock(NOW) })

/** A recording of a visit, with its key; kept for so many days. */
async function aRecording(days: number): Promise<StoredKey & { key: Buffer; visitId: string }> {
  const { visit, facility } = await insertSmallVisit(db, { startsAt: NOW })
  const objectId = newId()
  const of = { objectId, facilityId: facility.facilityId }
  const { visitId } = visit
  const row = { recordingId: objectId, visitId, epoch: 1, state: 'FINISHED' as const, endedAt: NOW }
  return db.$transaction(async (tx) => {
    const destroyAfter = inDays(days)
    const data = { ...row, folder: objectId, startedAt: NOW, destroyAfter }
    await tx.recording.create({ data })
    const { key, kekId, wrapped } = await keysAt().create(tx, { ...of, destroyAfter })
    await tx.recordingKey.create({ data: { recordingId: objectId, visitId, kekId, wrapped } })
    return { ...of, kekId, wrapped, key: Buffer.from(key), visitId }
  })
}

const aKey = (days: number, of: { facilityId?: string } = {}) => {
  const given = { objectId: newId(), facilityId, ...of }
  return db.$transaction(async (tx) => {
    const made = await keysAt().create(tx, { ...given, destroyAfter: inDays(days) })
    return { ...given, ...made }
  })
}

const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code }) as Refusal

describe('a recording’s key', () => {
  it('[RC-2] [RC-7] opens for its recording, facility and month alone', async () => {
    const made = await aKey(90)
    expect(Buffer.from(await keysAt().open(made)).equals(Buffer.from(made.key))).toBe(true)
    const another = await aKey(90)
    expect(another.kekId).toBe(made.kekId)
    await expect(keysAt().open({ ...made, objectId: another.objectId })).rejects.toThrow(Fault)
    await expect(keysAt().open({ ...made, wrapped: another.wrapped })).rejects.toThrow(Fault)
    const elsewhere = await insertSmallWorld(db)
    const stolen = { ...made, facilityId: elsewhere.facility.facilityId }
    await expect(keysAt().open(stolen)).rejects.toThrow(Fault)
    for (let at = 0; at < made.wrapped.length; at += 1) {
      const bent = new Uint8Array(made.wrapped)
      bent[at] = (bent[at] ?? 0) ^ 1
      await expect(keysAt().open({ ...made, wrapped: bent })).rejects.toThrow(Fault)
    }
  })

  it('[RC-7] has its month’s key in a file of its owner’s alone, sealed under the root key', async () => {
    const made = await aKey(90)
    const own = join(folder, facilityId)
    const [name, ...others] = await readdir(own)
    expect(others).toEqual([])
    expect(name).toBe(`2027-02.${made.kekId}.kek`)
    const path = join(own, name ?? '')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(own)).mode & 0o777).toBe(0o700)
    await expect(keysAt(folder, 'b'.repeat(64)).open(made)).rejects.toThrow(Fault)
    // Neither the key nor what wraps it is anywhere in the clear.
    const dump = JSON.stringify(await db.keyMonth.findMany())
    expect((await readFile(path)).includes(Buffer.from(made.key))).toBe(false)
    expect(dump).not.toContain(Buffer.from(made.key).toString('hex'))
    const sealed = await readFile(path)
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    await writeFile(path, sealed)
    await expect(keysAt().open(made)).rejects.toThrow(Fault)
  })

  it('[RC-7] shares the month’s key with those who make one at the same moment', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => aKey(90)))
    expect(new Set(made.map(({ kekId }) => kekId)).size).toBe(1)
    for (const each of made) {
      expect(Buffer.from(await keysAt().open(each)).equals(Buffer.from(each.key))).toBe(true)
    }
  })

  it('[RC-7] is wrapped anew for a hold and back, and the old wrapping opens nothing in another month', async () => {
    const made = await aKey(90)
    const held = await db.$transaction((tx) => keysAt().rewrap(tx, { ...made, to: 'held' }))
    expect(held.kekId).not.toBe(made.kekId)
    const opened = await keysAt().open({ ...made, ...held })
    expect(Buffer.from(opened).equals(Buffer.from(made.key))).toBe(true)
    await expect(keysAt().open({ ...made, wrapped: held.wrapped })).rejects.toThrow(Fault)
    // What was due long ago is wrapped for the present month, whose key there is.
    const back = { ...made, ...held, to: inDays(-400) }
    const due = await db.$transaction((tx) => keysAt().rewrap(tx, back))
    const row = await db.keyMonth.findUniqueOrThrow({ where: { kekId: due.kekId } })
    expect(row.month).toBe('2026-11')
  })
})

describe('a month that is over', () => {
  it('[RC-7] is destroyed with every copy: yesterday’s database and keys but for its file open nothing', async () => {
    const gone = await aRecording(10)
    const kept = await aRecording(90)
    const backup = await mkdtemp(join(tmpdir(), 'visavis-keys-backup-'))
    await cp(folder, backup, { recursive: true })
    const later = inDays(41)
    const destroyed = await keysAt().destroyMonthsBefore(later)
    expect(destroyed).toContain(gone.kekId)
    expect(destroyed).not.toContain(kept.kekId)
    expect(await readdir(join(folder, gone.facilityId))).toEqual([])
    await expect(keysAt().open(gone)).rejects.toEqual(refusal('RECORDING_DESTROYED'))
    expect(Buffer.from(await keysAt().open(kept)).equals(kept.key)).toBe(true)
    // The database of the day before: its row still says that there is a key.
    const { kekId } = gone
    await db.keyMonth.update({ where: { kekId }, data: { destroyedAt: null } })
    await expect(keysAt().open(gone)).rejects.toEqual(refusal('RECORDING_DESTROYED'))
    // Only the very file, had somebody kept it, would open it: that is what may be in no backup.
    expect(Buffer.from(await keysAt(backup).open(gone)).equals(gone.key)).toBe(true)
    await db.keyMonth.update({ where: { kekId }, data: { destroyedAt: later } })
    await rm(backup, { recursive: true })
    expect(await keysAt().destroyMonthsBefore(later)).not.toContain(kekId)
  })

  it('[RC-7] stays while a legal hold, or a later day, keeps something in it', async () => {
    const held = await aRecording(11)
    const moved = await aRecording(12)
    const { accountId } = (await insertSmallWorld(db)).officerAccount
    const { visitId } = held
    const hold = await db.legalHold.create({
      data: {
        ...{ holdId: newId(), visitId, reason: 'Appeal', caseNumber: 'A-1' },
        ...{ placedBy: accountId, placedAt: NOW, reviewOn: inDays(200) },
      },
    })
    await db.recording.update({
      where: { recordingId: moved.objectId },
      data: { destroyAfter: inDays(60) },
    })
    const early = await keysAt().destroyMonthsBefore(inDays(41))
    expect([early.includes(held.kekId), early.includes(moved.kekId)]).toEqual([false, false])
    await db.legalHold.update({
      where: { holdId: hold.holdId },
      data: {
        ...{ releaseAskedBy: accountId, releaseAskedAt: NOW, releaseReason: 'Over' },
        releasedAt: NOW,
        releasedBy: (await insertSmallWorld(db)).officerAccount.accountId,
      },
    })
    const late = await keysAt().destroyMonthsBefore(inDays(61))
    expect([late.includes(held.kekId), late.includes(moved.kekId)]).toEqual([true, true])
  })

  it('[RC-7] of held ones is over when nothing is held; a file that outlived a crash goes the next time', async () => {
    const made = await aKey(90)
    const held = await db.$transaction((tx) => keysAt().rewrap(tx, { ...made, to: 'held' }))
    const path = join(folder, facilityId, `held.${held.kekId}.kek`)
    const survivor = await readFile(path)
    expect(await keysAt().destroyMonthsBefore(inDays(1))).toContain(held.kekId)
    await writeFile(path, survivor)
    await keysAt().destroyMonthsBefore(inDays(1))
    await expect(stat(path)).rejects.toThrow('ENOENT')
    const again = await db.$transaction((tx) => keysAt().rewrap(tx, { ...made, to: 'held' }))
    expect(again.kekId).not.toBe(held.kekId)
  })
})

describe('a folder of keys that is not there', () => {
  it('[RC-7] is a fault of the machine: nobody is told that anything was destroyed', async () => {
    const made = await aKey(90)
    await chmod(folder, 0o700)
    await rm(folder, { recursive: true })
    await expect(keysAt().open(made)).rejects.toThrow(Fault)
  })
})
