import { createHash } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { Prisma, personalOf } from '@visavis/prisma'
import type { Database, FieldCipher } from '@visavis/prisma'
import { createBatched } from './batched.ts'
import { NO_LOCK, beforeCommit } from './transact.ts'
import type { Transact, TransactOptions, Tx } from './transact.ts'

/** A write as its caller named it: the `Idempotency-Key` and everything that makes it this write. */
export type KeyedWrite = { readonly key: string; readonly content: readonly unknown[] }

/** How one write is run. */
export type OnceOptions = TransactOptions & {
  /** Read-only checks before a transaction is opened; what they refuse gives way to a kept answer. */
  readonly before?: () => Promise<void>
  /**
   * A call of an SQL function that takes locks and gives true, where they are known before the transaction:
   * taken along with the key, right after it.
   */
  readonly locks?: () => Prisma.Sql | undefined
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

type Deps = {
  readonly kept: (write: Keyed) => Promise<KeptRow | null>
  readonly transact: Transact
  readonly clock: Clock
  readonly cipher: FieldCipher
}
type Keyed = { readonly actorId: string; readonly key: string; readonly bodyHash: string }

/** Makes `once` for each keyed request of an actor. */
export function createOnce(given: { db: Database; transact: Transact; clock: Clock }) {
  const kept = createBatched((writes: readonly Keyed[]) => keptRows(given.db, writes))
  const deps = { ...given, kept, cipher: personalOf(given.db).cipher }
  const inTurn = createTurns()
  return (actorId: string, write: KeyedWrite): Once => {
    const bodyHash = hashOf(write.content)
    const keyed: Keyed = { actorId, key: write.key, bodyHash }
    return (work, options = {}) =>
      inTurn(`${actorId} ${write.key}`, () => runOnce({ ...deps, keyed }, work, options))
  }
}

/**
 * Runs what has the same name one after the other. A caller who hung up and tries again is answered after
 * the first attempt's end: refused while that one still runs, it would not know what it has got.
 */
function createTurns() {
  const last = new Map<string, Promise<unknown>>()
  return async <Result>(name: string, run: () => Promise<Result>): Promise<Result> => {
    const mine = (last.get(name) ?? Promise.resolve()).then(run, run)
    last.set(name, mine)
    try {
      return await mine
    } finally {
      if (last.get(name) === mine) last.delete(name)
    }
  }
}

async function runOnce<Result>(
  { kept, transact, clock, cipher, keyed }: Deps & { keyed: Keyed },
  work: (tx: Tx) => Promise<Result>,
  options: OnceOptions,
): Promise<Result> {
  try {
    await options.before?.()
  } catch (error) {
    // What stands in the way may be what this very write has done before, on whatever server.
    const twin = answerOf(await kept(keyed), keyed)
    if (twin) return twin.reply as Result
    throw error
  }
  return transact(async (tx) => {
    // A twin request waits here for the first one's end, and then finds its answer.
    while (!(await takeKey(tx, keyed, { now: clock.now(), locks: options.locks?.() }))) {
      const [row = null] = await keptRows(tx, [keyed])
      const twin = answerOf(row, keyed)
      if (twin) return twin.reply as Result
    }
    const reply = await work(tx)
    await beforeCommit(tx, { lock: NO_LOCK, call: await keepReply(cipher, keyed, reply) })
    return reply
  }, options)
}

/**
 * True for the first to bring the key; its locks are then held. What a keyed write asks, it asks by ids:
 * one plan serves them all, and the larger statements would take longer to plan than to run.
 */
async function takeKey(
  tx: Tx,
  { actorId, key, bodyHash }: Keyed,
  { now, locks = Prisma.sql`true` }: { now: Date; locks?: Prisma.Sql | undefined },
): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ isNew: boolean }]>`
    SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
      CASE WHEN take_key(${actorId}::uuid, ${key}, ${bodyHash}, ${now})
        THEN ${locks} ELSE false END AS "isNew"`
  return row.isNew
}

/** Sealed under the key of whoever asked: an answer may be somebody's whole profile. */
async function keepReply(
  cipher: FieldCipher,
  { actorId, key }: Keyed,
  reply: unknown,
): Promise<Prisma.Sql> {
  const plain = JSON.stringify(reply ?? null)
  const sealed = await cipher.seal({ ownerId: actorId, field: 'reply' }, plain)
  return Prisma.sql`keep_reply(${actorId}::uuid, ${key}, ${JSON.stringify(sealed)}::jsonb)`
}

type KeptRow = { readonly bodyHash: string; readonly reply: unknown }

/** The kept answer to each of the writes, in their order; null where there is none. */
async function keptRows(tx: Tx, writes: readonly Keyed[]): Promise<(KeptRow | null)[]> {
  const rows = await tx.$queryRaw<(KeptRow & { place: number })[]>`
    SELECT asked.place::int, body_hash AS "bodyHash", reply
    FROM unnest(${writes.map(({ actorId }) => actorId)}::uuid[],
      ${writes.map(({ key }) => key)}::text[]) WITH ORDINALITY AS asked (actor_id, key, place)
    JOIN idempotency_key USING (actor_id, key)`
  const byPlace = new Map(rows.map((row) => [row.place, row]))
  return writes.map((_, at) => byPlace.get(at + 1) ?? null)
}

function answerOf(row: KeptRow | null, { bodyHash }: Keyed): { reply: unknown } | null {
  if (row === null) return null
  if (row.bodyHash !== bodyHash) throw new Refusal('IDEMPOTENCY_KEY_REUSED')
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
