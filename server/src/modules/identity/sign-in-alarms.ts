import type { Clock } from '@visavis/platform/clock'
import type { Tx } from '../../platform/transact.ts'
import type { Tasks } from '../tasks/index.ts'
import type { AccountActor } from './actor.ts'

type Deps = { readonly tasks: Tasks; readonly clock: Clock }

/** Somebody of a facility came in by breaking the glass: its people are to look why, now. */
export async function tellGlassBroken(tx: Tx, actor: AccountActor, deps: Deps): Promise<void> {
  await openAlarm(tx, { facilityId: actor.facilityId, subjectId: actor.authSessionId }, deps)
}

/** A passkey's counter went back: there may be two of it. `passkeyId` is the subject. */
export async function tellPasskeyCopied(
  tx: Tx,
  about: { readonly facilityId: string | null; readonly passkeyId: string },
  deps: Deps,
): Promise<void> {
  await openAlarm(tx, { facilityId: about.facilityId, subjectId: about.passkeyId }, deps)
}

// Who belongs to no facility has nobody's inbox; the log has the entry all the same.
async function openAlarm(
  tx: Tx,
  { facilityId, subjectId }: { facilityId: string | null; subjectId: string },
  { tasks, clock }: Deps,
): Promise<void> {
  if (facilityId === null) return
  const task = { facilityId, subjectId, kind: 'SIGN_IN_ALARM', suggestion: 'REVIEW' } as const
  await tasks.open(tx, { ...task, dueAt: clock.now() })
}
