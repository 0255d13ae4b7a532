import type { Database } from '@visavis/prisma'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { Eligibility } from './eligibility-api.ts'
import { recheckRepo } from './recheck.repo.ts'
import type { RecheckedVisit } from './recheck.repo.ts'

type RecheckDeps = Pick<Eligibility, 'assess'> & {
  readonly db: Database
  readonly transact: Transact
  readonly audit: Audit
  readonly tasks: Tasks
}

const DAY_MS = 86_400_000
const ACTION = 'visit.recheck'

/**
 * EL-4, T−24 h: looks again at every booked visit of the next 24 hours, each once, whoever runs it and
 * however often. A visit that may no longer be gets a task; a person decides. Resolves with their number.
 */
export async function recheckVisits(now: Date, deps: RecheckDeps): Promise<number> {
  const until = new Date(now.getTime() + DAY_MS)
  const visitIds = await recheckRepo.due(deps.db, { now, until, action: ACTION })
  let rechecked = 0
  // One after the other: each holds its facility's log until it is committed.
  for (const visitId of visitIds) {
    if (await deps.transact((tx) => recheckOne(tx, visitId, deps))) rechecked += 1
  }
  return rechecked
}

async function recheckOne(tx: Tx, visitId: string, deps: RecheckDeps): Promise<boolean> {
  const visit = await recheckRepo.lockBooked(tx, visitId)
  // Cancelled, or done by a twin of this job, since the list was made.
  if (visit === null || (await recheckRepo.isDone(tx, { visitId, action: ACTION }))) return false
  const { facilityId, inmateId } = visit
  const { staffReport } = await deps.assess(tx, {
    ...visit,
    at: 'RECHECK',
    bookedByStaff: true,
  })
  const isEligible = staffReport.verdict !== 'MAY_NOT'
  if (!isEligible) await openTask(tx, visit, deps)
  await deps.audit.append(tx, {
    facilityId,
    actor: { type: 'system', actorId: 'eligibility.recheck' },
    action: ACTION,
    object: { type: 'visit', objectId: visitId, visitId },
    outcome: isEligible ? 'allow' : 'deny',
    detail: { inmateId, verdict: staffReport.verdict },
  })
  return true
}

/** Due by the start: until then a person must have decided. */
async function openTask(tx: Tx, visit: RecheckedVisit, { tasks }: RecheckDeps): Promise<void> {
  const { facilityId, visitId, inmateId, startsAt } = visit
  await tasks.open(tx, {
    facilityId,
    kind: 'RESTRICTION_HITS_VISIT',
    visitId,
    inmateId,
    dueAt: startsAt,
    suggestion: 'REVIEW',
  })
}
