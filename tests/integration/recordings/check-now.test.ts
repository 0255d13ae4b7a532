import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AskedCheck, RecordingCheck } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { insertAccount } from '@visavis/prisma/seed'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import { damage } from '../rest/support/recorded-visit.ts'
import { aProofWorld } from './support/proof-world.ts'
import type { ProofWorld } from './support/proof-world.ts'
import { aMadeRecording, anEndedVisit } from './support/sealed-recording.ts'
import type { SealedRecording } from './support/sealed-recording.ts'

let world: ProofWorld
let recording: SealedRecording
let cookies: { investigator: string; auditor: string; admin: string; elsewhere: string }
beforeAll(async () => {
  world = await aProofWorld()
  const { place } = world
  recording = await aRecording()
  const other = await aPlace(world)
  cookies = {
    investigator: await accountCookie(world, place.accounts.investigator),
    auditor: await accountCookie(world, place.accounts.auditor),
    admin: await accountCookie(world, place.accounts.facilityAdmin),
    elsewhere: await accountCookie(world, other.accounts.investigator),
  }
})
afterAll(() => world.close())

async function aRecording(): Promise<SealedRecording> {
  const { place } = world
  const visit = await anEndedVisit(world, place, 10_000)
  const epoch = { epoch: 1, fromMs: 0, toMs: 10_000, largeMasters: 2 }
  const made = await aMadeRecording(world, { place, visit, epoch })
  await world.proofs.takeResult(made.recordingId)
  return made
}

type Asking = { readonly cookie: string; readonly key?: string; readonly from?: string }
const ask = (recordingId: string, { cookie, key = newId(), from }: Asking) =>
  world.app.inject({
    method: 'POST',
    ...(from === undefined ? {} : { remoteAddress: from }),
    url: `/api/recordings/${recordingId}/check`,
    headers: { cookie, 'idempotency-key': key },
  })
const list = (recordingId: string, cookie: string) =>
  world.app.inject({ url: `/api/recordings/${recordingId}/checks`, headers: { cookie } })
const checksOf = async (recordingId: string, cookie: string) =>
  (await list(recordingId, cookie)).json<{ checks: RecordingCheck[] }>().checks

describe('[RC-4] a check that somebody wishes', () => {
  it('is made at once, entered before and after, and told with who asked', async () => {
    const { facilityId } = world.place
    const before = (await entriesOf(world.db, facilityId)).length
    const answer = await ask(recording.recordingId, { cookie: cookies.investigator })
    expect(answer.json<AskedCheck>()).toEqual({
      ...{ checkedAt: world.clock.now().toISOString(), finding: 'OK', problems: [] },
      askedBy: expect.any(String) as string,
    })
    const entries = (await entriesOf(world.db, facilityId)).slice(before)
    expect(entries.map(({ action }) => action)).toEqual(['recording.askCheck', 'recording.check'])
    expect(await checksOf(recording.recordingId, cookies.admin)).toEqual([answer.json()])
  })

  it('names every bad file with its first bad bytes, and alarms', async () => {
    world.clock.advance(1_000)
    const [one = '', other = ''] = recording.masters.keys()
    for (const file of [one, other]) await damage(world, `${recording.folder}/${file}`, 1_100_000)
    const answer = await ask(recording.recordingId, { cookie: cookies.auditor })
    const { finding, problems } = answer.json<AskedCheck>()
    expect(problems).toMatchObject(
      // In the order of the manifest.
      problems.map(({ file }) => ({ code: 'DAMAGED', file, fromByte: 1_048_576 })),
    )
    expect(problems.map(({ file }) => file).toSorted()).toEqual([one, other].toSorted())
    expect(finding).toBe(`DAMAGED ${problems[0]?.file} 1048576-${problems[0]?.toByte}`)
    const where = { visitId: recording.visitId, kind: 'RECORDING_ALARM' as const }
    expect(await world.db.task.count({ where })).toBe(1)
    for (const file of [one, other]) await damage(world, `${recording.folder}/${file}`, 1_100_000)
    world.clock.advance(1_000)
    const mended = await ask(recording.recordingId, { cookie: cookies.auditor })
    expect(mended.json()).toMatchObject({ finding: 'OK', problems: [] })
  })

  it('[BK-5] is one check under one key, however often it is sent', async () => {
    world.clock.advance(1_000)
    const { recordingId } = recording
    const before = await world.db.recordingCheck.count({ where: { recordingId } })
    const key = newId()
    const sent = { cookie: cookies.investigator, key }
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(recordingId, sent)))
    world.clock.advance(60_000)
    answers.push(await ask(recordingId, sent))
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
    expect(await world.db.recordingCheck.count({ where: { recordingId } })).toBe(before + 1)
  })

  it('is made by another server if this one died over it, and not twice', async () => {
    const { recordingId } = await aRecording()
    const askedBy = world.place.accounts.investigator
    const job = { recordingId, askedBy, askedAt: world.clock.now().toISOString() }
    await world.jobs.runNow('recordings.check', job)
    await world.jobs.runNow('recordings.check', job)
    expect(await world.db.recordingCheck.findMany({ where: { recordingId } })).toMatchObject([
      { askedBy, finding: 'OK' },
    ])
  })

  it('[TR-3] is for those who may read the recording', async () => {
    const { recordingId } = recording
    const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code?: string }).code
    expect(codeOf(await ask(recordingId, { cookie: cookies.elsewhere }))).toBe(
      'RECORDING_NOT_FOUND',
    )
    expect(codeOf(await list(recordingId, cookies.elsewhere))).toBe('RECORDING_NOT_FOUND')
    expect(codeOf(await ask(recordingId, { cookie: cookies.admin }))).toBe('FORBIDDEN')
    expect(codeOf(await ask(newId(), { cookie: cookies.auditor }))).toBe('RECORDING_NOT_FOUND')
    const { facilityId } = world.place
    const { estateId } = await world.db.facility.findUniqueOrThrow({ where: { facilityId } })
    const { accountId } = await insertAccount(world.db, { role: 'auditor', estateId })
    const regulator = await accountCookie(world, accountId)
    expect((await ask(recordingId, { cookie: regulator })).json()).toMatchObject({ finding: 'OK' })
    expect((await list(recordingId, regulator)).statusCode).toBe(200)
  })

  it('waits for the files, and ends with them', async () => {
    const { place } = world
    const visit = await anEndedVisit(world, place, 10_000)
    const epoch = { epoch: 1, fromMs: 0, toMs: 10_000 }
    const { recordingId } = await aMadeRecording(world, { place, visit, epoch })
    const codeOf = async () =>
      (await ask(recordingId, { cookie: cookies.auditor, from: '192.0.2.1' })).json<{
        code: string
      }>().code
    expect(await codeOf()).toBe('RECORDING_NOT_READY')
    await world.proofs.takeResult(recordingId)
    await world.db.recording.update({
      where: { recordingId },
      data: { destroyedAt: world.clock.now() },
    })
    expect(await codeOf()).toBe('RECORDING_DESTROYED')
  })
  it('is not for programs that ask without end', async () => {
    const asking = { cookie: cookies.auditor, from: '192.0.2.2' }
    const answers = []
    for (let time = 0; time < 25; time += 1) answers.push(await ask(newId(), asking))
    const statuses = answers.map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 404)).toHaveLength(20)
    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
  })
})
