import { setTimeout as delay } from 'node:timers/promises'
import { Fault } from '@visavis/contract/errors'
import { Client } from 'pg'

/** A database that starts with us is there within seconds; one that is not by then will not be. */
const WAIT_MS = 30_000
const RETRY_MS = 500
const CONNECT_TIMEOUT_MS = 3_000

/** Tries until PostgreSQL answers at `url`; after `waitMs` throws a Fault that says where and why not. */
export async function waitForDatabase(url: string, waitMs: number = WAIT_MS): Promise<void> {
  const givesUpAt = performance.now() + waitMs
  for (;;) {
    const failure = await tryConnect(url)
    if (failure === null) return
    if (performance.now() + RETRY_MS > givesUpAt) throw unreachable(url, failure)
    await delay(RETRY_MS)
  }
}

async function tryConnect(url: string): Promise<unknown> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  try {
    await client.connect()
    await client.query('SELECT 1')
    return null
  } catch (error) {
    return error
  } finally {
    await client.end()
  }
}

function unreachable(url: string, cause: unknown): Fault {
  const { host, pathname } = new URL(url)
  const why = cause instanceof Error ? cause.message || cause.name : String(cause)
  return new Fault(
    `no PostgreSQL at ${host}${pathname} (${why})\n  Start it, or correct DATABASE_URL.`,
    { cause },
  )
}
