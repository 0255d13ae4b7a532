import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import type { ExportView } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { insertAccount, insertOfficer } from '@visavis/prisma/seed'
import { verifyFolder } from '../../../scripts/verifier/recording/verify.mjs'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { damage } from '../rest/support/recorded-visit.ts'
import { LONG_ENOUGH, MUTATIONS, verifyFindsAll } from './support/mutations.ts'
import { aProofWorld } from './support/proof-world.ts'
import type { ProofWorld } from './support/proof-world.ts'
import { aMadeRecording, anEndedVisit } from './support/sealed-recording.ts'
import type { EndedVisit, SealedRecording } from './support/sealed-recording.ts'

const RECIPIENT = 'Crown Court at Exampleton'
const WISH = { purpose: 'Evidence in a trial', caseNumber: 'T-2026-31', recipient: RECIPIENT }

let world: ProofWorld
let visit: EndedVisit
let recording: SealedRecording
let cookies: { asker: string; admin: string; other: string }
let folder: string
beforeAll(async () => {
  world = await aProofWorld()
  const { place } = world
  visit = await anEndedVisit(world, place, 10_000)
  const epoch = { epoch: 1, fromMs: 0, toMs: 10_000 }
  recording = await aMadeRecording(world, { place, visit, epoch })
  await world.proofs.takeResult(recording.recordingId)
  cookies = {
    asker: await accountCookie(world, place.accounts.investigator),
    admin: await accountCookie(world, place.accounts.facilityAdmin),
    other: await accountCookie(world, place.accounts.visitor),
  }
  folder = mkdtempSync(join(tmpdir(), 'visavis-export-test-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

type Method = 'GET' | 'POST' | 'DELETE'
const call = (
  method: Method,
  path: string,
  { cookie, payload }: { cookie: string; payload?: object },
) =>
  world.app.inject({
    method,
    url: `/api/${path}`,
    headers: { cookie, 'idempotency-key': newId() },
    ...(payload === undefined ? {} : { payload }),
  })
const ask = async (): Promise<ExportView> =>
  (
    await call('POST', `recordings/${visit.visitId}/exports`, {
      cookie: cookies.asker,
      payload: WISH,
    })
  ).json()
const decide = (exportId: string, cookie = cookies.admin, isApproved = true) =>
  call('POST', `exports/${exportId}/decision`, {
    cookie,
    payload: { isApproved, reason: 'The court asked' },
  })
type ListPage = { readonly items: ExportView[]; readonly nextCursor: string | null }
/** All pages of the list, one after the other. */
async function pagesOf(query: Record<string, string>): Promise<ExportView[][]> {
  const pages: ExportView[][] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const asked = new URLSearchParams({ ...query, ...(cursor === '' ? {} : { cursor }) })
    const answer = await call('GET', `exports?${asked}`, { cookie: cookies.admin })
    const { items, nextCursor } = answer.json<ListPage>()
    pages.push(items)
    cursor = nextCursor
  }
  return pages
}
const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code?: string }).code
const download = (exportId: string, cookie = cookies.asker) =>
  call('GET', `exports/${exportId}/archive.zip`, { cookie })
const archivePath = (exportId: string) =>
  join(world.config.recordingsDir, visit.visitId, 'exports', `${exportId}.zip.sealed`)
const actions = async () => {
  const entries = await entriesOf(world.db, world.place.facilityId)
  return entries.map(({ action }) => action)
}
const stateOf = async (exportId: string) =>
  (await world.db.recordingExport.findUniqueOrThrow({ where: { exportId } })).state

/** An archive on disk, as its recipient unpacks it. */
async function unpack(archive: Buffer, to: string): Promise<void> {
  const zip = await fromBufferPromise(archive)
  for await (const entry of zip.eachEntry()) {
    const path = join(to, entry.fileName)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, await buffer(await zip.openReadStreamPromise(entry)))
  }
}

describe('[RC-6] an export', () => {
  let exportId: string

  it('takes two people: never who asked, and one decision of many at once', async () => {
    const asked = await ask()
    exportId = asked.exportId
    expect(asked).toMatchObject({ state: 'ASKED', isMineToDecide: false, recipient: RECIPIENT })
    expect(await world.db.task.count({ where: { kind: 'DECIDE_EXPORT', state: 'OPEN' } })).toBe(1)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        decide(exportId, index % 2 === 0 ? cookies.admin : cookies.asker),
      ),
    )
    const codes = answers.map((answer) => codeOf(answer) ?? 'DONE')
    const times = (code: string) => codes.filter((one) => one === code).length
    expect(times('DONE')).toBe(1)
    expect(times('ALREADY_DECIDED')).toBe(19)
    expect(times('SECOND_PERSON_REQUIRED')).toBe(20)
    expect((await actions()).filter((action) => action === 'export.approve')).toHaveLength(1)
    expect(await world.db.task.count({ where: { kind: 'DECIDE_EXPORT', state: 'OPEN' } })).toBe(0)
    expect(codeOf(await download(exportId))).toBe('RECORDING_NOT_READY')
  })

  it('[RC-6] is not decided by another account of the same officer', async () => {
    const { facilityId } = world.place
    const { officerId } = await insertOfficer(world.db, { facilityId })
    const cookieOf = async (role: 'investigator' | 'facilityAdmin') => {
      const { accountId } = await insertAccount(world.db, { role, facilityId, officerId })
      return accountCookie(world, accountId)
    }
    const one = await cookieOf('investigator')
    const other = await cookieOf('facilityAdmin')
    const path = `recordings/${visit.visitId}/exports`
    const asked = await call('POST', path, { cookie: one, payload: WISH })
    const own = asked.json<ExportView>().exportId
    expect(codeOf(await decide(own, other))).toBe('SECOND_PERSON_REQUIRED')
    const isOffered = async (cookie: string) => {
      const list = (await call('GET', 'exports', { cookie })).json<ListPage>()
      return list.items.find((item) => item.exportId === own)?.isMineToDecide
    }
    expect([await isOffered(other), await isOffered(cookies.admin)]).toEqual([false, true])
    expect(await stateOf(own)).toBe('ASKED')
    expect((await call('DELETE', `exports/${own}`, { cookie: one })).statusCode).toBe(200)
  })

  it('is one sealed archive that the verifier finds good, to who asked alone', async () => {
    await world.jobs.runNow('exports.build', { exportId })
    await world.jobs.runNow('exports.build', { exportId })
    const sealed = readFileSync(archivePath(exportId))
    for (const clear of ['PK\u0003\u0004', 'contents.json', RECIPIENT]) {
      expect(sealed.includes(clear)).toBe(false)
    }
    const before = await actions()
    for (const cookie of [cookies.admin, cookies.other]) {
      expect((await download(exportId, cookie)).statusCode).toBeGreaterThanOrEqual(403)
    }
    const answer = await download(exportId)
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/zip',
    })
    expect((await actions()).slice(before.length)).toEqual(['export.download'])
    const row = await world.db.recordingExport.findUniqueOrThrow({ where: { exportId } })
    const sha256 = createHash('sha256').update(answer.rawPayload).digest('hex')
    expect(row).toMatchObject({ state: 'READY', sha256, downloads: 1 })
    await unpack(answer.rawPayload, folder)
    const { publicKey } = await world.db.recordingManifest.findFirstOrThrow()
    const verdict = verifyFolder(folder, [{ key: Buffer.from(publicKey, 'base64') }])
    expect(verdict).toMatchObject({ faults: [], notes: [], isGood: true, isKeyCompared: true })
    expect(verdict.checked.entries).toBeGreaterThan(3)
    for (const [file, plain] of recording.masters) {
      const own = join(folder, 'recordings', recording.recordingId, file.replace('.sealed', ''))
      expect(readFileSync(own).equals(plain)).toBe(true)
    }
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toContain(RECIPIENT)
    for (const language of ['en', 'ru']) {
      expect(
        readFileSync(join(folder, `certificate-${language}.pdf`))
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-')
    }
  })

  it(`has nothing in it that could be changed unseen: ${MUTATIONS} mutations`, LONG_ENOUGH, () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    verifyFindsAll(folder, files)
  })

  it('is gone after seven days, key first', async () => {
    world.clock.advance(7 * 86_400_000 + 1_000)
    cookies.asker = await accountCookie(world, world.place.accounts.investigator)
    cookies.admin = await accountCookie(world, world.place.accounts.facilityAdmin)
    expect(codeOf(await download(exportId))).toBe('EXPORT_EXPIRED')
    await world.jobs.runNow('exports.expire')
    const row = await world.db.recordingExport.findUniqueOrThrow({ where: { exportId } })
    expect(row).toMatchObject({ state: 'EXPIRED', wrapped: null, file: null })
    expect(existsSync(archivePath(exportId))).toBe(false)
    expect(await actions()).toContain('export.expire')
  })
})

describe('[RC-6] an export that comes to nothing', () => {
  it('can be refused, withdrawn and taken back', async () => {
    const refused = await ask()
    expect((await decide(refused.exportId, cookies.admin, false)).json()).toMatchObject({
      state: 'REFUSED',
    })
    const withdrawn = await ask()
    expect(
      (await call('DELETE', `exports/${withdrawn.exportId}`, { cookie: cookies.asker })).statusCode,
    ).toBe(200)
    expect(codeOf(await decide(withdrawn.exportId))).toBe('NOT_FOUND')
    const taken = await ask()
    await decide(taken.exportId)
    await world.jobs.runNow('exports.build', { exportId: taken.exportId })
    expect(existsSync(archivePath(taken.exportId))).toBe(true)
    await call('DELETE', `exports/${taken.exportId}`, { cookie: cookies.admin })
    expect(existsSync(archivePath(taken.exportId))).toBe(false)
    expect(codeOf(await download(taken.exportId))).toBe('EXPORT_EXPIRED')
    const list = await call('GET', 'exports', { cookie: cookies.admin })
    expect(list.json<ListPage>().items.map(({ state }) => state)).toEqual([
      ...['EXPIRED', 'REFUSED', 'EXPIRED'],
    ])
  })

  it('is listed page by page, newest first, each once; those that wait apart from the others', async () => {
    const waiting: string[] = []
    for (let count = 0; count < 5; count += 1) waiting.unshift((await ask()).exportId)
    const all = await pagesOf({ limit: '2' })
    expect(all.map(({ length }) => length)).toEqual([2, 2, 2, 2])
    const times = all.flat().map(({ askedAt }) => Date.parse(askedAt))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    const ids = (pages: ExportView[][]) => pages.flat().map(({ exportId }) => exportId)
    expect(new Set(ids(all)).size).toBe(8)
    const [undecided, others] = await Promise.all([
      pagesOf({ limit: '3', isWaiting: 'true' }),
      pagesOf({ limit: '3', isWaiting: 'false' }),
    ])
    expect(ids(undecided).toSorted()).toEqual(waiting.toSorted())
    expect(others.flat().map(({ state }) => state)).not.toContain('ASKED')
    expect(ids([...undecided, ...others]).toSorted()).toEqual(ids(all).toSorted())
    const bad = await call('GET', 'exports?cursor=nonsense', { cookie: cookies.admin })
    expect(codeOf(bad)).toBe('BAD_REQUEST')
    for (const exportId of waiting)
      await call('DELETE', `exports/${exportId}`, { cookie: cookies.asker })
  })

  it('fails with an alarm where an original is damaged, and leaves nothing behind', async () => {
    const [file = ''] = recording.masters.keys()
    await damage(world, `${recording.folder}/${file}`, 50_000)
    const asked = await ask()
    await decide(asked.exportId)
    await world.jobs.runNow('exports.build', { exportId: asked.exportId })
    expect(await stateOf(asked.exportId)).toBe('FAILED')
    expect(existsSync(archivePath(asked.exportId))).toBe(false)
    expect(await world.db.task.count({ where: { kind: 'RECORDING_ALARM' } })).toBe(1)
  })
})
