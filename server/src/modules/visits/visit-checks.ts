import { Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import type { Database, Tx } from '@visavis/prisma'
import type { Eligibility } from '../eligibility/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { Transact } from '../../platform/transact.ts'
import type { VisitRecord } from './visit-record.ts'

/** Whether the people of a visit may still meet (EL-4). */
export type VisitChecks = {
  /** The code that stands in the way now, or null. What cannot be found out stands in nobody's way here (EL-9). */
  readonly refusalOf: (visit: VisitRecord) => Promise<ErrorCode | null>
  /** Refuses a seat of a visit whose people may not meet, and asks an officer about it. */
  readonly requireMayJoin: (visit: VisitRecord) => Promise<void>
}

export function createVisitChecks(deps: {
  readonly db: Database
  readonly transact: Transact
  readonly eligibility: Eligibility
  readonly tasks: Tasks
}): VisitChecks {
  const refusalOf = async (visit: VisitRecord): Promise<ErrorCode | null> => {
    const { firstRefusal } = await deps.eligibility.assess(deps.db, {
      ...peopleOf(visit),
      visitId: visit.visitId,
      visitClass: visit.visitClass,
      place: visit.place,
      at: 'JOIN',
    })
    return firstRefusal?.code ?? null
  }
  return {
    refusalOf,
    async requireMayJoin(visit) {
      const code = await refusalOf(visit)
      if (code === null) return
      await deps.transact((tx) => askOfficer(tx, visit, deps.tasks))
      throw new Refusal(code)
    },
  }
}

async function askOfficer(tx: Tx, visit: VisitRecord, tasks: Tasks): Promise<void> {
  const { visitId, facilityId, startsAt } = visit
  const { inmateId } = peopleOf(visit)
  const task = { facilityId, visitId, inmateId, dueAt: startsAt, suggestion: 'REVIEW' }
  await tasks.open(tx, { ...task, kind: 'RESTRICTION_HITS_VISIT' })
}

function peopleOf({ seats }: VisitRecord): { inmateId: string; visitorIds: string[] } {
  return {
    inmateId: seats.flatMap(({ inmateId }) => inmateId ?? [])[0] ?? '',
    visitorIds: seats.flatMap(({ visitorId }) => visitorId ?? []),
  }
}
