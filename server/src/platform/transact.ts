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

/** Transactions on `db`, repeated when they lose a deadlock or a serialization race (BK-4). */
export function createTransact(db: Database): Transact {
  return async (work, { retriedStates = [], maxAttempts = MAX_ATTEMPTS } = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.$transaction(work)
      } catch (error) {
        const state = sqlStateOf(error)
        const isRetried =
          state !== null && (RETRIED_STATES.has(state) || retriedStates.includes(state))
        if (!isRetried || attempt >= maxAttempts) throw error
      }
    }
  }
}
