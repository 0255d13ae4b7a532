import type { Tx } from '@visavis/prisma'

/**
 * The one order in which everything about a booking is locked. A transaction leaves out what it does not
 * need and never goes back, so that no two can wait for each other:
 *
 *  1. `idempotency_key`: the row of the keyed write (`platform/once.ts`)
 *  2. `occurrence`: one visit of a series, by series and start
 *  3. `line`: a slot's waiting line; whoever moves a WAITING entry holds it
 *  4. people, sorted by id (`hold.repo.ts`, `Booking.lockPeople`)
 *  5. the hours of a facility, in their order (`hold.repo.ts`), and the slot's row
 *  6. rows of sessions, then of visits, each sorted by id (`booking.repo.ts`)
 *  7. the inmate's row: the ledgers (`ledger.repo.ts`)
 *  8. claims, sorted by name (`prisma/src/claims.ts`)
 *  9. rows that only the visit's own transaction touches: an OFFERED entry, tasks, notices, jobs
 * 10. the audit log, to the commit: nothing that somebody else may hold is asked for after it
 */
export type BookingLock =
  | { readonly kind: 'occurrence'; readonly seriesId: string; readonly startsAt: Date }
  | { readonly kind: 'line'; readonly slotId: string }

/** Takes 2 or 3 of the order above, until the end of the transaction. */
export async function takeLock(tx: Tx, lock: BookingLock): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${nameOf(lock)}, 0))`
}

function nameOf(lock: BookingLock): string {
  if (lock.kind === 'line') return `waiting/${lock.slotId}`
  return `series/${lock.seriesId}/${lock.startsAt.toISOString()}`
}
