import type { SeatRefusalReason, TerminationReason } from '@visavis/call'

/** The contract's reasons in the order of the dialogs; objects, so that the compiler misses none. */
const REFUSALS: Readonly<Record<SeatRefusalReason, true>> = {
  NOT_THE_PERSON: true,
  NO_DOCUMENT: true,
  CONDUCT: true,
  OTHER: true,
}
const TERMINATIONS: Readonly<Record<TerminationReason, true>> = {
  CONDUCT: true,
  SECURITY: true,
  UNADMITTED_PERSON: true,
  OTHER: true,
}

export const REFUSAL_REASON_LIST = Object.keys(REFUSALS) as readonly SeatRefusalReason[]
export const TERMINATION_REASON_LIST = Object.keys(TERMINATIONS) as readonly TerminationReason[]
