export { startMonitoring } from './monitoring.ts'
export type { Monitoring } from './monitoring.ts'
export { bindStills } from './stills.routes.ts'
export type { StillSource } from './stills.routes.ts'
