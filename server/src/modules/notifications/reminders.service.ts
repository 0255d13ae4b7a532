import type { Clock } from '@visavis/platform/clock'
import type { Transact } from '../../platform/transact.ts'
import type { Notices } from './notices.ts'
import { REMINDERS, isWanted, reminderReason, startsDue } from './reminder-rules.ts'
import type { Reminder } from './reminder-rules.ts'
import type { ComingVisit, RemindersRepo } from './reminders.repo.ts'

type Deps = {
  readonly repo: RemindersRepo
  readonly transact: Transact
  readonly clock: Clock
  readonly notices: Notices
}

/**
 * The job of every minute: queues each reminder that is due and not queued yet; resolves with how many
 * visits that were. It looks at the bookings as they are, so a moved visit needs no care anywhere else.
 */
export async function queueReminders(deps: Deps): Promise<number> {
  let count = 0
  for (const reminder of REMINDERS) {
    for (const visit of await dueFor(reminder, deps)) {
      count += (await remind(reminder, visit, deps)) ? 1 : 0
    }
  }
  return count
}

async function dueFor(reminder: Reminder, { repo, clock }: Deps): Promise<ComingVisit[]> {
  const { kind } = reminder
  const coming = await repo.startingIn({ kind, ...startsDue(reminder, clock.now()) })
  return coming.filter((visit) => isWanted(reminder, visit))
}

async function remind(
  reminder: Reminder,
  visit: ComingVisit,
  { repo, transact, notices }: Deps,
): Promise<boolean> {
  const { visitId } = visit
  const dedupe = reminderReason(visit)
  return transact(async (tx) => {
    if (!(await repo.stillStands(tx, visit))) return false
    await notices.tellParties(tx, { visitId, kind: reminder.kind, dedupe })
    return true
  })
}
