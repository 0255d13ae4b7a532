export { startMonitoring } from './monitoring.ts'
