import type { Tx } from './transact.ts'

/** What is done later, or by the clock; each is safe to run twice. */
export type JobName =
  | 'notice.send'
  | 'reminders.queue'
  | 'holds.expire'
  | 'slots.fill'
  | 'waiting.offer'
  | 'rebooking.run'
  | 'quota.grant'
  | 'eligibility.recheck'
  | 'keys.purge'

/** Work that is not done in the request: in PostgreSQL with pg-boss, and in the act's own transaction. */
export type Jobs = {
  readonly send: (
    tx: Tx,
    name: JobName,
    data: object,
    options?: { readonly startAfter?: Date; readonly singletonKey?: string },
  ) => Promise<void>
  /** Says how a job is done; before `start`. */
  readonly handle: (name: JobName, work: (data: never) => Promise<void>) => void
  /** Runs a job by the clock (cron, UTC). */
  readonly every: (name: JobName, cron: string) => void
  /** Runs a job's work here and now, for tests and for set-up. */
  readonly runNow: (name: JobName, data?: object) => Promise<void>
  /** `send-only` puts jobs down and leaves them to other servers. */
  readonly start: (mode: 'run' | 'send-only') => Promise<void>
  readonly stop: () => Promise<void>
}

export function createJobs(_given: unknown): Jobs {
  const nothing = async (): Promise<void> => undefined
  return {
    send: nothing,
    handle: () => undefined,
    every: () => undefined,
    runNow: nothing,
    start: nothing,
    stop: nothing,
  }
}
