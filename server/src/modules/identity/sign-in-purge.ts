import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { Jobs } from '../../platform/jobs.ts'
import { createDeviceRepo } from './device.repo.ts'
import { LONGEST_FORGOTTEN_AFTER_MS } from './limit-rules.ts'
import { limitsRepo } from './limits.repo.ts'

/** What an account's owner still recognises in the list of tries; the audit log keeps them longer. */
const TRY_KEPT_MS = 90 * 86_400_000
/** A copied cookie is known for one for as long; wrong PINs are counted for a day. */
const DEVICE_KEPT_MS = 86_400_000
const EVERY_HOUR = '37 * * * *'

/** The job that forgets counts of guesses that no limit looks at any more, and old tries to sign in. */
export function addSignInPurge({
  db,
  clock,
  jobs,
}: {
  db: Database
  clock: Clock
  jobs: Jobs
}): void {
  jobs.handle('signIns.purge', async () => {
    const nowMs = clock.now().getTime()
    await limitsRepo.removeSince(db, new Date(nowMs - LONGEST_FORGOTTEN_AFTER_MS))
    await limitsRepo.removeTries(db, new Date(nowMs - TRY_KEPT_MS))
    await createDeviceRepo(db).removeOlder(new Date(nowMs - DEVICE_KEPT_MS))
  })
  jobs.every('signIns.purge', EVERY_HOUR)
}
