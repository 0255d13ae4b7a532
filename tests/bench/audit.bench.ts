/**
 * The audit log under load: entries that 64 writers append to one log in a second, each in a transaction of its own,
 * and the seconds that the offline verifier needs for a million. `--short`: a tenth of both.
 */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { systemClock } from '@visavis/platform/clock'
import { CHAIN_START, chainEntry, createDatabase, facilityLog, newId } from '@visavis/prisma'
import type { AuditDraft } from '@visavis/prisma'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { aSigner } from '../../scripts/verifier/log/log-fixture.mjs'
import { verifyLog } from '../../scripts/verifier/log/log.mjs'
import { newTree, readVerifierKey } from '../../scripts/verifier/log/notes.mjs'
import { signedCheckpoint } from '../../server/src/modules/audit-log/note.ts'
import { createAudit } from '../../server/src/modules/audit/index.ts'
import { createTransact } from '../../server/src/platform/transact.ts'

const WRITERS = 64
const isShort = process.argv.includes('--short')
const APPENDS_EACH = isShort ? 20 : 200
const ENTRIES = isShort ? 100_000 : 1_000_000
/** As often as the service signs a busy log. */
const CHECKPOINT_EVERY = 256
const LINES_AT_ONCE = 1_000

/** Entries a second. */
async function measureAppends(): Promise<number> {
  const test = await createTestDatabase()
  const db = createDatabase(test.url, { poolSize: WRITERS })
  try {
    const audit = createAudit(systemClock)
    const transact = createTransact(db)
    const facilityId = newId()
    const append = () => transact((tx) => audit.append(tx, { facilityId, ...factOf(0) }))
    await append()
    const began = performance.now()
    const writer = async () => {
      for (let n = 0; n < APPENDS_EACH; n += 1) await append()
    }
    await Promise.all(Array.from({ length: WRITERS }, writer))
    return (WRITERS * APPENDS_EACH * 1000) / (performance.now() - began)
  } finally {
    await db.$disconnect()
    await test.drop()
  }
}

function factOf(n: number): Omit<AuditDraft, 'log' | 'ts'> {
  const id = `0198f000-0000-7000-8000-${String(n % 5_000).padStart(12, '0')}`
  return {
    actor: { type: 'officer', actorId: id, authSessionId: id },
    action: 'recording.read',
    object: { type: 'track', objectId: id, visitId: id },
    ...{ outcome: 'allow', requestId: id },
    policy: { rule: 'http:playTrack', reach: 'FACILITY' },
    detail: { from: n, to: n + 65_536 },
  }
}

/** Seconds for the whole log, from its files. */
async function measureVerification(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-bench-audit-'))
  try {
    const verifier = await writeLog(folder)
    const began = performance.now()
    const verdict = verifyLog(folder, { keys: [verifier] })
    const seconds = (performance.now() - began) / 1000
    if (!verdict.isGood) throw new Error(`the log is not good: ${JSON.stringify(verdict.faults)}`)
    return seconds
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function writeLog(folder: string) {
  const signer = aSigner()
  const log = facilityLog(newId())
  const origin = `${signer.name}/audit/${log}`
  const notes: string[] = []
  const lines = entryLines(log, (size, root) => {
    notes.push(`${JSON.stringify({ note: signedCheckpoint({ origin, size, root }, signer) })}\n`)
  })
  await pipeline(Readable.from(lines), createWriteStream(join(folder, 'entries.jsonl')))
  await writeFile(join(folder, 'checkpoints.jsonl'), notes.join(''))
  const about = { v: 1, type: 'visavis.auditLog', log, origin, size: ENTRIES }
  await writeFile(join(folder, 'log.json'), JSON.stringify(about))
  const keys = [{ verifierKey: signer.verifier, handOver: null }]
  await writeFile(join(folder, 'keys.json'), JSON.stringify({ keys }))
  const verifier = readVerifierKey(signer.verifier)
  if (!verifier) throw new Error('the key cannot be read')
  return verifier
}

function* entryLines(
  log: ReturnType<typeof facilityLog>,
  sign: (size: number, root: Buffer) => void,
) {
  const tree = newTree()
  let head = CHAIN_START
  let waiting: Buffer[] = []
  for (let n = 1; n <= ENTRIES; n += 1) {
    const row = chainEntry(head, { log, ts: new Date(n * 1000), ...factOf(n) })
    head = row
    tree.add(Buffer.from(row.hash, 'hex'))
    waiting.push(Buffer.from(row.bytes), Buffer.from('\n'))
    if (n % CHECKPOINT_EVERY === 0 || n === ENTRIES) sign(n, tree.root())
    if (n % LINES_AT_ONCE === 0 || n === ENTRIES) {
      yield Buffer.concat(waiting)
      waiting = []
    }
  }
}

const appendsPerS = await measureAppends()
const seconds = await measureVerification()
const figures = {
  bench: 'audit',
  appendsPerS: Math.round(appendsPerS),
  verifyMillionS: Number(((seconds * 1_000_000) / ENTRIES).toFixed(1)),
  writers: WRITERS,
  entries: ENTRIES,
}
console.log(JSON.stringify(figures))
