export { addTasks } from './tasks.ts'
export type { NewTask, Tasks } from './tasks.ts'
