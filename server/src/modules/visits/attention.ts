import type { ATTENTION_REASONS } from '@visavis/contract/visit'
import { isCallingHelp } from './help-rules.ts'
import { isUnderWay } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'

/** Why a visit wants an officer's eye. */
export type AttentionReason = (typeof ATTENTION_REASONS)[number]

/** A visit that starts this soon belongs to the top of the wall. */
const STARTING_WITHIN_MS = 5 * 60_000

/** The most urgent reason to look at a visit (OV-4), or null. */
export function attentionOf(visit: VisitRecord, now: Date): AttentionReason | null {
  const { state } = visit.session
  if (state === 'ENDED') return null
  if (visit.seats.some(isCallingHelp)) return 'HELP_CALLED'
  if (visit.seats.some((seat) => seat.state === 'WAITING' || seat.state === 'CHECKING')) {
    return 'ID_PENDING'
  }
  if (hasTrouble(visit)) return 'CONNECTION_TROUBLE'
  if (state === 'PAUSED') return 'PAUSED'
  const startsInMs = visit.startsAt.getTime() - now.getTime()
  return !isUnderWay(state) && startsInMs <= STARTING_WITHIN_MS ? 'STARTING' : null
}

function hasTrouble(visit: VisitRecord): boolean {
  if (visit.session.state === 'RECONNECTING') return true
  return visit.seats.some((seat) => seat.state === 'DISCONNECTED')
}
