import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { Jobs } from './jobs.ts'

/** How long an answer is kept for whoever asks again with the same key (BK-5); nobody tries for a week. */
const KEPT_MS = 7 * 86_400_000
const EVERY_HOUR = '23 * * * *'

/** The job that forgets old idempotency keys. */
export function addKeyPurge({ db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs }): void {
  jobs.handle('keys.purge', async () => {
    const createdAt = { lt: new Date(clock.now().getTime() - KEPT_MS) }
    await db.idempotencyKey.deleteMany({ where: { createdAt } })
  })
  jobs.every('keys.purge', EVERY_HOUR)
}
