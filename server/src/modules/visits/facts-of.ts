import type { RoomFacts } from '@visavis/contract/media-graph'
import type { VisitRecord } from './visit-record.ts'

/** The part of a room's facts that the visit decides; observers and the grant come from elsewhere. */
export type VisitFacts = Omit<RoomFacts, 'observers' | 'hasRecordingGrant'>

/** What the media graph needs to know of a visit. */
export function factsOf(visit: VisitRecord): VisitFacts {
  return {
    visitClass: visit.visitClass,
    policy: visit.policy,
    state: visit.session.state,
    seats: visit.seats.map(({ seatId, party, state }) => ({ seatId, party, state })),
  }
}
