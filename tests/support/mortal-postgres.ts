import type { Database } from '@visavis/prisma'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { freePorts } from './ports.ts'
import { until } from './until.ts'

/** What `kill -9` meets: the postmaster, it and every process of its, or one that serves a client. */
export const POSTGRES_DEATHS = ['postmaster', 'all of PostgreSQL', 'one backend'] as const
export type PostgresDeath = (typeof POSTGRES_DEATHS)[number]

/** A PostgreSQL that may be killed. Its supervisor starts it again on the same data. */
export type MortalPostgres = {
  readonly url: string
  readonly db: Database
  readonly die: (how: PostgresDeath) => Promise<void>
  readonly stop: () => Promise<void>
}

type Started = {
  readonly url: string
  readonly pid: () => number | undefined
  readonly stop: () => Promise<void>
}

/** Its supervisor waits up to 5 s before it starts it again, and a busy machine is slow. */
const RECOVERY_MS = 90_000

/**
 * Starts a PostgreSQL with the settings of `npm start`, which waits for its disk at every commit (that of
 * the other tests does not), and makes a migrated database in it.
 */
export async function startMortalPostgres(): Promise<MortalPostgres> {
  const module = new URL('../../scripts/lib/test-database.mjs', import.meta.url)
  const { startTestPostgres } = (await import(module.href)) as {
    startTestPostgres: (options: { isThrowAway: boolean; port: number }) => Promise<Started>
  }
  const postgres = await startTestPostgres({ isThrowAway: false, port: await freePorts(1) })
  try {
    const { url, db, drop } = await createTestDatabase(postgres.url)
    const stop = async () => {
      // Where it does not come up any more there is nothing to drop, but still something to stop.
      await drop().finally(() => postgres.stop())
    }
    return { url, db, die: (how) => die(how, { db, postgres }), stop }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

async function die(
  how: PostgresDeath,
  { db, postgres }: { db: Database; postgres: Started },
): Promise<void> {
  if (how === 'postmaster') {
    kill([await postmasterOf(postgres)])
    return
  }
  // While it is coming up it tells nobody what it runs.
  const processes = () => processesOf(db).catch(() => null)
  if (how === 'one backend') {
    const serving = async () => (await processes())?.find(({ isServing }) => isServing) ?? null
    kill([await until(serving, 'a backend that serves the server', RECOVERY_MS)])
  } else {
    const others = await until(processes, 'PostgreSQL', RECOVERY_MS)
    kill([await postmasterOf(postgres), ...others])
  }
}

async function postmasterOf({ pid }: Started): Promise<{ pid: number }> {
  return { pid: await until(() => pid() ?? null, 'the postmaster') }
}

/** All but the postmaster; of those that serve our server the ones at work come first. */
function processesOf(db: Database): Promise<{ pid: number; isServing: boolean }[]> {
  return db.$queryRaw`
    SELECT pid, application_name = 'visavis server' AS "isServing" FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() ORDER BY state IS NOT DISTINCT FROM 'idle', pid`
}

function kill(processes: readonly { readonly pid: number }[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Gone by itself in the meantime.
    }
  }
}
