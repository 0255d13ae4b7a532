import { type ClientBase, Pool, type PoolConfig } from 'pg'

type AnyQuery = (...parts: unknown[]) => unknown

/**
 * A pool whose connections are given one query at a time. Prisma loads the relations of one `include`
 * side by side, also on a transaction's only connection, which pg deprecates (a warning in every log)
 * and its next major version refuses.
 */
export function createPool(config: PoolConfig): Pool {
  const pool = new Pool(config)
  pool.on('connect', queryInTurn)
  return pool
}

function queryInTurn(client: ClientBase): void {
  const query = client.query.bind(client) as AnyQuery
  let lastTurn: Promise<unknown> = Promise.resolve()
  const inTurn: AnyQuery = (...parts) => {
    // Callbacks and query streams bring their own order; only the pool itself uses them.
    if (typeof parts.at(-1) === 'function' || hasSubmit(parts[0])) return query(...parts)
    const answer = lastTurn.then(() => query(...parts))
    lastTurn = answer.catch(() => undefined)
    return answer
  }
  client.query = inTurn as typeof client.query
}

function hasSubmit(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'submit' in part
}
