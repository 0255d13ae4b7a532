export { createTimeline } from './timeline.repo.ts'
export type { Timeline, TimelineNote } from './timeline.repo.ts'
