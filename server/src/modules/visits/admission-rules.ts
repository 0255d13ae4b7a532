import { Refusal } from '@visavis/contract/errors'
import { nextState } from '@visavis/contract/machine'
import { SEAT_MOVES } from '@visavis/contract/seat-lifecycle'
import type { PutBackReason } from '@visavis/contract/visit'
import { cameraOf, mayGather, mayTellCompany, peopleAt } from './camera-rules.ts'
import { requireMove, requireNotEnded } from './session-rules.ts'
import type { Decide, Situation } from './session-rules.ts'
import { isLetIn, seatOf } from './visit-record.ts'
import type { SeatRecord } from './visit-record.ts'
import type { VisitStep } from './visit-step.ts'

/** An officer wants another look at somebody; until then nobody but officers sees them (LV-3). */
export function putBackSeat(seatId: string, reason: PutBackReason): Decide {
  return ({ visit }) => {
    requireMove(visit, seatId, 'putBack')
    return [{ kind: 'seat', seatId, action: 'putBack', reason }]
  }
}

/** An officer takes one visitor out for good: who was turned away has gone, or who is in may not stay. */
export function removeSeat(seatId: string, reason: string): Decide {
  return ({ visit }) => {
    const seat = requireMove(visit, seatId, 'remove')
    // The inmate is no guest: without the inmate there is no visit, and ending it is another act.
    if (seat.party === 'INMATE') throw new Refusal('SEAT_WRONG_STATE')
    return [{ kind: 'seat', seatId, action: 'remove', reason }]
  }
}

/** Somebody says, as a whole, who is at their camera (LV-3); those who come and go are checked anew. */
export function sitTogether(cameraSeatId: string, seatIds: readonly string[]): Decide {
  return (situation) => {
    const { visit } = situation
    requireNotEnded(visit)
    const camera = seatOf(visit, cameraSeatId)
    if (!camera || !mayTellCompany(visit, camera)) throw new Refusal('VISIT_WRONG_STATE')
    const here = peopleAt(visit, cameraSeatId).filter(({ seatId }) => seatId !== cameraSeatId)
    const wished = [...new Set(seatIds)].map((seatId) => {
      const seat = seatOf(visit, seatId)
      if (!seat) throw new Refusal('SEAT_NOT_FOUND')
      return seat
    })
    const coming = wished.filter((seat) => !here.includes(seat))
    const going = here.filter((seat) => !wished.includes(seat) && seat.state !== 'REFUSED')
    return [
      ...coming.flatMap((seat) => gather(situation, seat, cameraSeatId)),
      ...going.flatMap(part),
    ]
  }
}

function gather(situation: Situation, seat: SeatRecord, cameraSeatId: string): VisitStep[] {
  const { seatId } = seat
  if (!mayGather(situation, seat, cameraSeatId)) throw new Refusal('SEAT_WRONG_STATE')
  // An admission that is kept for a lost connection was for another picture.
  const forgotten: VisitStep[] =
    seat.state === 'DISCONNECTED' ? [{ kind: 'seat', seatId, action: 'expire' }] : []
  return [...forgotten, { kind: 'camera', seatId, cameraSeatId }]
}

/** Away from a shared camera; the admission was for that one. */
function part({ seatId, ...seat }: SeatRecord): VisitStep[] {
  const steps: VisitStep[] = [{ kind: 'camera', seatId, cameraSeatId: null }]
  if (seat.state === 'DISCONNECTED') return [{ kind: 'seat', seatId, action: 'expire' }, ...steps]
  return isLetIn({ seatId, ...seat }) ? [moved(seatId), ...steps] : steps
}

function moved(seatId: string): VisitStep {
  return { kind: 'seat', seatId, action: 'putBack', reason: 'MOVED' satisfies PutBackReason }
}

/**
 * What follows when a seat is taken with a device: whoever was at another's camera is at their own, and
 * whom a host let in is in the host's room or is looked at again (LV-3).
 */
export function sitDown(seatId: string, { isRoomDevice }: { isRoomDevice: boolean }): Decide {
  return ({ visit }) => {
    const seat = seatOf(visit, seatId)
    if (!seat || visit.session.state === 'ENDED') return []
    if (seat.cameraSeatId !== null && seat.state !== 'REFUSED' && seat.state !== 'REMOVED') {
      return part(seat)
    }
    if (isRoomDevice) return []
    return peopleAt(visit, cameraOf(seat))
      .filter((one) => one.admittedBy !== null && one.admittedBy === one.checkedInBy)
      .flatMap((one) => forgotten(one))
  }
}

function forgotten({ seatId, state }: SeatRecord): VisitStep[] {
  if (nextState(SEAT_MOVES, state, 'putBack')) return [moved(seatId)]
  return state === 'DISCONNECTED' ? [{ kind: 'seat', seatId, action: 'expire' }] : []
}
