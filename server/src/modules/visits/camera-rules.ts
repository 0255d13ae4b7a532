import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { SeatLinks } from './seat-link.ts'
import { linkOf } from './seat-link.ts'
import { isLetIn, seatOf } from './visit-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'

/** The seat whose camera shows this person: another's, or their own. */
export function cameraOf({ seatId, cameraSeatId }: SeatRecord): string {
  return cameraSeatId ?? seatId
}

/** Everybody who is at a camera, whoever was turned away included until an officer has seen them go. */
export function peopleAt(visit: VisitRecord, cameraSeatId: string): readonly SeatRecord[] {
  return visit.seats.filter((seat) => cameraOf(seat) === cameraSeatId && seat.state !== 'REMOVED')
}

/** LV-3. Whether this person and each who is at the same camera are let in: only then may it be seen. */
export function isCleared(visit: VisitRecord, seat: SeatRecord): boolean {
  return isLetIn(seat) && peopleAt(visit, cameraOf(seat)).every(isLetIn)
}

/**
 * LV-3. What a camera's seat counts as for the room: the parties get no more of it than the least of its
 * people allows, while the officer keeps seeing whoever was seen. CHECKING says just that.
 */
export function cameraStateOf(visit: VisitRecord, seat: SeatRecord): SeatState {
  const people = peopleAt(visit, seat.seatId)
  const isSeated = seat.state === 'WAITING' || isLetIn(seat)
  if (people.length < 2 || !isSeated || isCleared(visit, seat)) return seat.state
  const isSeen = people.some((one) => one.state === 'CHECKING' || isLetIn(one))
  return isSeen ? 'CHECKING' : 'WAITING'
}

/**
 * Whether this person may be said to be at that camera: one of the same side who has no device in the visit
 * and whom nobody turned away.
 */
export function mayGather(
  { visit, links }: { readonly visit: VisitRecord; readonly links: SeatLinks },
  seat: SeatRecord,
  cameraSeatId: string,
): boolean {
  const camera = seatOf(visit, cameraSeatId)
  if (!camera || !isAbsent(seat) || seat.seatId === cameraSeatId) return false
  const isAlone = visit.seats.every((other) => other.cameraSeatId !== seat.seatId)
  const isOwn = seat.cameraSeatId === null && linkOf(links, seat.seatId).kind === 'GONE'
  return isAlone && isOwn && seat.party === camera.party
}

function isAbsent({ state }: SeatRecord): boolean {
  return state === 'NOT_ARRIVED' || state === 'DISCONNECTED'
}

/** Whether who is at this camera is said by its own people: at a link centre the host says it. */
export function mayTellCompany(visit: VisitRecord, seat: SeatRecord): boolean {
  const isSeated = seat.state === 'WAITING' || seat.state === 'CHECKING' || isLetIn(seat)
  return (
    visit.place === 'HOME' && seat.party === 'VISITOR' && seat.cameraSeatId === null && isSeated
  )
}
