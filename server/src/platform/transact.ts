import { sqlStateOf } from '@visavis/prisma'
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

type LastWork = { readonly lock: string; readonly run: () => Promise<unknown> }

const lastWork = new WeakMap<object, LastWork[]>()

/**
 * Runs `run` as one of the last things before the commit of `tx`, those of one lock in the order in which
 * they were given, and locks in one order whoever asks: what everybody waits for is then held as short as
 * can be. At once, where the transaction is none of {@link createTransact}.
 */
export async function beforeCommit(tx: Tx, work: LastWork): Promise<void> {
  const known = lastWork.get(tx)
  if (known) known.push(work)
  else await work.run()
}

async function runToTheEnd<Result>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const last: LastWork[] = []
  lastWork.set(tx, last)
  const result = await work(tx)
  lastWork.delete(tx)
  for (const { run } of last.toSorted((a, b) => compare(a.lock, b.lock))) await run()
  return result
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
