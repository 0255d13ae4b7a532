import type { Database, Prisma } from '@visavis/prisma'
import type { TaskRow } from '../tasks/index.ts'

/** A page of a facility's tasks, by urgency. */
export type TaskPage = {
  readonly facilityId: string
  readonly state: TaskRow['state']
  readonly kind?: TaskRow['kind'] | undefined
  readonly after: { readonly dueAt: Date; readonly taskId: string } | null
  readonly take: number
}

/** Flags are for whoever reviews recordings, and in a list of their own (OV-6). */
const OF_THE_OFFICE = { not: 'FLAG_REVIEW' } as const

const VISIT = { select: { visitId: true, startsAt: true, endsAt: true } } as const

/** A task with its visit; people are named by a second look-up, since a task outlives a relation. */
export type ListedTask = Prisma.TaskGetPayload<{ include: { visit: typeof VISIT } }>

/** What the staff read of their inbox. */
export type TaskReads = ReturnType<typeof createTaskReads>

export function createTaskReads(db: Database) {
  return {
    one: (taskId: string): Promise<ListedTask | null> =>
      db.task.findUnique({ where: { taskId }, include: { visit: VISIT } }),
    page: ({ facilityId, state, kind, after, take }: TaskPage): Promise<ListedTask[]> =>
      db.task.findMany({
        where: {
          facilityId,
          state,
          kind: kind ?? OF_THE_OFFICE,
          ...(after === null ? {} : { OR: followers(after) }),
        },
        orderBy: [{ dueAt: 'asc' }, { taskId: 'asc' }],
        take,
        include: { visit: VISIT },
      }),
    counts: (facilityId: string) =>
      db.task.groupBy({
        by: ['kind'],
        where: { facilityId, state: 'OPEN', kind: OF_THE_OFFICE },
        _count: { taskId: true },
      }),
    lateCounts: (facilityId: string, now: Date) =>
      db.task.groupBy({
        by: ['kind'],
        where: { facilityId, state: 'OPEN', kind: OF_THE_OFFICE, dueAt: { lt: now } },
        _count: { taskId: true },
      }),
    ...peopleReads(db),
  }
}

/** Who a task is about, and whom a visit brings together. */
function peopleReads(db: Database) {
  return {
    terminals: (terminalIds: string[]) =>
      db.terminal.findMany({
        where: { terminalId: { in: terminalIds } },
        select: { terminalId: true, name: true },
      }),
    visitors: (visitorIds: string[]) =>
      db.visitor.findMany({
        where: { visitorId: { in: visitorIds } },
        select: { visitorId: true, givenName: true, familyName: true },
      }),
    inmates: (inmateIds: string[]) =>
      db.inmate.findMany({
        where: { inmateId: { in: inmateIds } },
        select: { inmateId: true, givenName: true, familyName: true, inmateNumber: true },
      }),
    /** The people of a visit and where they sit, to find them another place. */
    partyOf: (visitId: string) =>
      db.visit.findUnique({
        where: { visitId },
        select: {
          startsAt: true,
          slotId: true,
          bookingState: true,
          visitClass: true,
          inmateId: true,
          place: true,
          linkCentreRoom: { select: { linkCentreId: true } },
          seats: { where: { party: 'VISITOR' }, select: { visitorId: true } },
        },
      }),
  }
}

function followers({ dueAt, taskId }: { dueAt: Date; taskId: string }): Prisma.TaskWhereInput[] {
  return [{ dueAt: { gt: dueAt } }, { dueAt, taskId: { gt: taskId } }]
}
