import type {
  LookAgainReason,
  RemovalReason,
  SeatRefusalReason,
  TerminationReason,
} from '@visavis/call'

/** The contract's reasons in the order of the dialogs; objects, so that the compiler misses none. */
const REFUSALS: Readonly<Record<SeatRefusalReason, true>> = {
  NOT_THE_PERSON: true,
  NO_DOCUMENT: true,
  CONDUCT: true,
  OTHER: true,
}
const LOOKS: Readonly<Record<LookAgainReason, true>> = {
  FACE_NOT_VISIBLE: true,
  SHOW_DOCUMENT: true,
  ONE_BY_ONE: true,
  OTHER: true,
}
const REMOVALS: Readonly<Record<RemovalReason, true>> = {
  CONDUCT: true,
  LEFT_PICTURE: true,
  OTHER: true,
}
const TERMINATIONS: Readonly<Record<TerminationReason, true>> = {
  CONDUCT: true,
  SECURITY: true,
  UNADMITTED_PERSON: true,
  OTHER: true,
}

export const REFUSAL_REASON_LIST = Object.keys(REFUSALS) as readonly SeatRefusalReason[]
export const LOOK_AGAIN_REASON_LIST = Object.keys(LOOKS) as readonly LookAgainReason[]
export const REMOVAL_REASON_LIST = Object.keys(REMOVALS) as readonly RemovalReason[]
export const TERMINATION_REASON_LIST = Object.keys(TERMINATIONS) as readonly TerminationReason[]
