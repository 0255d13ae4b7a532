import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PgBoss } from 'pg-boss'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '@visavis/platform/log'
import { createTestDatabase } from '@visavis/prisma/test-database'
import type { TestDatabase } from '@visavis/prisma/test-database'
import { createJobs } from '../../../server/src/platform/jobs.ts'
import { JOB_NAMES } from '../../../server/src/platform/job-queues.ts'
import type { Jobs } from '../../../server/src/platform/jobs.ts'
import { createCleanUp } from '../../support/clean-up.ts'
import { freePorts } from '../../support/ports.ts'
import { until } from '../../support/until.ts'

const WORKER = fileURLToPath(new URL('support/hanging-worker.ts', import.meta.url))
const cleanUp = createCleanUp()
let test: TestDatabase

beforeEach(async () => {
  test = cleanUp.later(await createTestDatabase(), (made) => made.drop())
})
afterEach(() => cleanUp.run())

type Seen = { readonly jobs: Jobs; readonly done: unknown[] }

/** Jobs of one server, which notes what it does. */
function aServer(databaseUrl = test.url): Seen {
  const done: unknown[] = []
  const jobs = createJobs({ databaseUrl, log: createLogger('test', 'silent') })
  jobs.handle('notice.send', async (data) => void done.push(data))
  return { jobs: cleanUp.later(jobs, (made) => made.stop()), done }
}

/** How often each state of a queue's jobs is met. */
async function states(name = 'notice.send'): Promise<Record<string, number>> {
  const rows = await test.db.$queryRaw<{ state: string; jobs: bigint }[]>`
    SELECT state::text, count(*) AS jobs FROM pgboss.job WHERE name = ${name} GROUP BY state`
  return Object.fromEntries(rows.map(({ state, jobs }) => [state, Number(jobs)]))
}

const isDone = async (): Promise<true | null> => ((await states())['completed'] ? true : null)

describe('a job in the transaction of its cause', () => {
  it('never runs when that is undone, and once when it commits', async () => {
    const { jobs, done } = aServer()
    await jobs.start('run')
    const undone = test.db.$transaction(async (tx) => {
      await jobs.send(tx, 'notice.send', { of: 'undone' })
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    await test.db.$transaction((tx) => jobs.send(tx, 'notice.send', { of: 'committed' }))
    await until(isDone, 'the job')
    expect(done).toEqual([{ of: 'committed' }])
    expect(await states()).toEqual({ completed: 1 })
  })

  it('is put down once while one with the same key waits', async () => {
    const { jobs } = aServer()
    await jobs.start('send-only')
    for (const key of ['one', 'one', 'other', undefined, undefined]) {
      const options = key === undefined ? {} : { singletonKey: key }
      await test.db.$transaction((tx) => jobs.send(tx, 'notice.send', {}, options))
    }
    expect(await states()).toEqual({ created: 4 })
  })

  it('waits for its time', async () => {
    const { jobs, done } = aServer()
    await jobs.start('run')
    const startAfter = new Date(Date.now() + 3_600_000)
    await jobs.send(test.db, 'notice.send', { of: 'later' }, { startAfter })
    await jobs.send(test.db, 'notice.send', { of: 'now' })
    await until(isDone, 'the job')
    expect(done).toEqual([{ of: 'now' }])
    expect(await states()).toEqual({ completed: 1, created: 1 })
  })

  it('is put down by the last requests of a server that is stopping, too', async () => {
    const { jobs } = aServer()
    await jobs.start('run')
    await jobs.send(test.db, 'notice.send', { of: 'before' })
    await until(isDone, 'the job')
    await jobs.stop()
    await jobs.send(test.db, 'notice.send', { of: 'afterwards' })
    expect(await states()).toEqual({ completed: 1, created: 1 })
  })

  it('cannot be put down where nobody would find it', async () => {
    const { jobs } = aServer()
    await expect(jobs.send(test.db, 'notice.send', {})).rejects.toThrow('started')
  })
})

describe('servers', () => {
  it('may start at once on a new database, and again', async () => {
    const servers = [aServer(), aServer(), aServer()]
    await Promise.all(servers.map(({ jobs }) => jobs.start('send-only')))
    const again = aServer().jobs
    await again.start('send-only')
    const rows = await test.db.$queryRaw<{ name: string }[]>`SELECT name FROM pgboss.queue`
    const names = rows.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining([...JOB_NAMES]))
  })

  it('share the work: of one clock’s jobs one waits, whoever keeps the clock', async () => {
    const { jobs } = aServer()
    jobs.every('keys.purge', '0 4 * * *')
    await jobs.start('run')
    const schedules = await test.db.$queryRaw`SELECT name, cron, timezone FROM pgboss.schedule`
    expect(schedules).toEqual([{ name: 'keys.purge', cron: '0 4 * * *', timezone: 'UTC' }])
  })

  it('try a job again that failed, and keep nothing of what was said in the failure', async () => {
    const jobs = createJobs({ databaseUrl: test.url, log: createLogger('test', 'silent') })
    cleanUp.later(jobs, (made) => made.stop())
    jobs.handle('notice.send', async () => {
      throw new Error('no such user olga@example.org')
    })
    await jobs.start('run')
    await jobs.send(test.db, 'notice.send', {})
    await until(async () => ((await states())['retry'] ? true : null), 'the failure')
    const kept = await test.db.$queryRaw`SELECT output::text FROM pgboss.job WHERE state = 'retry'`
    expect(JSON.stringify(kept)).not.toContain('olga')
  })

  it('take over what a killed one has taken', async () => {
    const { jobs, done } = aServer()
    await jobs.start('send-only')
    await jobs.send(test.db, 'notice.send', { of: 'the dead' })
    const worker = spawn(process.execPath, [WORKER, test.url], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    cleanUp.later(worker, async (made) => made.kill('SIGKILL'))
    await once(worker.stdout, 'data')
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    expect(await states()).toEqual({ active: 1 })
    await passHeartbeats()
    expect(await states()).toEqual({ retry: 1 })
    const next = aServer()
    await next.jobs.start('run')
    await until(isDone, 'the job')
    expect(next.done).toEqual([{ of: 'the dead' }])
    expect(done).toEqual([])
  })
})

/** As if the heartbeat's time had passed, with the look that servers then take by themselves. */
async function passHeartbeats(): Promise<void> {
  await test.db.$executeRaw`UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour'`
  const boss = new PgBoss({ connectionString: test.url, supervise: false, schedule: false })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.supervise('notice.send')
  await boss.stop()
  await test.db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`
}

/** A PostgreSQL of this test's own, which its supervisor starts anew when it dies. */
async function aPostgres(): Promise<{ url: string; pid: () => Promise<number> }> {
  const module = new URL('../../../scripts/lib/test-database.mjs', import.meta.url)
  const { startTestPostgres } = (await import(module.href)) as {
    startTestPostgres: (options: {
      port: number
    }) => Promise<{ url: string; stop: () => Promise<void> }>
  }
  const { url } = cleanUp.later(await startTestPostgres({ port: await freePorts(1) }), (made) =>
    made.stop(),
  )
  const pid = async (): Promise<number> => {
    const [where] = await test.db.$queryRaw<{ folder: string }[]>`
      SELECT setting AS folder FROM pg_settings WHERE name = 'data_directory'`
    const lines = (await readFile(join(where?.folder ?? '', 'postmaster.pid'), 'utf8')).split('\n')
    return Number(lines[0])
  }
  return { url, pid }
}

async function startOf(): Promise<string | undefined> {
  const rows = await test.db.$queryRaw<{ startedAt: string }[]>`
    SELECT pg_postmaster_start_time()::text AS "startedAt"`
  return rows[0]?.startedAt
}

describe('PostgreSQL', () => {
  it('may die and come back: servers go on by themselves', async () => {
    const postgres = await aPostgres()
    test = await createTestDatabase(postgres.url)
    cleanUp.later(test, (made) => made.drop())
    const { jobs, done } = aServer()
    await jobs.start('run')
    // A throw-away PostgreSQL forgets its last moments in a crash; this is not about them.
    await test.db.$executeRaw`CHECKPOINT`
    const before = await startOf()
    process.kill(await postgres.pid(), 'SIGKILL')
    // What the dying one still takes may be lost with it: it does not wait for its disk either.
    const isAnother = async () => ((await startOf()) === before ? null : true)
    await until(() => isAnother().catch(() => null), 'another PostgreSQL')
    await jobs.send(test.db, 'notice.send', { of: 'afterwards' })
    await until(() => (done.length > 0 ? true : null), 'the job')
    expect(done).toEqual([{ of: 'afterwards' }])
  })
})
