import { PgBoss, fromPrisma } from 'pg-boss'
import type { Job, JobResult } from 'pg-boss'
import { Fault, panic } from '@visavis/contract/errors'
import type { Logger } from '@visavis/platform/log'
import { newId } from './ids.ts'
import { keepQueues, pollSecondsOf } from './job-queues.ts'
import type { JobName } from './job-queues.ts'
import type { Tx } from './transact.ts'
import { whatFailed } from './what-failed.ts'

export type { JobName }

/** When a job may begin, and what it must not be put down beside. */
export type SendOptions = { readonly startAfter?: Date; readonly singletonKey?: string }

/** Work that is not done in the request: in PostgreSQL with pg-boss, and in the act's own transaction. */
export type Jobs = {
  /**
   * Puts a job down in the transaction of its cause: undone with it, done at least once after it. Nothing
   * is added while one with the same `singletonKey` waits. Two transactions with one key wait for each
   * other, so a key is made of what both lock anyway. `startAfter` is compared with the database's clock.
   */
  // eslint-disable-next-line max-params -- whose transaction, which job, about what, and how.
  readonly send: (tx: Tx, name: JobName, data: object, options?: SendOptions) => Promise<void>
  /** Says how a job is done; before `start`. Safe to run twice; throwing means: again, later. */
  readonly handle: (name: JobName, work: (data: never) => Promise<void>) => void
  /** Runs a job by the clock (cron, UTC, to the minute); before `start`. */
  readonly every: (name: JobName, cron: string) => void
  /** Runs a job's work here and now, for tests and for set-up. */
  readonly runNow: (name: JobName, data?: object) => Promise<void>
  /** `send-only` puts jobs down and leaves them to other servers. */
  readonly start: (mode: 'run' | 'send-only') => Promise<void>
  /** Ends after the work that runs; what takes too long runs again elsewhere. Idempotent. */
  readonly stop: () => Promise<void>
}

type Work = (data: never) => Promise<void>
type Given = { readonly databaseUrl: string; readonly log: Logger }

/** One connection to look for work and one to say how it went; requests have a pool of their own. */
const POOL_SIZE = 2
/** Jobs taken at once; they are done one after the other. */
const BATCH_SIZE = 10
/** Longer than a mail server may take to answer. */
const STOP_TIMEOUT_MS = 20_000
/** The key of the one waiting job that the clock has put down. */
const BY_THE_CLOCK = 'clock'

/** Jobs in the database at `databaseUrl`, in a schema of their own that the first start makes. */
export function createJobs({ databaseUrl, log }: Given): Jobs {
  const works = new Map<JobName, Work>()
  const crons = new Map<JobName, string>()
  let boss: PgBoss | null = null
  const workOf = (name: JobName): Work => works.get(name) ?? panic(`nobody handles ${name}`)
  return {
    // eslint-disable-next-line max-params -- as its type says.
    send: async (tx, name, data, { startAfter, singletonKey = newId() } = {}) => {
      const when = startAfter === undefined ? {} : { startAfter }
      if (boss === null) panic(`${name} is sent before the jobs are started`)
      await boss.send(name, data, { singletonKey, ...when, db: fromPrisma(tx) })
    },
    handle: (name, work) => {
      if (works.has(name)) panic(`${name} is handled twice`)
      works.set(name, work)
    },
    every: (name, cron) => void crons.set(name, cron),
    runNow: (name, data = {}) => workOf(name)(data as never),
    start: async (mode) => {
      boss = createBoss(databaseUrl, { mode, log })
      await boss.start()
      await keepQueues(boss)
      if (mode === 'run') await run(boss, { works, crons, log })
    },
    // Requests that are still under way put their jobs down all the same: that takes their transaction only.
    stop: async () => boss?.stop({ graceful: true, timeout: STOP_TIMEOUT_MS }),
  }
}

type Running = { readonly mode: 'run' | 'send-only'; readonly log: Logger }

function createBoss(connectionString: string, { mode, log }: Running): PgBoss {
  const isRunning = mode === 'run'
  const boss = new PgBoss({
    connectionString,
    application_name: 'visavis jobs',
    max: POOL_SIZE,
    supervise: isRunning,
    schedule: isRunning,
  })
  // Without a listener a lost connection would end the process; the next look for work makes a new one.
  boss.on('error', (error) => log.warn(whatFailed(error), 'jobs: the database did not answer'))
  boss.on('warning', ({ message }) => log.warn({ warning: message }, 'jobs: warning'))
  return boss
}

type Plan = {
  readonly works: ReadonlyMap<JobName, Work>
  readonly crons: ReadonlyMap<JobName, string>
  readonly log: Logger
}

async function run(boss: PgBoss, { works, crons, log }: Plan): Promise<void> {
  for (const { name } of await boss.getSchedules()) {
    if (!crons.has(name as JobName)) await boss.unschedule(name)
  }
  for (const [name, cron] of crons) {
    await boss.schedule(name, cron, {}, { tz: 'UTC', singletonKey: BY_THE_CLOCK })
  }
  for (const [name, work] of works) {
    const doOne = (job: Job): Promise<JobResult> => resultOf(job, { work, log })
    const pace = { pollingIntervalSeconds: pollSecondsOf(name), batchSize: BATCH_SIZE }
    await boss.work(name, { ...pace, perJobResults: true }, async (jobs: Job[]) => {
      const results: JobResult[] = []
      for (const job of jobs) results.push(await doOne(job))
      return results
    })
  }
}

/** One job's end. What is stored and logged of a failure repeats nothing of what the job was about. */
async function resultOf(job: Job, { work, log }: { work: Work; log: Logger }): Promise<JobResult> {
  const { id, name, data } = job
  try {
    await work(data as never)
    return { id, status: 'completed' }
  } catch (error) {
    const failure = whatFailed(error)
    log.error({ job: name, jobId: id, ...failure }, 'job failed; it is tried again')
    return { id, status: 'failed', output: new Fault(`${name}: ${failure.kind}`) }
  }
}
