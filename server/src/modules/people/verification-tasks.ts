import type { Tx } from '../../platform/transact.ts'
import type { PeopleKit } from './people-kit.ts'
import { profileRepo } from './profile.repo.ts'
import type { ProfileRow } from './profile.repo.ts'
import { reachRepo } from './reach.repo.ts'

/** When a desk of the facility is to have answered somebody who asks now (its service level). */
export async function dueAtOf(
  tx: Tx,
  { policy, clock }: Pick<PeopleKit, 'policy' | 'clock'>,
  facilityId: string,
): Promise<Date> {
  const rules = await policy.ofFacility(tx, facilityId)
  return new Date(clock.now().getTime() + rules.policy.approvalMs)
}

type VerificationTask = 'VERIFY_VISITOR' | 'VERIFY_PROFESSIONAL'

/**
 * Puts what waits for verification about the visitor into the inbox of each facility that the visitor
 * has to do with; a visitor nobody knows yet waits for the first request.
 */
export async function openVerificationTasks(
  tx: Tx,
  kit: PeopleKit,
  visitorId: string,
): Promise<void> {
  const profile = await profileRepo.profile(tx, visitorId)
  const kinds = profile === null ? [] : waitingKinds(profile)
  if (kinds.length === 0) return
  for (const facilityId of await reachRepo.facilitiesOf(tx, visitorId)) {
    const dueAt = await dueAtOf(tx, kit, facilityId)
    for (const kind of kinds) {
      await kit.tasks.open(tx, { facilityId, kind, dueAt, visitorId, subjectId: visitorId })
    }
  }
}

function waitingKinds({ verification, corrections, professional }: ProfileRow): VerificationTask[] {
  const isAsked = verification === 'SUBMITTED' || corrections.length > 0
  return [
    ...(isAsked ? (['VERIFY_VISITOR'] as const) : []),
    ...(professional?.state === 'SUBMITTED' ? (['VERIFY_PROFESSIONAL'] as const) : []),
  ]
}
