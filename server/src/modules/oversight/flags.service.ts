import { Refusal } from '@visavis/contract/errors'
import { FlagReasonShape } from '@visavis/contract/flags'
import type { FlagReview } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { z } from 'zod'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf, requireFacility, requireReach } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { lineOfTime, momentOf } from '../reviews/index.ts'
import type { FlagsRepo, ListedFlag } from './flags.repo.ts'

type Deps = { readonly repo: FlagsRepo; readonly audit: Audit; readonly clock: Clock }
type View = z.input<typeof FlagReview>
type TaskRow = Awaited<ReturnType<FlagsRepo['tasks']>>[number]

type Asked = {
  readonly state?: 'OPEN' | 'DONE' | 'DISMISSED' | undefined
  readonly visitId?: string | undefined
}
type Review = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly flagId: string
  readonly state: 'DONE' | 'DISMISSED'
  readonly resolution: string
  readonly version: number
}

/** What officers flagged, for whoever reviews recordings (OV-6). */
export type FlagsService = ReturnType<typeof createFlagsService>

export function createFlagsService({ repo, audit, clock }: Deps) {
  const viewsOf = async (tasks: readonly TaskRow[]): Promise<View[]> => {
    const flags = await repo.flagsOf(tasks.flatMap(({ subjectId }) => subjectId ?? []))
    const byId = new Map(flags.map((flag) => [flag.flagId, flag]))
    return tasks.flatMap((task) => {
      const flag = task.subjectId === null ? undefined : byId.get(task.subjectId)
      return flag && flag.withdrawnAt === null ? [viewOf(task, flag, clock.now())] : []
    })
  }
  return {
    async list(actor: AccountActor, { state, visitId }: Asked) {
      const tasks = await repo.tasks(requireReach(actor), state)
      if (visitId === undefined) return { flags: await viewsOf(tasks) }
      const ids = new Set(await repo.idsOfVisit(visitId))
      return { flags: await viewsOf(tasks.filter(({ subjectId }) => ids.has(subjectId ?? ''))) }
    },
    /** Closes the work that a flag made. */
    async review(tx: Tx, { actor, requestId, flagId, version, ...end }: Review): Promise<View> {
      const task = await repo.taskOf(tx, flagId)
      if (!task) throw new Refusal('NOT_FOUND')
      requireFacility(actor, task.facilityId)
      if (task.state !== 'OPEN') throw new Refusal('ALREADY_DECIDED')
      const settled = { ...end, doneBy: actor.accountId, doneAt: clock.now() }
      const isStored = await repo.settle(tx, { taskId: task.taskId, version }, settled)
      if (!isStored) throw new Refusal('VERSION_CHANGED')
      const [view] = await viewsOf([{ ...task, ...settled, version: version + 1 }])
      if (!view) throw new Refusal('NOT_FOUND')
      const { facilityId, visitId } = task
      await audit.append(tx, {
        ...{ facilityId, actor: auditActorOf(actor), action: 'flag.review', requestId },
        object: { type: 'flag', objectId: flagId, ...(visitId === null ? {} : { visitId }) },
        outcome: 'allow',
        detail: { state: end.state },
      })
      return view
    },
  }
}

function viewOf(task: TaskRow, flag: ListedFlag, now: Date): View {
  const { taskId, version, state, resolution } = task
  const { flagId, category, note, at, fromAt, toAt, visitId, visit } = flag
  return {
    ...{ flagId, taskId, version, state, resolution, category, note, visitId },
    reason: FlagReasonShape.nullable().parse(flag.reason),
    at: at.toISOString(),
    fromAt: fromAt?.toISOString() ?? null,
    toAt: toAt?.toISOString() ?? null,
    dueAt: task.dueAt.toISOString(),
    isLate: state === 'OPEN' && task.dueAt < now,
    startsAt: visit.startsAt.toISOString(),
    facility: visit.facility,
    terminalName: visit.terminal.name,
    recording: recordingAt(flag),
  }
}

/** The moment in the line of time of what was recorded; null: nothing was. */
function recordingAt({ at, visitId, visit }: ListedFlag): View['recording'] {
  const line = lineOfTime(visit.recordings)
  return line ? { visitId, offsetMs: momentOf(line, at) } : null
}
