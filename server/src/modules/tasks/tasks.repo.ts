import type { Prisma, Task, Tx } from '@visavis/prisma'

export type TaskRow = Task
type About = Pick<TaskRow, 'kind'> & { subjectId?: string | null; visitId?: string | null }

/** Rows of the staff's inbox; all inside the caller's transaction. */
export const tasksRepo = {
  openOf: async (tx: Tx, about: About): Promise<string | null> => {
    const found = await tx.task.findFirst({ where: openWhere(about), select: { taskId: true } })
    return found?.taskId ?? null
  },
  add: async (tx: Tx, task: Prisma.TaskUncheckedCreateInput): Promise<void> => {
    await tx.task.create({ data: task, select: { taskId: true } })
  },
  close: async (
    tx: Tx,
    about: About,
    end: { doneBy: string | null; resolution: string; doneAt: Date },
  ): Promise<void> => {
    const data = { ...end, state: 'DONE' as const, version: { increment: 1 } }
    await tx.task.updateMany({ where: openWhere(about), data })
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
