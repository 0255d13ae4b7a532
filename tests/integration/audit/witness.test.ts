import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { appendAudit, facilityLog } from '@visavis/prisma'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILT, buildWitness } from '../../../scripts/verifier/build.mjs'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

const run = promisify(execFile)

let world: RestWorld
let place: Place
let folder: string
let front: Server
let address: string
/** Which server the witness reaches: an attacker may show another one. */
let shown: RestWorld['app']

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  folder = await mkdtemp(join(tmpdir(), 'visavis-witness-'))
  const look = await witness('look')
  // The key of a witness that has never looked at anything yet.
  const key = /\S+\+[0-9a-f]{8}\+\S+/.exec(look.stdout)?.[0] ?? ''
  shown = await world.another({ audit: { ...world.config.audit, witnesses: [key] } })
  front = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url, headers } = request
      const body = Buffer.concat(chunks)
      void shown
        .inject({
          ...{ method: method === 'POST' ? 'POST' : 'GET', url: url ?? '/' },
          headers: { 'content-type': headers['content-type'] ?? 'text/plain' },
          ...(body.length > 0 ? { payload: body } : {}),
        })
        .then((answer) => response.writeHead(answer.statusCode).end(answer.rawPayload))
    })
  })
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
})
afterAll(async () => {
  front.close()
  await world.close()
  await rm(folder, { recursive: true })
})

type Said = { readonly code: number; readonly stdout: string; readonly stderr: string }
const state = () => join(folder, 'state')

/** Runs the built witness once, as another party would. */
async function witness(...more: string[]): Promise<Said> {
  const service = more.includes('look') ? 'http://127.0.0.1:9' : address
  const args = [BUILT.witness, service, '--once', '--state', state(), '--name', 'court.example.org']
  try {
    return { code: 0, ...(await run(process.execPath, args)) }
  } catch (error) {
    const { code, stdout, stderr } = error as Said
    return { code, stdout, stderr }
  }
}

async function grow(entries: number, mark = ''): Promise<void> {
  const log = facilityLog(place.facilityId)
  for (let n = 0; n < entries; n += 1) {
    await world.db.$transaction((tx) =>
      appendAudit(tx, {
        ...{ log, ts: world.clock.now(), action: 'seat.admit', outcome: 'allow' },
        actor: { type: 'officer', actorId: place.accounts.officer },
        object: { type: 'seat', objectId: `${n}${mark}` },
      }),
    )
  }
  await shown.jobs.runNow('audit.checkpoint')
}

/** The log as it would be in another database: behind the first `from` entries others, signed with the same key. */
async function rewrite(from: number, entries: number): Promise<void> {
  const log = facilityLog(place.facilityId)
  const tables = ['audit_entry', 'audit_checkpoint', 'audit_cosignature', 'audit_tree_node']
  await world.db.$transaction(async (tx) => {
    for (const table of tables)
      await tx.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    await tx.auditCosignature.deleteMany({ where: { log, size: { gt: from } } })
    await tx.auditCheckpoint.deleteMany({ where: { log, size: { gt: from } } })
    await tx.auditEntry.deleteMany({ where: { log, seq: { gt: from } } })
    for (const table of tables)
      await tx.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  })
  // Whoever does this also makes the signer forget.
  await rm(`${world.config.audit.keyFile}.signed`, { recursive: true, force: true })
  if (entries > 0) await grow(entries, ' forged')
  else await shown.jobs.runNow('audit.checkpoint')
}

describe('[TR-2] a witness of another party', () => {
  it('is one file without dependencies, as its sources say', async () => {
    const file = await readFile(BUILT.witness, 'utf8')
    expect(file).toBe(buildWitness())
    for (const line of file.match(/^import .*$/gm) ?? []) expect(line).toMatch(/ from 'node:/)
  })

  it('co-signs a log that only grows, and its lines stand under the checkpoints', async () => {
    for (const entries of [2, 3, 1]) {
      await grow(entries)
      const said = await witness()
      expect(said, said.stderr).toMatchObject({ code: 0, stderr: '' })
      expect(said.stdout).toContain(`${place.facilityId}: `)
      const note = await shown.inject({ url: `/api/audit/checkpoints/${place.facilityId}` })
      expect(note.body).toMatch(/\n— court\.example\.org \S+\n$/)
    }
    expect((await witness()).stdout).toContain('nothing new')
  })

  it('keeps both sides of a fork as evidence, and signs nothing of that log any more', async () => {
    await cp(state(), join(folder, 'before'), { recursive: true })
    await rewrite(3, 9)
    const said = await witness()
    expect(said.code).toBe(1)
    expect(said.stderr).toContain('ALARM')
    expect(said.stderr).toContain('two histories')
    const [kept = ''] = await readdir(join(state(), 'evidence'))
    expect((await readdir(join(state(), 'evidence', kept))).toSorted()).toEqual([
      ...['new.checkpoint', 'old.checkpoint', 'proof.json'],
    ])
    await grow(2)
    expect((await witness()).code).toBe(1)
    const where = { log: facilityLog(place.facilityId), size: { gt: 3 } }
    expect(await world.db.auditCosignature.count({ where })).toBe(0)
  })

  it('tells a log that has become shorter', async () => {
    await rm(state(), { recursive: true })
    await cp(join(folder, 'before'), state(), { recursive: true })
    await rewrite(2, 0)
    const said = await witness()
    expect(said.code).toBe(1)
    expect(said.stderr).toContain('shorter')
  })
})
