import {
  appendAudit,
  type AuditDraft,
  type AuditRow,
  canonicalJson,
  type CanonicalValue,
  CHAIN_START,
  chainEntry,
  createDatabase,
  type Database,
  ESTATE_LOG,
  facilityLog,
  newId,
  type Tx,
  verifyAuditChain,
} from '@visavis/prisma'
import { insertEstate } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { systemClock } from '@visavis/platform/clock'
import { createAudit } from '../../../server/src/modules/audit/index.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

const CLIENTS = 16
const ENTRIES_EACH = 10

const pick = ({ bytes, hash }: AuditRow) => ({ bytes, hash })
const newLog = () => facilityLog(newId())
const draft = (log: AuditDraft['log'], given: Partial<AuditDraft> = {}): AuditDraft => ({
  log,
  ts: new Date(),
  actor: { type: 'officer', actorId: newId() },
  action: 'seat.admit',
  object: { type: 'seat', objectId: newId(), visitId: newId() },
  outcome: 'allow',
  detail: { note: 'впущена' },
  ...given,
})

describe('the audit log', () => {
  let test: TestDatabase
  let db: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
  })
  afterAll(() => test.drop())

  const append = (entry: AuditDraft, on: Database = db) =>
    on.$transaction((tx) => appendAudit(tx, entry))
  const fill = async (log: AuditDraft['log'], count: number) => {
    for (let n = 0; n < count; n++) await append(draft(log))
  }
  const read = (log: string) => db.auditEntry.findMany({ where: { log }, orderBy: { seq: 'asc' } })
  /** What is in the log after somebody with every right did `work`; undone afterwards. */
  const afterTampering = async (log: string, work: (tx: Tx) => Promise<unknown>) => {
    let entries: AuditRow[] = []
    const undo = new Error('undo')
    const tampering = db.$transaction(async (tx) => {
      await tx.$executeRaw`ALTER TABLE audit_entry DISABLE TRIGGER USER`
      await tx.$executeRaw`ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_hash_of_bytes`
      await work(tx)
      entries = await tx.auditEntry.findMany({ where: { log }, orderBy: { seq: 'asc' } })
      throw undo
    })
    await expect(tampering).rejects.toBe(undo)
    return entries
  }

  it('[TR-2] stays whole and without a gap while sixteen clients write to it at once', async () => {
    const log = newLog()
    const clients = Array.from({ length: CLIENTS }, () => createDatabase(test.url, { poolSize: 1 }))
    await Promise.all(
      clients.map(async (client) => {
        for (let n = 0; n < ENTRIES_EACH; n++) await append(draft(log), client)
        await client.$disconnect()
      }),
    )
    const entries = await read(log)
    expect(entries).toHaveLength(CLIENTS * ENTRIES_EACH)
    expect(verifyAuditChain(entries)).toMatchObject({ isWhole: true, head: { seq: 160n } })
  })

  it('[TR-1] has no entry for an act that did not happen, and no act without its entry', async () => {
    const log = newLog()
    const estateId = newId()
    const act = db.$transaction(async (tx) => {
      await appendAudit(tx, draft(log))
      await insertEstate(tx, { estateId })
      await insertEstate(tx, { estateId })
    })
    await expect(act).rejects.toThrow(/Unique constraint/)
    const refused = db.$transaction(async (tx) => {
      await insertEstate(tx, { estateId })
      await appendAudit(tx, draft('facility/nowhere'))
    })
    await expect(refused).rejects.toThrow(/audit_entry_log_is_known/)
    expect(await read(log)).toEqual([])
    expect(await db.estate.count({ where: { estateId } })).toBe(0)
  })

  it('[TR-2] cannot be changed, shortened or emptied', async () => {
    const log = newLog()
    await fill(log, 2)
    const where = { log }
    const answers = [
      await answerTo(db.auditEntry.updateMany({ where, data: { action: 'seat.refuse' } })),
      await answerTo(db.auditEntry.deleteMany({ where })),
      await answerTo(db.$executeRaw`TRUNCATE audit_entry`),
      await answerTo(
        db.$transaction([
          db.$executeRaw`SET LOCAL session_replication_role = replica`,
          db.auditEntry.deleteMany({ where }),
        ]),
      ),
    ]
    for (const answer of answers) expect(answer).toContain('audit_entry_is_append_only')
  })

  it('[TR-2] takes only an entry that follows the last and says what its columns say', async () => {
    const log = newLog()
    await fill(log, 2)
    const [first, second] = await read(log)
    const next = chainEntry(second ?? CHAIN_START, draft(log))
    const insert = (row: Partial<AuditRow> = {}) =>
      answerTo(db.auditEntry.create({ data: { ...next, ...row } }))
    expect(await insert(first)).toContain('continues_chain')
    expect(await insert({ seq: 4n })).toContain('continues_chain')
    expect(await insert({ prevHash: 'f'.repeat(64) })).toContain('continues_chain')
    expect(await insert({ action: 'seat.refuse' })).toContain('says_what_it_hashes')
    expect(await insert({ visitId: newId() })).toContain('says_what_it_hashes')
    expect(await insert({ hash: 'f'.repeat(64) })).toContain('hash_of_bytes')
    expect(await insert()).toBe('stored')
  })

  it('[TR-2] names the entry that somebody who owns the database edited', async () => {
    const log = newLog()
    await fill(log, 4)
    const bytes = new TextEncoder().encode('{"edited":true}')
    const entries = await afterTampering(log, (tx) =>
      tx.auditEntry.update({ where: { log_seq: { log, seq: 3n } }, data: { bytes } }),
    )
    expect(verifyAuditChain(entries)).toEqual({ isWhole: false, seq: 3n, fault: 'EDITED' })
  })

  it('[TR-2] names the place of an entry that somebody who owns the database deleted', async () => {
    const log = newLog()
    await fill(log, 4)
    const entries = await afterTampering(log, (tx) =>
      tx.auditEntry.delete({ where: { log_seq: { log, seq: 2n } } }),
    )
    expect(verifyAuditChain(entries)).toEqual({ isWhole: false, seq: 2n, fault: 'MISSING' })
  })

  it('keeps a chain for each facility and one for the estate', async () => {
    const log = newLog()
    expect(await append(draft(log))).toMatchObject({ seq: 1n })
    expect(await append(draft(ESTATE_LOG))).toMatchObject({ seq: 1n })
    expect(verifyAuditChain(await read(newLog()))).toEqual({ isWhole: true, head: CHAIN_START })
  })

  it('finds the entries of a visit', async () => {
    const visitId = newId()
    const object = { type: 'visit', objectId: visitId, visitId }
    await append(draft(newLog(), { object, action: 'visit.end' }))
    const found = await db.auditEntry.findMany({ where: { visitId } })
    expect(found.map((entry) => entry.action)).toEqual(['visit.end'])
  })
})

describe('an audit entry', () => {
  let test: TestDatabase
  let db: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
  })
  afterAll(() => test.drop())
  const read = (log: string) => db.auditEntry.findMany({ where: { log }, orderBy: { seq: 'asc' } })

  it('[TR-2] holds the same bytes that the pure rule gives, with and without reason and request', async () => {
    const log = newLog()
    const drafts = [
      draft(log),
      draft(log, { reason: 'NO_PLACE' }),
      draft(log, { requestId: newId() }),
      draft(log, { outcome: 'deny', reason: 'впущена "не"', requestId: newId() }),
    ]
    for (const one of drafts) await db.$transaction((tx) => appendAudit(tx, one))
    const entries = await read(log)
    entries.forEach(({ bytes, hash }, at) => {
      const before = entries[at - 1] ?? CHAIN_START
      expect({ bytes, hash }).toMatchObject(pick(chainEntry(before, drafts[at] ?? draft(log))))
      const text = new TextDecoder().decode(bytes)
      expect(canonicalJson(JSON.parse(text) as CanonicalValue)).toBe(text)
    })
  })

  it('[TR-1] is written at the end of a transaction, whatever is done after the act, in the order of acts', async () => {
    const [facilityId, other] = [newId(), newId()]
    const audit = createAudit(systemClock)
    const note = (tx: Tx, of: string, action: string) => {
      const { actor, object, outcome } = draft(facilityLog(of))
      return audit.append(tx, { actor, object, outcome, facilityId: of, action })
    }
    const transact = createTransact(db)
    await transact(async (tx) => {
      await note(tx, facilityId, 'act.first')
      await note(tx, other, 'act.elsewhere')
      await note(tx, facilityId, 'act.second')
      expect(await tx.auditEntry.count({ where: { log: facilityLog(facilityId) } })).toBe(0)
    })
    const actions = async (of: string) => (await read(facilityLog(of))).map(({ action }) => action)
    expect(await actions(facilityId)).toEqual(['act.first', 'act.second'])
    expect(await actions(other)).toEqual(['act.elsewhere'])
    const undone = transact(async (tx) => {
      await note(tx, facilityId, 'act.third')
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    expect(await actions(facilityId)).toHaveLength(2)
  })
})
