import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportView } from '@visavis/contract/http'
import { ObjectStoreConfig, createObjectStore } from '@visavis/platform/object-store/index'
import { newId } from '@visavis/prisma'
import { fromBufferPromise } from 'yauzl'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { keysOf, putSealed } from '../rest/support/recorded-visit.ts'
import { until } from '../../support/until.ts'
import { aProofWorld } from './support/proof-world.ts'
import type { ProofWorld } from './support/proof-world.ts'
import { aMadeRecording, anEndedVisit } from './support/sealed-recording.ts'
import type { EndedVisit } from './support/sealed-recording.ts'

/** The account that this S3 server knows. */
const ACCOUNT = 'S3RVER'
/** Many times what lies in the buffers of a connection. */
const COPY_BYTES = 32 * 1024 * 1024

let world: ProofWorld
let app: FastifyInstance
let s3: { folder: string; server: S3rver; door: Door }
let cookies: { asker: string; admin: string }
let visit: EndedVisit
let copy: { readonly derivativeId: string; readonly plain: Buffer }
let made: ExportView
beforeAll(async () => {
  world = await aProofWorld()
  s3 = await anS3()
  const objectStore = { ...ObjectStoreConfig.parse(s3Env()), RECORDINGS_DIR: storeDir() }
  app = await world.another({ objectStore })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { accounts } = world.place
  cookies = {
    asker: await accountCookie(world, accounts.investigator),
    admin: await accountCookie(world, accounts.facilityAdmin),
  }
  visit = await anEndedVisit(world, world.place, 10_000)
  const epoch = { epoch: 1, fromMs: 0, toMs: 10_000 }
  const { place } = world
  const recording = await aMadeRecording(world, { place, visit, epoch })
  copy = await aCopy(recording.visitId)
  await world.proofs.takeResult(recording.recordingId)
  await toS3()
}, 120_000)
afterAll(async () => {
  await app.close()
  await new Promise((resolve) => s3.door.server.close(resolve))
  s3.door.server.closeAllConnections()
  await s3.server.close()
  await rm(s3.folder, { recursive: true })
  await world.close()
})

type Door = { readonly server: Server; readonly origin: string; readonly reads: () => number }

/** An S3 server, and a door before it that counts how often somebody reads. */
async function anS3(): Promise<typeof s3> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-s3-'))
  const server = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory: folder },
    configureBuckets: [{ name: 'recordings' }],
  })
  const { port } = await server.run()
  return { folder, server, door: await aDoor(port) }
}

async function aDoor(port: number): Promise<Door> {
  let reads = 0
  const server = createServer((incoming, answer) => {
    if (incoming.method === 'GET') reads += 1
    const { method, url: path, headers } = incoming
    const through = request({ host: '127.0.0.1', port, method, path, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 500, found.headers)
      found.pipe(answer)
    })
    through.on('error', () => answer.destroy())
    incoming.pipe(through)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo
  return { server, origin: `http://127.0.0.1:${own}`, reads: () => reads }
}

const storeDir = () => join(s3.folder, 'local')
const s3Env = () => ({
  OBJECT_STORE: 's3://recordings/prison',
  S3_ENDPOINT: s3.door.origin,
  ...{ S3_ACCESS_KEY_ID: ACCOUNT, S3_SECRET_ACCESS_KEY: ACCOUNT },
})

/** A large copy as its recorder has made it, of the visit's one recording. */
async function aCopy(visitId: string): Promise<typeof copy> {
  const { db, clock, place, config } = world
  const { folder } = await db.recording.findFirstOrThrow({ where: { visitId } })
  const text = await readFile(join(config.recordingsDir, folder, 'result.json'), 'utf8')
  const { journal } = JSON.parse(text) as { journal: { root: string } }
  const derivativeId = newId()
  const destroyAfter = new Date(clock.now().getTime() + 86_400_000)
  const { facilityId, accounts } = place
  const { key, ...wrapped } = await createTransact(db)((tx) =>
    keysOf(world).create(tx, { objectId: derivativeId, facilityId, destroyAfter }),
  )
  const plain = randomBytes(COPY_BYTES)
  const file = `${derivativeId}.mp4.sealed`
  const at = { objectId: derivativeId, key, folder: `${visitId}/derived`, file, plain }
  const proof = await putSealed(world, at)
  await db.derivative.create({
    data: {
      ...{ derivativeId, visitId, kind: 'CLIP', state: 'MADE', fromMs: 0, toMs: 1_000 },
      ...{ askedBy: accounts.investigator, askedAt: clock.now() },
      ...wrapped,
      proof: { proof, tool: 'ffmpeg', argumentsSha256: 'a'.repeat(64), roots: [journal.root] },
    },
  })
  return { derivativeId, plain }
}

/** All that lies in the folder goes to S3, as if it had always been there. */
async function toS3(): Promise<void> {
  const folder = createObjectStore({
    ...ObjectStoreConfig.parse({}),
    RECORDINGS_DIR: world.config.recordingsDir,
  })
  const store = createObjectStore({
    ...ObjectStoreConfig.parse(s3Env()),
    RECORDINGS_DIR: storeDir(),
  })
  for (const key of await folder.list(visit.visitId)) {
    await store.put(key, join(world.config.recordingsDir, key))
  }
}

type Sent = { readonly cookie: string; readonly payload?: object }

const call = (method: 'GET' | 'POST', path: string, { cookie, ...sent }: Sent) =>
  app.inject({
    ...{ method, url: `/api/${path}`, headers: { cookie, 'idempotency-key': newId() } },
    ...sent,
  })

/** A real request over a real connection, answered as soon as its head is there. */
function download(headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const { port } = app.server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const path = `/api/exports/${made.exportId}/archive.zip`
    const sent = { host: '127.0.0.1', port, path, headers: { cookie: cookies.asker, ...headers } }
    request(sent, resolve).on('error', reject).end()
  })
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const downloads = () =>
  world.db.recordingExport.findUniqueOrThrow({ where: { exportId: made.exportId } })

describe('[RC-6] [RC-7] an export with copies, in an S3 store', () => {
  let whole: Buffer
  let tag: string

  it('is made there, and downloaded whole', async () => {
    const wish = { purpose: 'Evidence', caseNumber: 'T-1', recipient: 'The district court' }
    const derivatives = [copy.derivativeId]
    const path = `recordings/${visit.visitId}/exports`
    made = (
      await call('POST', path, { cookie: cookies.asker, payload: { ...wish, derivatives } })
    ).json()
    expect(made).toMatchObject({ isMine: true, isMineToDecide: false })
    const decision = { isApproved: true, reason: 'The court asked' }
    await call('POST', `exports/${made.exportId}/decision`, {
      cookie: cookies.admin,
      payload: decision,
    })
    await app.jobs.runNow('exports.build', { exportId: made.exportId })
    const answer = await download()
    tag = answer.headers.etag ?? ''
    whole = await bytesOf(answer)
    const row = await downloads()
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      ...{ 'accept-ranges': 'bytes', 'content-length': String(whole.length) },
      'content-disposition': `attachment; filename="export-${made.exportId}.zip"`,
    })
    expect(row).toMatchObject({ state: 'READY', sha256: sha256(whole), downloads: 1 })
    expect(tag).toBe(`"${row.sha256}"`)
    const zip = await fromBufferPromise(whole)
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith(`${copy.derivativeId}.mp4`)) continue
      expect(sha256(await streamed(await zip.openReadStreamPromise(entry)))).toBe(
        sha256(copy.plain),
      )
      return
    }
    expect.unreachable('the copy is not in the archive')
  })

  it('that broke off ends all reading, and goes on where it stopped', async () => {
    const answer = await download()
    const had: Buffer[] = []
    for await (const part of answer) {
      had.push(part as Buffer)
      if (had.reduce((sum, { length }) => sum + length, 0) > 1_000_000) break
    }
    answer.destroy()
    const first = Buffer.concat(had)
    let before = -1
    const isStill = async () => {
      const now = s3.door.reads()
      const is = now === before
      before = now
      await pause(300)
      return is ? true : null
    }
    const readsBefore = s3.door.reads()
    await until(isStill, 'the reading to end')
    // All of it is well over a hundred reads.
    expect(s3.door.reads() - readsBefore).toBeLessThan(60)
    const range = `bytes=${first.length}-`
    const rest = await download({ range, 'if-range': tag })
    expect(rest.statusCode).toBe(206)
    expect(rest.headers['content-range']).toBe(
      `bytes ${first.length}-${whole.length - 1}/${whole.length}`,
    )
    expect(sha256(Buffer.concat([first, await bytesOf(rest)]))).toBe(sha256(whole))
    // What goes on is no other download; each part has its entry.
    expect((await downloads()).downloads).toBe(2)
    const entries = await entriesOf(world.db, world.place.facilityId)
    const entered = entries.filter(({ action }) => action === 'export.download')
    expect(entered.map(({ detail }) => detail?.['fromByte'])).toEqual([0, 0, first.length])
  })

  it('goes on only in the same bytes, and not beyond them', async () => {
    const other = await download({ range: 'bytes=5-9', 'if-range': '"another"' })
    expect(other.statusCode).toBe(200)
    other.destroy()
    const beyond = await download({ range: `bytes=${whole.length}-` })
    expect(beyond.statusCode).toBe(416)
    expect(beyond.headers['content-range']).toBe(`bytes */${whole.length}`)
    const last = await download({ range: 'bytes=-4' })
    expect(await bytesOf(last)).toEqual(whole.subarray(-4))
  })
})

async function streamed(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
