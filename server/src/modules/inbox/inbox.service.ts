import { Refusal } from '@visavis/contract/errors'
import { Suggestion } from '@visavis/contract/http'
import type { TaskView } from '@visavis/contract/http'
import type { z } from 'zod'
import { cursorOf, readCursor } from '../../platform/cursor.ts'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Once } from '../../platform/once.ts'
import { auditActorOf, requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { fullNameOf } from '@visavis/contract/person-names'
import { tasksRepo } from '../tasks/index.ts'
import type { TaskRow } from '../tasks/index.ts'
import type { ListedTask, TaskReads } from './inbox.repo.ts'

type Deps = Pick<ModuleGround, 'clock' | 'audit'> & { readonly reads: TaskReads }
type TaskViewInput = z.input<typeof TaskView>

/** What a list of tasks is asked for. */
export type TaskQuery = {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly kind?: TaskRow['kind'] | undefined
  readonly state: TaskRow['state']
}
export type Settlement = {
  readonly taskId: string
  readonly state: 'DONE' | 'DISMISSED'
  readonly resolution: string
  readonly version: number
}

/** Use cases of the visits staff's inbox. */
export type InboxService = ReturnType<typeof createInboxService>

export function createInboxService(deps: Deps) {
  const { reads } = deps
  return {
    list: async (actor: AccountActor, query: TaskQuery) => {
      const facilityId = facilityOf(actor)
      const rows = await reads.page({
        ...query,
        facilityId,
        after: query.cursor === undefined ? null : afterOf(query.cursor),
        take: query.limit + 1,
      })
      const shown = rows.slice(0, query.limit)
      const last = rows.length > query.limit ? shown.at(-1) : undefined
      return {
        items: await viewsOf(shown, deps),
        nextCursor: last ? cursorOf([last.dueAt.toISOString(), last.taskId]) : null,
        counts: await countsOf(facilityId, deps),
      }
    },
    settle: async (actor: AccountActor, asked: Settlement & { once: Once; requestId: string }) => {
      const task = await ownTask(actor, asked.taskId, reads)
      return asked.once(async (tx) => {
        const end = { ...asked, doneBy: actor.accountId, doneAt: deps.clock.now() }
        if (!(await tasksRepo.settle(tx, asked, taskEnd(end)))) {
          throw new Refusal(task.state === 'OPEN' ? 'VERSION_CHANGED' : 'ALREADY_DECIDED')
        }
        const settled = { ...task, ...taskEnd(end), version: task.version + 1 }
        const [view] = await viewsOf([settled], deps)
        await deps.audit.append(tx, {
          facilityId: task.facilityId,
          actor: auditActorOf(actor),
          action: 'task.settle',
          object: { type: 'task', objectId: task.taskId },
          outcome: 'allow',
          requestId: asked.requestId,
          detail: { kind: task.kind, state: asked.state },
        })
        return view as TaskViewInput
      })
    },
    /** The people of the visit that a task is about; `NOT_FOUND` for a task without one. */
    party: async (actor: AccountActor, taskId: string) => {
      const task = await ownTask(actor, taskId, reads)
      const party = task.visitId === null ? null : await reads.partyOf(task.visitId)
      if (!party) throw new Refusal('NOT_FOUND')
      return party
    },
  }
}

function taskEnd(end: Settlement & { doneBy: string; doneAt: Date }) {
  const { state, resolution, doneBy, doneAt } = end
  return { state, resolution, doneBy, doneAt }
}

function facilityOf(actor: AccountActor): string {
  if (actor.facilityId === null) throw new Refusal('FORBIDDEN')
  return actor.facilityId
}

async function ownTask(actor: AccountActor, taskId: string, reads: TaskReads): Promise<ListedTask> {
  const task = await reads.one(taskId)
  if (!task || task.kind === 'FLAG_REVIEW') throw new Refusal('NOT_FOUND')
  requireFacility(actor, task.facilityId)
  return task
}

function afterOf(cursor: string) {
  const [dueAt = '', taskId = ''] = readCursor(cursor, 2)
  return { dueAt: new Date(dueAt), taskId }
}

async function countsOf(facilityId: string, { reads, clock }: Deps) {
  const [open, late] = await Promise.all([
    reads.counts(facilityId),
    reads.lateCounts(facilityId, clock.now()),
  ])
  return open.map(({ kind, _count }) => ({
    kind,
    open: _count.taskId,
    late: late.find((one) => one.kind === kind)?._count.taskId ?? 0,
  }))
}

async function viewsOf(tasks: readonly ListedTask[], { reads, clock }: Deps) {
  const idsOf = (key: 'visitorId' | 'inmateId' | 'terminalId') =>
    tasks.flatMap((task) => task[key] ?? [])
  const [visitors, inmates, terminals] = await Promise.all([
    reads.visitors(idsOf('visitorId')),
    reads.inmates(idsOf('inmateId')),
    reads.terminals(idsOf('terminalId')),
  ])
  return tasks.map((task): TaskViewInput => {
    const visitor = visitors.find(({ visitorId }) => visitorId === task.visitorId)
    const inmate = inmates.find(({ inmateId }) => inmateId === task.inmateId)
    return {
      ...viewOf(task, clock.now()),
      terminal: terminals.find(({ terminalId }) => terminalId === task.terminalId) ?? null,
      visitor: visitor ? { visitorId: visitor.visitorId, name: fullNameOf(visitor) } : null,
      inmate: inmate
        ? {
            inmateId: inmate.inmateId,
            name: fullNameOf(inmate),
            inmateNumber: inmate.inmateNumber,
          }
        : null,
    }
  })
}

function viewOf(
  task: ListedTask,
  now: Date,
): Omit<TaskViewInput, 'visitor' | 'inmate' | 'terminal'> {
  const suggestion = Suggestion.safeParse(task.suggestion)
  return {
    taskId: task.taskId,
    version: task.version,
    kind: task.kind,
    state: task.state,
    suggestion: suggestion.success ? suggestion.data : null,
    dueAt: task.dueAt.toISOString(),
    createdAt: task.createdAt.toISOString(),
    isLate: task.state === 'OPEN' && task.dueAt < now,
    subjectId: task.subjectId,
    visit: task.visit && {
      visitId: task.visit.visitId,
      startsAt: task.visit.startsAt.toISOString(),
      endsAt: task.visit.endsAt.toISOString(),
    },
    resolution: task.resolution,
  }
}
