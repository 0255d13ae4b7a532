export { addEligibility } from './eligibility.ts'
export type { Assessment, Eligibility, EligibilityAsk } from './eligibility-api.ts'
