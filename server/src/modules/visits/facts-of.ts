import type { RoomFacts } from '@visavis/contract/media-graph'
import { cameraStateOf } from './camera-rules.ts'
import { speakerIdOf } from './intervention-record.ts'
import { isMuted } from './intervention-view.ts'
import type { VisitRecord } from './visit-record.ts'

/** The part of a room's facts that the visit decides; observers and the grant come from elsewhere. */
export type VisitFacts = Omit<RoomFacts, 'observers' | 'hasRecordingGrant'>

/**
 * What the media graph needs to know of a visit. Who is at another's camera has no seat in the room: a
 * device of their own, whatever it sends, reaches nobody.
 */
export function factsOf(visit: VisitRecord): VisitFacts {
  return {
    visitClass: visit.visitClass,
    policy: visit.policy,
    state: visit.session.state,
    mutedSeatIds: visit.seats.filter((seat) => isMuted(visit, seat)).map(({ seatId }) => seatId),
    speakerId: speakerIdOf(visit),
    seats: visit.seats
      .filter(({ cameraSeatId }) => cameraSeatId === null)
      .map((seat) => ({
        seatId: seat.seatId,
        party: seat.party,
        state: cameraStateOf(visit, seat),
        isInterpreter: seat.role === 'INTERPRETER',
      })),
  }
}
