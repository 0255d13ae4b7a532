import type { Transact, Tx } from '../../platform/transact.ts'
import { inAct, moveBooking } from './booking-act.ts'
import type { Act, BookingDeps } from './booking-act.ts'

/** Holds that one round of the clock's job looks at. */
const ROUND = 200

/** Expires those of these holds that are over by now; resolves with their number. */
export async function expireRows(act: Act, visitIds: readonly string[]): Promise<number> {
  const rows = await act.deps.repo.lock(act.tx, visitIds)
  const due = rows.filter(
    ({ bookingState, holdExpiresAt }) =>
      bookingState === 'HELD' && holdExpiresAt !== null && holdExpiresAt <= act.now,
  )
  for (const row of due) {
    const reason = row.bookingMode === 'ON_DEMAND' ? 'RING_MISSED' : 'HOLD_EXPIRED'
    await moveBooking(act, row, { event: 'expire', reason, bySystem: true })
  }
  return due.length
}

/** Expires every hold that is over, each in a transaction of its own; resolves with their number. */
export async function expireDue(
  deps: BookingDeps,
  { db, transact }: { db: Tx; transact: Transact },
): Promise<number> {
  let expired = 0
  for (;;) {
    const visitIds = await deps.repo.due(db, deps.clock.now(), ROUND)
    let inRound = 0
    for (const visitId of visitIds) {
      inRound += await transact((tx) =>
        inAct(deps, { tx, acting: { by: null } }, (act) => expireRows(act, [visitId])),
      )
    }
    expired += inRound
    // A round that moved nothing was raced by another server: what is left is its work.
    if (inRound === 0 || visitIds.length < ROUND) return expired
  }
}
