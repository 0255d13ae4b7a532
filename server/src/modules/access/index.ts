export { FORBIDS, PERMITS, decide } from './access-rules.ts'
export type { Action, Asker, Decision, Thing } from './access-rules.ts'
export { requireAllowed } from './require-allowed.ts'
