import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILT, buildRecordingVerifier } from '../../../scripts/verifier/build.mjs'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { damage } from '../rest/support/recorded-visit.ts'
import { LONG_ENOUGH, MUTATIONS, verifyFindsAll } from './support/mutations.ts'
import { aProofWorld } from './support/proof-world.ts'
import type { ProofWorld } from './support/proof-world.ts'
import { aMadeRecording, anEndedVisit } from './support/sealed-recording.ts'
import type { EndedVisit, SealedRecording } from './support/sealed-recording.ts'

let world: ProofWorld
let visit: EndedVisit
let first: SealedRecording
let second: SealedRecording
beforeAll(async () => {
  world = await aProofWorld()
  const { place } = world
  visit = await anEndedVisit(world, place, 20_000)
  const died = { epoch: 1, fromMs: 0, toMs: 9_800, isRecovered: true, largeMasters: 1 }
  first = await aMadeRecording(world, { place, visit, epoch: died })
  const after = { epoch: 2, fromMs: 13_200, toMs: 20_000 }
  second = await aMadeRecording(world, { place, visit, epoch: after })
})
afterAll(() => world.close())

const storeFolder = () => join(world.config.recordingsDir, visit.visitId)
const manifests = (recordingId: string) =>
  world.db.recordingManifest.findMany({ where: { recordingId }, orderBy: { number: 'asc' } })
const saidActions = async () =>
  (await entriesOf(world.db, world.place.facilityId)).map(({ action }) => action)

describe('[RC-3] a recording that was made', () => {
  it('is taken in with tracks, gaps and a signed manifest, once, whatever is repeated', async () => {
    await world.proofs.takeResult(first.recordingId)
    await Promise.all([
      world.proofs.takeResult(second.recordingId),
      world.proofs.takeResult(second.recordingId),
    ])
    await world.proofs.takeResult(first.recordingId)
    const rows = await world.db.recording.findMany({
      where: { visitId: visit.visitId },
      orderBy: { epoch: 'asc' },
      include: { tracks: true },
    })
    expect(rows).toMatchObject([
      { state: 'FINISHED', originAt: visit.startsAt, lastMs: 9_800 },
      { state: 'FINISHED', lastMs: 6_800 },
    ])
    expect(rows.map(({ tracks }) => tracks.length)).toEqual([4, 4])
    const actions = await saidActions()
    expect(actions.filter((action) => action === 'recording.sealed')).toHaveLength(2)
    // The first one's manifest is signed again when the second ends the gap after it.
    expect(await manifests(first.recordingId)).toHaveLength(2)
    expect(await manifests(second.recordingId)).toHaveLength(1)
  })

  it('has its missing stretch declared with cause, and its length to half a second', async () => {
    const { visitId, startsAt } = visit
    const gaps = await world.db.recordingGap.findMany({ where: { visitId } })
    expect(gaps).toMatchObject([{ cause: 'RECORDER_LOST', seatId: null, kind: null }])
    const [from, to] = gaps.flatMap(({ fromAt, toAt }) => [fromAt, toAt])
    const at = (instant: Date | undefined) => (instant?.getTime() ?? 0) - startsAt.getTime()
    expect(Math.abs(at(from) - 9_800)).toBeLessThanOrEqual(500)
    expect(Math.abs(at(to) - 13_200)).toBeLessThanOrEqual(500)
  })

  it('shows what proves it to those who may ask', async () => {
    const { accounts } = world.place
    const url = `/api/recordings/${visit.visitId}/manifests`
    for (const role of ['investigator', 'auditor', 'facilityAdmin'] as const) {
      const cookie = await accountCookie(world, accounts[role])
      const answer = await world.app.inject({ url, headers: { cookie } })
      expect(answer.json()).toMatchObject({
        recordings: [{ manifest: { number: 2 }, checked: null }, { manifest: { number: 1 } }],
      })
      const file = await world.app.inject({
        url: `${url}/${second.recordingId}.json`,
        headers: { cookie },
      })
      const sha256 = createHash('sha256').update(file.rawPayload).digest('hex')
      expect((await manifests(second.recordingId))[0]?.sha256).toBe(sha256)
    }
  })
})

describe('[RC-2] the scheduled check', () => {
  it('finds files as they were sealed, oldest first, each once a month', async () => {
    world.clock.advance(40 * 86_400_000)
    await world.jobs.runNow('recordings.check')
    await world.jobs.runNow('recordings.check')
    const checks = await world.db.recordingCheck.findMany()
    expect(checks.map(({ isOk, finding }) => ({ isOk, finding }))).toEqual([
      { isOk: true, finding: 'OK' },
      { isOk: true, finding: 'OK' },
    ])
  })

  it('names the first bad byte range, alarms and enters it', async () => {
    const [file = ''] = first.masters.keys()
    world.clock.advance(1_000)
    await damage(world, `${first.folder}/${file}`, 1_100_000)
    expect(await world.proofs.check(first.recordingId)).toEqual([
      {
        ...{ code: 'DAMAGED', file, fromByte: 1_048_576 },
        toByte: expect.any(Number) as number,
      },
    ])
    const where = { visitId: visit.visitId, kind: 'RECORDING_ALARM' as const }
    expect(await world.db.task.count({ where })).toBe(1)
    expect(await saidActions()).toContain('recording.check')
    await damage(world, `${first.folder}/${file}`, 1_100_000)
    world.clock.advance(1_000)
    expect(await world.proofs.check(first.recordingId)).toEqual([])
  })

  it('finds a head that was noted and is not on the chain any more', async () => {
    const { recordingId } = second
    world.clock.advance(1_000)
    const head = { recordingId, chunks: 40, chain: 'f'.repeat(64), bytes: 9n, at: new Date() }
    await world.db.recordingHead.create({ data: head })
    expect(await world.proofs.check(recordingId)).toMatchObject([{ code: 'HEAD_NOT_ON_CHAIN' }])
  })
})

describe('[RC-6] the offline verifier', () => {
  it('is the built file, which needs nothing but Node, and says what is proved', () => {
    expect(readFileSync(BUILT.recording, 'utf8')).toBe(buildRecordingVerifier())
    const imports = readFileSync(BUILT.recording, 'utf8').match(/^import .*$/gm) ?? []
    expect(imports.every((line) => line.includes("from 'node:"))).toBe(true)
    const said = execFileSync(process.execPath, [BUILT.recording, storeFolder()], {
      encoding: 'utf8',
    })
    expect(said).toContain('OK: unchanged, but compare the key')
    expect(said).toContain('the recorder failed')
    const stranger = spawnSync(process.execPath, [
      BUILT.recording,
      storeFolder(),
      '0'.repeat(64),
      '--ru',
    ])
    expect(stranger.status).toBe(1)
    expect(stranger.stdout.toString()).toContain('другим ключом')
    expect(spawnSync(process.execPath, [BUILT.recording]).status).toBe(2)
  })

  it(
    `names every file that was changed: ${MUTATIONS} mutations of stored files`,
    LONG_ENOUGH,
    () => {
      const copy = mkdtempSync(join(tmpdir(), 'visavis-mutated-'))
      try {
        cpSync(storeFolder(), copy, { recursive: true })
        const files = readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter(
          (file) => /\.(sealed|vvj|json)$/.test(file) && !file.endsWith('result.json'),
        )
        verifyFindsAll(copy, files)
      } finally {
        rmSync(copy, { recursive: true })
      }
    },
  )
})
