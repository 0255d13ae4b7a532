import { PrismaPg } from '@prisma/adapter-pg'
import { type Prisma, PrismaClient } from '../generated/client/client.ts'
import { personKeysPlace } from './config.ts'
import { createPersonal, rememberPersonal } from './personal/personal.ts'
import type { PersonKeysPlace } from './personal/person-keys.ts'
import { createSealingClient } from './personal/sealing-client.ts'
import { createPool } from './pool.ts'
import { createStatementNames } from './statement-names.ts'

/** A pool of connections, and the typed queries over it. */
export type Database = PrismaClient

/** The database inside one transaction; what a function takes that must not commit by itself. */
export type Tx = Prisma.TransactionClient

export type DatabaseOptions = {
  /** Connections at most; a server's share of PostgreSQL's `max_connections`. */
  readonly poolSize?: number
  /** Milliseconds after which PostgreSQL gives up a statement. */
  readonly statementTimeoutMs?: number
  /** What `pg_stat_activity` shows. */
  readonly applicationName?: string
  /** Where the keys of personal fields lie; without it as the environment says (KEY_ROOT, PERSON_KEYS_DIR). */
  readonly personKeys?: PersonKeysPlace
}

/** Ten connections saturate a small PostgreSQL; a burst waits in the pool instead of in the engine. */
const POOL_SIZE = 10
/** No query of ours is meant to take a second; ten leave room for a busy machine, not for a hang. */
const STATEMENT_TIMEOUT_MS = 10_000
/** A transaction that waits for our own code this long is a bug, and holds locks that others want. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000
const CONNECT_TIMEOUT_MS = 5_000
/** How long a transaction may wait for a connection, and then run; above the audit chain's worst queue. */
const TRANSACTION_WAIT_MS = 5_000
const TRANSACTION_TIMEOUT_MS = 15_000

/**
 * Opens a pool on `url`; it connects with the first query. Close it with `$disconnect()`. Personal fields are sealed
 * and opened on the way; without anybody's keys they stay as they are stored.
 */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = createPool({
    connectionString: url,
    max: options.poolSize ?? POOL_SIZE,
    statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: options.applicationName ?? 'visavis',
    // The adapter drops the offset of every timestamptz it reads, so the session must be in UTC. Storage
    // is solid-state: reading here and there costs hardly more than reading in a row.
    options: '-c TimeZone=UTC -c random_page_cost=1.1',
  })
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    statementNameGenerator: createStatementNames(),
  })
  const client = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_TIMEOUT_MS },
  })
  const place = options.personKeys ?? personKeysPlace(process.env)
  if (place === null) return client
  const personal = createPersonal(place)
  const sealing = createSealingClient(client, personal.cipher)
  rememberPersonal(sealing, personal)
  return sealing
}
