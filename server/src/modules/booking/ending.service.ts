import { Refusal } from '@visavis/contract/errors'
import type { BookingReason, NoticeKind } from '@visavis/contract/http'
import { moveBooking, tellParties } from './booking-act.ts'
import type { Act } from './booking-act.ts'
import type { EndAsk, OneBooking } from './booking-api.ts'
import { endingEvent, hasMedia, isGivenBack } from './booking-rules.ts'
import type { Ending } from './booking-rules.ts'
import type { BookingRow } from './booking.repo.ts'
import { closeRequest } from './confirm.service.ts'

/** A hold given up before its time (BK-2). */
export async function release(
  act: Act,
  { visitId, reason = 'RELEASED_BY_OWNER' }: OneBooking & { reason?: BookingReason },
): Promise<void> {
  const [row] = await act.deps.repo.lock(act.tx, [visitId])
  if (row === undefined) throw new Refusal('BOOKING_NOT_FOUND')
  if (row.bookingState !== 'HELD') throw new Refusal('BOOKING_WRONG_STATE')
  await moveBooking(act, row, { event: 'expire', reason, action: 'booking.release' })
}

/** Ends live bookings; resolves with those that were ended (BK-3, BK-12). */
export async function endAll(
  act: Act,
  {
    visitIds,
    ending,
    ...ask
  }: Pick<EndAsk, 'visitIds' | 'reason' | 'isSilent'> & { ending: Ending },
): Promise<string[]> {
  const rows = await act.deps.repo.lock(act.tx, visitIds)
  const ended: string[] = []
  // By inmate: their ledgers are locked one after the other, and so in one order.
  for (const row of rows.toSorted((a, b) => (a.inmateId < b.inmateId ? -1 : 1))) {
    if (await endOne(act, row, { ending, ...ask })) ended.push(row.visitId)
  }
  return ended
}

type EndOne = Pick<EndAsk, 'reason' | 'isSilent'> & { readonly ending: Ending }

/** Ends one booking whose row is locked; false if it is over already. */
export async function endOne(
  act: Act,
  row: BookingRow,
  { ending, reason, isSilent = false }: EndOne,
): Promise<boolean> {
  const event = endingEvent(row.bookingState, ending, reason)
  if (event === null) return false
  if (hasMedia(row)) {
    if (ending === 'suspend') return false
    throw new Refusal('BOOKING_WRONG_STATE')
  }
  await moveBooking(act, row, { event, reason })
  if (row.bookingState === 'HELD') return true
  if (row.bookingState === 'REQUESTED') await closeRequest(act, row, reason)
  else await giveBack(act, row, reason)
  await act.deps.notices.cancelOf(act.tx, row.visitId)
  if (!isSilent) await tellParties(act, row, noticeOf(row, ending))
  return true
}

/** BK-9, by the rule of who cancels and how early. */
async function giveBack(
  { tx, deps, now }: Act,
  row: BookingRow,
  reason: BookingReason,
): Promise<void> {
  const { policy } = await deps.policy.ofFacility(tx, row.facilityId)
  const { startsAt, visitId } = row
  if (isGivenBack({ reason, startsAt, now, freeCancelMs: policy.freeCancelMs })) {
    await deps.ledger.giveBack(tx, { visitId, reason })
  }
}

function noticeOf({ bookingState }: BookingRow, ending: Ending): NoticeKind {
  if (ending === 'suspend') return 'BOOKING_SUSPENDED'
  return bookingState === 'REQUESTED' ? 'BOOKING_REJECTED' : 'BOOKING_CANCELLED'
}
