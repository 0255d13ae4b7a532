export { createLiveRecordings } from './live-recordings.ts'
export type { LiveRecordings } from './live-recordings.ts'
