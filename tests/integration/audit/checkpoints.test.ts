import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isConsistent, merkleLeaf, merkleRoot } from '@visavis/platform/proof/merkle'
import { appendAudit, facilityLog } from '@visavis/prisma'
import type { AuditLog } from '@visavis/prisma'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  isSignedBy,
  readNote,
  readTreeHead,
  readVerifierKey,
} from '../../../server/src/modules/audit-log/note.ts'
import { cosignatureLine } from '../../support/audit-key.ts'
import { ObjectStoreConfig } from '@visavis/platform/object-store/index'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { answerTo } from '../database/refused.ts'

let world: RestWorld
let place: Place
let folder: string
let log: AuditLog
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  log = facilityLog(place.facilityId)
  folder = await mkdtemp(join(tmpdir(), 'visavis-shipped-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

/** So many more entries in the log, in one transaction. */
async function grow(entries: number): Promise<void> {
  await world.db.$transaction(
    async (tx) => {
      for (let n = 0; n < entries; n += 1) {
        await appendAudit(tx, {
          ...{ log, ts: world.clock.now(), action: 'seat.admit', outcome: 'allow' },
          actor: { type: 'officer', actorId: crypto.randomUUID() },
          object: { type: 'seat', objectId: crypto.randomUUID() },
        })
      }
    },
    { timeout: 120_000 },
  )
}

const get = (url: string) => world.app.inject({ url })
const theirLog = () => `/api/audit/checkpoints/${place.facilityId}`
const verifiers = async () => {
  const { keys } = (await get('/api/audit/keys')).json<{ keys: { verifierKey: string }[] }>()
  return keys.flatMap(({ verifierKey }) => readVerifierKey(verifierKey) ?? [])
}
async function leaves(): Promise<Buffer[]> {
  const rows = await world.db.auditEntry.findMany({ where: { log }, orderBy: { seq: 'asc' } })
  return rows.map(({ bytes }) => merkleLeaf(bytes))
}

describe('[TR-2] checkpoints', () => {
  it('sign the root over the entries, and every later one is proved to begin with every earlier one', async () => {
    const heads = []
    for (const entries of [3, 1, 300, 255, 2]) {
      await grow(entries)
      await world.jobs.runNow('audit.checkpoint')
      const note = (await get(theirLog())).body
      const [verifier] = await verifiers()
      expect(verifier && isSignedBy(note, verifier)).toBe(true)
      const head = readTreeHead(readNote(note)?.text ?? '')
      const all = await leaves()
      expect(head).toMatchObject({
        origin: `localhost:3000/audit/${log}`,
        size: all.length,
        root: merkleRoot(all),
      })
      if (head) heads.push(head)
    }
    for (const [index, from] of heads.entries()) {
      for (const to of heads.slice(index)) {
        const url = `/api/audit/proofs/consistency?log=${place.facilityId}&from=${from.size}&to=${to.size}`
        const { hashes } = (await get(url)).json<{ hashes: string[] }>()
        const proof = hashes.map((hash) => Buffer.from(hash, 'base64'))
        expect(isConsistent({ from, to, proof })).toBe(true)
      }
    }
  })

  it('are not made anew while nothing has been added', async () => {
    const before = await world.db.auditCheckpoint.count()
    await world.jobs.runNow('audit.checkpoint')
    expect(await world.db.auditCheckpoint.count()).toBe(before)
  })

  it('tell strangers nothing beyond what was signed', async () => {
    const { size } = await world.db.auditCheckpoint.findFirstOrThrow({
      ...{ where: { log }, orderBy: { size: 'desc' } },
    })
    await grow(1)
    const consistency = `/api/audit/proofs/consistency?log=${place.facilityId}`
    expect((await get(`${consistency}&from=1&to=${size + 1n}`)).statusCode).toBe(404)
    expect((await get(`${consistency}&from=3&to=2`)).statusCode).toBe(404)
    expect((await get(`${theirLog()}?size=${size + 1n}`)).statusCode).toBe(404)
    expect((await get(`/api/audit/checkpoints/${crypto.randomUUID()}`)).statusCode).toBe(404)
  })

  it('stand as they are: nobody changes or removes them, and none is of fewer entries', async () => {
    const { db } = world
    const where = { log }
    const [first] = await db.auditCheckpoint.findMany({ where, orderBy: { size: 'asc' } })
    const answers = [
      await answerTo(db.auditCheckpoint.updateMany({ where, data: { note: 'x' } })),
      await answerTo(db.auditCheckpoint.deleteMany({ where })),
      await answerTo(db.auditTreeNode.deleteMany({ where })),
      await answerTo(db.auditKey.deleteMany()),
      await answerTo(db.$executeRaw`TRUNCATE audit_checkpoint CASCADE`),
    ]
    for (const answer of answers) expect(answer).toContain('_is_append_only')
    const smaller = { ...first, log, size: 2n, root: '', note: '', signedAt: new Date() }
    expect(await answerTo(db.auditCheckpoint.create({ data: smaller }))).toContain(
      'audit_checkpoint_grows',
    )
  })

  it('carry the line of a witness that is known, and of no other', async () => {
    const note = (await get(theirLog())).body
    const size = readTreeHead(readNote(note)?.text ?? '')?.size ?? 0
    const line = cosignatureLine(note, world.clock.now())
    const send = (given: object) =>
      world.app.inject({
        ...{ method: 'POST', url: '/api/audit/cosignatures' },
        payload: { log: place.facilityId, size, line, ...given },
      })
    expect((await send({ line: line.replace('/test', '/other') })).statusCode).toBe(403)
    expect((await send({ line: cosignatureLine(`x${note}`, world.clock.now()) })).statusCode).toBe(
      403,
    )
    expect((await send({ size: size + 1 })).statusCode).toBe(404)
    expect((await send({})).statusCode).toBe(200)
    expect((await send({})).statusCode).toBe(200)
    expect((await get(theirLog())).body).toBe(`${note}${line}\n`)
  })
})

describe('[TR-2] a second place', () => {
  it('has each checkpoint once, and is never overwritten', async () => {
    const ship = { ...ObjectStoreConfig.parse({}), RECORDINGS_DIR: folder }
    const server = await world.another({ audit: { ...world.config.audit, ship } })
    await grow(1)
    await server.jobs.runNow('audit.checkpoint')
    const own = join(folder, `facility-${place.facilityId}`)
    const files = await readdir(own)
    const kept = await world.db.auditCheckpoint.findMany({
      where: { log },
      orderBy: { size: 'asc' },
    })
    expect(files.toSorted()).toEqual(
      kept.map(({ size }) => `${String(size).padStart(15, '0')}.checkpoint`),
    )
    expect(await readFile(join(own, files.toSorted().at(-1) ?? ''), 'utf8')).toBe(kept.at(-1)?.note)
    expect(await world.db.auditShipment.count({ where: { log } })).toBe(kept.length)
    // Somebody was there before us, with another history.
    const size = Number(kept.at(-1)?.size ?? 0) + 1
    const forged = join(own, `${String(size).padStart(15, '0')}.checkpoint`)
    await writeFile(forged, 'another history')
    await grow(1)
    await server.jobs.runNow('audit.checkpoint')
    expect(await readFile(forged, 'utf8')).toBe('another history')
    const where = { kind: 'AUDIT_ALARM', facilityId: place.facilityId } as const
    expect(await world.db.task.count({ where })).toBe(1)
    const entry = await world.db.auditEntry.findFirst({ where: { log, action: 'audit.alarm' } })
    expect(new TextDecoder().decode(entry?.bytes)).toContain('SHIPPED_OTHER')
  })
})

describe('[TR-2] the signer’s own memory', () => {
  it('vouches for no log that has forgotten what was signed', async () => {
    await grow(2)
    await world.jobs.runNow('audit.checkpoint')
    const { size } = await world.db.auditCheckpoint.findFirstOrThrow({
      ...{ where: { log }, orderBy: { size: 'desc' } },
    })
    // What a database is that was brought back from yesterday's copy: fewer entries, fewer checkpoints.
    await world.db.$transaction(async (tx) => {
      for (const table of [
        'audit_entry',
        'audit_checkpoint',
        'audit_shipment',
        'audit_cosignature',
      ]) {
        await tx.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
      }
      await tx.auditShipment.deleteMany({ where: { log, size: { gt: size - 3n } } })
      await tx.auditCheckpoint.deleteMany({ where: { log, size: { gt: size - 3n } } })
      await tx.auditEntry.deleteMany({ where: { log, seq: { gt: size - 2n } } })
      for (const table of [
        'audit_entry',
        'audit_checkpoint',
        'audit_shipment',
        'audit_cosignature',
      ]) {
        await tx.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
      }
    })
    const signed = () => world.db.auditCheckpoint.count({ where: { log } })
    const before = await signed()
    await world.jobs.runNow('audit.checkpoint')
    // And now it goes on, with another history of the same length.
    await grow(5)
    await world.jobs.runNow('audit.checkpoint')
    expect(await signed()).toBe(before)
  })
})
