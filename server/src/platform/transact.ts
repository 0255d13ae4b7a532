import { Prisma, sqlStateOf } from '@visavis/prisma'
import type { Database, Tx } from '@visavis/prisma'

export type { Tx }

/** Runs `work` in one transaction: committed when it returns, undone when it throws. */
export type Transact = <Result>(
  work: (tx: Tx) => Promise<Result>,
  options?: TransactOptions,
) => Promise<Result>

/** What else than a lost race is worth another try, by SQLSTATE; and how many tries in all. */
export type TransactOptions = {
  readonly retriedStates?: readonly string[]
  readonly maxAttempts?: number
}

/** PostgreSQL gave up this transaction in favour of another; the same work may succeed at once. */
const RETRIED_STATES = new Set(['40001', '40P01'])
/** Two writers that met once seldom meet a third time. */
const MAX_ATTEMPTS = 3

/** A call of an SQL function, for example `append_audit(…)`, and the name of the lock that it takes. */
type LastCall = { readonly lock: string; readonly call: Prisma.Sql }

/** Sorts before every log: what only the transaction itself can touch is written before them. */
export const NO_LOCK = ''

const lastCalls = new WeakMap<object, LastCall[]>()

/**
 * Makes `call` one of the last things before the commit of `tx`, those of one lock in the order in which
 * they were given, and locks in one order whoever asks: what everybody waits for is then held as short as
 * can be. All of them are one round trip. At once, where the transaction is none of {@link createTransact}.
 */
export async function beforeCommit(tx: Tx, last: LastCall): Promise<void> {
  const known = lastCalls.get(tx)
  if (known) known.push(last)
  else await callAll(tx, [last])
}

async function runToTheEnd<Result>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const last: LastCall[] = []
  lastCalls.set(tx, last)
  const result = await work(tx)
  lastCalls.delete(tx)
  await callAll(
    tx,
    last.toSorted((a, b) => compare(a.lock, b.lock)),
  )
  return result
}

/** So many at once: a statement of each number is planned and kept prepared on its own. */
const MOST_CALLS = 8

async function callAll(tx: Tx, calls: readonly LastCall[]): Promise<void> {
  for (let at = 0; at < calls.length; at += MOST_CALLS) {
    const some = calls.slice(at, at + MOST_CALLS).map(({ call }) => call)
    // A list of results is worked out from left to right, and each function sees what the last one wrote.
    await tx.$executeRaw`SELECT ${Prisma.join(some)}`
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Transactions on `db`, repeated when they lose a deadlock or a serialization race (BK-4). */
export function createTransact(db: Database): Transact {
  return async (work, { retriedStates = [], maxAttempts = MAX_ATTEMPTS } = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.$transaction((tx) => runToTheEnd(tx, work))
      } catch (error) {
        const state = sqlStateOf(error)
        const isRetried =
          state !== null && (RETRIED_STATES.has(state) || retriedStates.includes(state))
        if (!isRetried || attempt >= maxAttempts) throw error
      }
    }
  }
}
