export { limitsAt } from './limit-rules.ts'
export type { LimitRow } from './limit-rules.ts'
export { createPolicy } from './policy.ts'
export type { FacilityRules, Policy } from './policy.ts'
