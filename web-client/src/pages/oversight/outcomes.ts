import type { Outcome } from '@visavis/contract/visit'

/** Held against the contract by its type, since the contract's module would bring zod into the page. */
const NAMED: Readonly<Record<Outcome, true>> = {
  COMPLETED: true,
  VISITOR_EARLY: true,
  INMATE_EARLY: true,
  STAFF_TERMINATED: true,
  NO_SHOW_VISITOR: true,
  NO_SHOW_INMATE: true,
  INMATE_REFUSED: true,
  VISITOR_DENIED: true,
  FAILED_TECH_VISITOR: true,
  FAILED_TECH_FACILITY: true,
  FAILED_TECH_PLATFORM: true,
  FACILITY_CANCELLED: true,
}

/** Every outcome of a visit. */
export const OUTCOMES_LIST = Object.keys(NAMED) as readonly Outcome[]
