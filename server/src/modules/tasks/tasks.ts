import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { tasksRepo } from './tasks.repo.ts'
import type { TaskRow } from './tasks.repo.ts'

/** A task as its cause describes it. */
export type NewTask = Pick<TaskRow, 'facilityId' | 'kind' | 'dueAt'> &
  Partial<
    Pick<TaskRow, 'visitId' | 'visitorId' | 'inmateId' | 'terminalId' | 'subjectId' | 'suggestion'>
  >

/** Which open task was decided elsewhere. */
export type ClosedTask = {
  readonly kind: TaskRow['kind']
  readonly subjectId?: string
  readonly visitId?: string
  /** The account that decided; null: the system. */
  readonly doneBy: string | null
  readonly resolution: string
}

/** The staff's inbox, as other modules fill it. */
export type Tasks = {
  /** Opens a task in the transaction of its cause; one open task a facility, kind and subject or visit. Its id. */
  readonly open: (tx: Tx, task: NewTask) => Promise<string>
  /** Closes this one, if it is still open; by the system. */
  readonly closeOne: (tx: Tx, taskId: string, resolution: string) => Promise<void>
  /** Closes what is open of that kind about that subject or visit. */
  readonly close: (tx: Tx, which: ClosedTask) => Promise<void>
}

/** The part of the module that others use. */
export function createTasks({ clock }: { clock: Clock }): Tasks {
  return {
    open: async (tx, task) => {
      const open = await tasksRepo.openOf(tx, task)
      if (open !== null) return open
      const taskId = newId()
      await tasksRepo.add(tx, { taskId, createdAt: clock.now(), ...task })
      return taskId
    },
    closeOne: (tx, taskId, resolution) =>
      tasksRepo.closeOne(tx, taskId, {
        state: 'DONE',
        doneBy: null,
        resolution,
        doneAt: clock.now(),
      }),
    close: (tx, { doneBy, resolution, ...which }) =>
      tasksRepo.close(tx, which, { state: 'DONE', doneBy, resolution, doneAt: clock.now() }),
  }
}
