import { linkOf, sharedLinks } from './seat-link.ts'
import type { Situation } from './session-rules.ts'
import { isCleared } from './camera-rules.ts'
import { isUnderWay, seatsOf } from './visit-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'

/** EL-6: how long the children may go on alone before the visit is paused. */
export const ADULT_GRACE_MS = 60_000

/** Whether one of the adults was let in; without one a social visit does not begin. */
export function hasAdmittedAdult(visit: VisitRecord): boolean {
  if (visit.visitClass !== 'social') return true
  return seatsOf(visit, 'VISITOR').some((seat) => seat.isVerifiedAdult && isCleared(visit, seat))
}

/**
 * EL-6. Since when somebody of the visitors is in the visit without any verified adult; null while an
 * adult is in, while nobody is, and before the visit. A lost connection counts from the end of its lease.
 */
export function adultMissingSince({ visit, now, ...situation }: Situation): Date | null {
  if (visit.visitClass !== 'social' || !isUnderWay(visit.session.state)) return null
  const links = sharedLinks(situation.links, visit.seats)
  const isIn = (seat: SeatRecord): boolean =>
    seat.state === 'IN' && linkOf(links, seat.seatId).kind !== 'GONE'
  const visitors = seatsOf(visit, 'VISITOR')
  if (!visitors.some(isIn) || visitors.some((seat) => seat.isVerifiedAdult && isIn(seat)))
    return null
  const left = visitors
    .filter((seat) => seat.isVerifiedAdult)
    .flatMap(({ seatId }) => {
      const link = linkOf(links, seatId)
      return link.kind === 'GONE' && link.since ? [link.since.getTime()] : []
    })
  return left.length > 0 ? new Date(Math.max(...left)) : now
}
