export { createTasks } from './tasks.ts'
export type { ClosedTask, NewTask, Tasks } from './tasks.ts'
export { tasksRepo } from './tasks.repo.ts'
export type { TaskEnd, TaskRow } from './tasks.repo.ts'
