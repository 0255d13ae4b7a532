import { createHash } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { Transact, TransactOptions, Tx } from './transact.ts'

/** A write as its caller named it: the `Idempotency-Key` and everything that makes it this write. */
export type KeyedWrite = { readonly key: string; readonly content: readonly unknown[] }

/** How one write is run. */
export type OnceOptions = TransactOptions & {
  /** Read-only checks before a transaction is opened; not run when the answer is already known. */
  readonly before?: () => Promise<void>
}

/**
 * BK-5. Runs `work` in one transaction and keeps its answer there, so that the same key and body give the
 * same answer, also after a crash of ours or the caller's. Another body is `IDEMPOTENCY_KEY_REUSED`. A
 * refusal changes nothing and is not kept: the same write may be tried again. The answer must be JSON.
 */
export type Once = <Result>(
  work: (tx: Tx) => Promise<Result>,
  options?: OnceOptions,
) => Promise<Result>

type Keyed = { readonly actorId: string; readonly key: string; readonly bodyHash: string }

/** Makes `once` for each keyed request of an actor. */
export function createOnce(deps: { db: Database; transact: Transact; clock: Clock }) {
  return (actorId: string, write: KeyedWrite): Once => {
    const bodyHash = hashOf(write.content)
    const keyed: Keyed = { actorId, key: write.key, bodyHash }
    return (work, options = {}) => runOnce({ ...deps, keyed }, work, options)
  }
}

async function runOnce<Result>(
  { db, transact, clock, keyed }: { db: Database; transact: Transact; clock: Clock; keyed: Keyed },
  work: (tx: Tx) => Promise<Result>,
  options: OnceOptions,
): Promise<Result> {
  const known = await keptAnswer(db, keyed)
  if (known) return known.reply as Result
  await options.before?.()
  return transact(async (tx) => {
    // A twin request waits here for the first one's end, and then finds its answer.
    if (!(await takeKey(tx, keyed, clock.now()))) {
      const twin = await keptAnswer(tx, keyed)
      if (twin) return twin.reply as Result
    }
    const reply = await work(tx)
    await tx.$executeRaw`
      UPDATE idempotency_key SET reply = ${JSON.stringify(reply ?? null)}::jsonb
      WHERE actor_id = ${keyed.actorId}::uuid AND key = ${keyed.key}`
    return reply
  }, options)
}

async function takeKey(tx: Tx, { actorId, key, bodyHash }: Keyed, now: Date): Promise<boolean> {
  const rows = await tx.$executeRaw`
    INSERT INTO idempotency_key (actor_id, key, body_hash, reply, created_at)
    VALUES (${actorId}::uuid, ${key}, ${bodyHash}, 'null', ${now})
    ON CONFLICT DO NOTHING`
  return rows === 1
}

async function keptAnswer(tx: Tx, keyed: Keyed): Promise<{ reply: unknown } | null> {
  const rows = await tx.$queryRaw<{ body_hash: string; reply: unknown }[]>`
    SELECT body_hash, reply FROM idempotency_key
    WHERE actor_id = ${keyed.actorId}::uuid AND key = ${keyed.key}`
  const [row] = rows
  if (row === undefined) return null
  if (row.body_hash !== keyed.bodyHash) throw new Refusal('IDEMPOTENCY_KEY_REUSED')
  return { reply: row.reply }
}

/** Not the audit's canonical form: a body may hold null, fractions and whatever text people send. */
function hashOf(content: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(content, withSortedKeys)).digest('hex')
}

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
