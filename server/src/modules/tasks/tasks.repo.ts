import type { Prisma, Task, Tx } from '@visavis/prisma'

export type TaskRow = Task
type About = Pick<TaskRow, 'kind'> & { subjectId?: string | null; visitId?: string | null }

/** How a task ended. */
export type TaskEnd = {
  readonly state: 'DONE' | 'DISMISSED'
  /** The account that ended it; null: the system. */
  readonly doneBy: string | null
  readonly resolution: string
  readonly doneAt: Date
}

/** Writes of the staff's inbox; all inside the caller's transaction. */
export const tasksRepo = {
  openOf: async (tx: Tx, about: About & { facilityId: string }): Promise<string | null> => {
    const where = { ...openWhere(about), facilityId: about.facilityId }
    const found = await tx.task.findFirst({ where, select: { taskId: true } })
    return found?.taskId ?? null
  },
  add: async (tx: Tx, task: Prisma.TaskUncheckedCreateInput): Promise<void> => {
    await tx.task.create({ data: task, select: { taskId: true } })
  },
  close: async (tx: Tx, about: About, end: TaskEnd): Promise<void> => {
    const data = { ...end, version: { increment: 1 } }
    await tx.task.updateMany({ where: openWhere(about), data })
  },
  closeOne: async (tx: Tx, taskId: string, end: TaskEnd): Promise<void> => {
    const data = { ...end, version: { increment: 1 } }
    await tx.task.updateMany({ where: { taskId, state: 'OPEN' }, data })
  },
  /** Compare and set: false when somebody else settled or changed it meanwhile. */
  settle: async (
    tx: Tx,
    { taskId, version }: { taskId: string; version: number },
    end: TaskEnd,
  ): Promise<boolean> => {
    const where = { taskId, version, state: 'OPEN' as const }
    const { count } = await tx.task.updateMany({
      where,
      data: { ...end, version: { increment: 1 } },
    })
    return count === 1
  },
}

function openWhere({ kind, subjectId = null, visitId = null }: About): Prisma.TaskWhereInput {
  return {
    kind,
    state: 'OPEN',
    ...(subjectId === null ? {} : { subjectId }),
    ...(visitId === null ? {} : { visitId }),
  }
}
