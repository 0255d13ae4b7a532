import { Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import { nextState } from '@visavis/contract/machine'
import { SEAT_MOVES } from '@visavis/contract/seat-lifecycle'
import type { SeatAction } from '@visavis/contract/seat-lifecycle'
import { visitWindow } from '../booking/index.ts'
import type { RecordingStanding } from './recorder-rules.ts'
import { agedLink, isReachable, linkOf } from './seat-link.ts'
import { outcomeByParty } from './visit-outcome.ts'
import type { EndSituation } from './visit-outcome.ts'
import { isUnderWay, seatOf } from './visit-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'
import type { VisitStep } from './visit-step.ts'

/** All that a decision about a visit rests on. */
export type Situation = EndSituation & {
  /** Seats whose device is a link centre's, signed in by its host for this visit. Absent: none. */
  readonly roomDevices?: ReadonlySet<string>
  /** Whether somebody watches it now (OV-7). Absent: nobody. */
  readonly isWatched?: boolean
  /** How its recording stands (RC-3). Absent: nothing is recorded here, and nothing waits for it. */
  readonly recording?: RecordingStanding
  /** An id for what follows by itself and is stored under one of its own. Absent: nothing such follows. */
  readonly freshId?: string
}

/** Something somebody wants; answers the steps to take, or throws the Refusal that forbids it. */
export type Decide = (situation: Situation) => readonly VisitStep[]

/** Refuses a seat that may not come in now; what it may do then follows from {@link Situation} alone. */
export function requireJoinable(visit: VisitRecord, seatId: string, now: Date): void {
  const seat = seatOf(visit, seatId)
  if (!seat) throw new Refusal('VISIT_NOT_FOUND')
  if (visit.session.state === 'ENDED') throw new Refusal('VISIT_ENDED')
  if (seat.state === 'REFUSED' || seat.state === 'REMOVED') throw new Refusal('SEAT_REFUSED')
  if (!visit.isConfirmed || now >= visit.endsAt) throw new Refusal('VISIT_NOT_JOINABLE')
  const { opensAt } = visitWindow(visit)
  if (now < opensAt) {
    throw new Refusal('OUTSIDE_VISIT_WINDOW', { liftsAt: opensAt.toISOString() })
  }
}

/**
 * An officer begins the ID check of one person (LV-3). A visit that nobody may watch has no picture to
 * look at: there the check is refused, and `admitSeat` vouches instead.
 */
export function checkSeat(seatId: string): Decide {
  return ({ visit, links }) => {
    if (visit.policy.monitor === 'NONE')
      throw new Refusal('SEAT_WRONG_STATE', { why: 'NO_PICTURE' })
    const seat = requireMove(visit, seatId, 'check')
    if (!isReachable(linkOf(links, seat.seatId))) throw new Refusal('SEAT_WRONG_STATE')
    return [{ kind: 'seat', seatId, action: 'check' }]
  }
}

/** An officer lets one person in, after a check or, where nobody may watch, on sight of the papers. */
export function admitSeat(seatId: string, officerAccountId: string): Decide {
  return ({ visit }) => {
    const action = visit.policy.monitor === 'NONE' ? 'vouch' : 'admit'
    requireMove(visit, seatId, action)
    return [{ kind: 'seat', seatId, action, by: officerAccountId }]
  }
}

/** An officer turns one person away, for a reason of the contract's list. */
export function refuseSeat(seatId: string, reason: string): Decide {
  return ({ visit }) => {
    requireMove(visit, seatId, 'refuse')
    return [{ kind: 'seat', seatId, action: 'refuse', reason }]
  }
}

/** Somebody who is in ends the visit for both sides; who still waits, or was turned away, cannot. */
export function endByParty(seatId: string): Decide {
  return (situation) => {
    const { visit } = situation
    requireNotEnded(visit)
    const seat = seatOf(visit, seatId)
    // Who interprets may leave; the visit is not theirs to end.
    if (!isUnderWay(visit.session.state) || seat?.state !== 'IN' || seat.role !== 'PERSON') {
      throw new Refusal('VISIT_WRONG_STATE')
    }
    const outcome = outcomeByParty(seat.party, situation)
    return [{ kind: 'end', outcome, endedBy: seatId, endReason: null }]
  }
}

/** An officer makes a visit longer that is under way (LV-5); whether all it needs is free, its store knows. */
export function extendByOfficer(byMs: number): Decide {
  return ({ visit }) => {
    requireNotEnded(visit)
    if (!isUnderWay(visit.session.state)) throw new Refusal('VISIT_WRONG_STATE')
    return [{ kind: 'extend', byMs }]
  }
}

/** Who begins seconds late has lost nothing that a move of the end would give back. */
const LEAST_LATE_MS = 10_000

/** The end moves by as much as the facility let the visit begin late (LV-5), once. */
export function makeUpLateStart(byMs: number): Decide {
  return ({ visit }) => {
    const { state, madeUpMs } = visit.session
    if (!isUnderWay(state) || madeUpMs > 0 || byMs < LEAST_LATE_MS) return []
    return [{ kind: 'makeUp', byMs }]
  }
}

/** The reason of an end that the media watch has made. */
export const VIOLATED = 'ROOM_VIOLATED'

/** OV-8: something consumed what it may not; the media node has closed the room already. */
export function endByViolation(): Decide {
  return ({ visit }) =>
    visit.session.state === 'ENDED'
      ? []
      : [
          {
            kind: 'end',
            outcome: 'FAILED_TECH_PLATFORM',
            endedBy: 'media-watch',
            endReason: VIOLATED,
          },
        ]
}

/** The room was placed on a node for the next epoch. */
export function place(room: { mediaNode: string; routerId: string; epoch: number }): Decide {
  return ({ visit, deliveredMs }) => {
    requireNotEnded(visit)
    // Another server placed it in the meantime: this placement is void.
    if (visit.session.epoch !== room.epoch - 1) throw new Refusal('MEDIA_EPOCH_CHANGED')
    const { mediaNode, routerId } = room
    return [{ kind: 'place', mediaNode, routerId, deliveredMs }]
  }
}

/** The situation with leases that are over counted as gone. */
export function aged(situation: Situation): Situation {
  const links = new Map(
    [...situation.links].map(([seatId, link]) => [seatId, agedLink(link, situation.now)]),
  )
  return { ...situation, links }
}

/** Refuses what comes after the end. */
export function requireNotEnded(visit: VisitRecord): void {
  if (visit.session.state === 'ENDED') throw new Refusal('VISIT_ENDED')
}

/** The seat, if it may move so now; else SEAT_NOT_FOUND, SEAT_WRONG_STATE or VISIT_WRONG_STATE. */
export function requireMove(visit: VisitRecord, seatId: string, action: SeatAction): SeatRecord {
  if (visit.session.state === 'ENDED') throw new Refusal('VISIT_WRONG_STATE')
  const seat = seatOf(visit, seatId)
  const code: ErrorCode = seat ? 'SEAT_WRONG_STATE' : 'SEAT_NOT_FOUND'
  if (!seat || !nextState(SEAT_MOVES, seat.state, action)) throw new Refusal(code)
  return seat
}
