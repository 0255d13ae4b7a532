import { Refusal } from '@visavis/contract/errors'
import { OwnReason } from '@visavis/contract/http'
import type { BookingAction, BookingReason } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Booking, LockedBooking } from './booking-api.ts'
import { bookingActions } from './booking-rules.ts'
import { readerOf } from './booking-view.ts'
import type { BookingViewInput, Reader } from './booking-view.ts'
import type { BookingViewRepo, ViewRow } from './booking-view.repo.ts'
import type { BookingRepo, BookingRow } from './booking.repo.ts'
import type { holdRepo } from './hold.repo.ts'
import { locksOf } from './hold.service.ts'

export type DeskDeps = {
  readonly db: Tx
  readonly booking: Booking
  readonly views: BookingViewRepo
  readonly repo: BookingRepo
  readonly holds: typeof holdRepo
  readonly clock: Clock
}

/** Somebody's wish about a booking that is theirs to decide. */
export type Wish = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly visitId: string
  readonly version?: number
}

/** Acts of people on bookings: who may, and whether it can be done now. */
export type BookingDesk = ReturnType<typeof createBookingDesk>

type Known = { readonly row: ViewRow; readonly reader: Reader }
type Given = {
  readonly wish: Wish
  readonly needs: readonly BookingAction[]
  /** Looked at before; the booking and its people are locked already. */
  readonly known?: Known | undefined
}

export function createBookingDesk(deps: DeskDeps) {
  const { booking } = deps
  /** Runs one act on a locked booking and gives the booking as it is then. */
  const run = async (
    tx: Tx,
    given: Given,
    work: (one: LockedBooking & { by: AccountActor }) => Promise<unknown>,
  ): Promise<BookingViewInput> => {
    const { actor, requestId, visitId } = given.wish
    const locked = await requireAction(tx, given, deps)
    await work({ visitId, by: actor, requestId, locked })
    return booking.view(tx, visitId, actor)
  }
  return {
    extend: (tx: Tx, wish: Wish) =>
      run(tx, { wish, needs: ['EXTEND'] }, (one) => booking.extend(tx, one)),
    /** Who the people are, and whose booking it is, never changes: looked at before the transaction. */
    confirm: async (wish: Wish, once: Once): Promise<BookingViewInput> => {
      let known: Known | undefined
      const before = async () => void (known = await ownRow(deps.db, wish, deps))
      const locks = () => known && deps.holds.bookingLock(wish.visitId, locksOfRow(known.row))
      const work = (tx: Tx) =>
        run(tx, { wish, needs: ['CONFIRM'], known }, (one) => booking.confirm(tx, one))
      return once(work, { before, locks })
    },
    release: (tx: Tx, wish: Wish) =>
      run(tx, { wish, needs: ['RELEASE'] }, (one) => booking.release(tx, one)),
    cancel: (tx: Tx, wish: Wish & { reason: BookingReason }) => {
      requireOwnReason(wish)
      const { reason } = wish
      return run(tx, { wish, needs: ['CANCEL', 'WITHDRAW', 'REJECT'] }, (one) =>
        booking.cancel(tx, { ...one, reason }),
      )
    },
    decide: (
      tx: Tx,
      wish: Wish & { decision: 'APPROVE' | 'REJECT'; reason?: BookingReason | undefined },
    ) => {
      const { decision, reason } = wish
      return run(tx, { wish, needs: [decision] }, (one) =>
        booking.decide(tx, { ...one, decision, reason }),
      )
    },
    rebook: async (tx: Tx, wish: Wish & { slotId: string }): Promise<BookingViewInput> => {
      const { actor, slotId, requestId, visitId } = wish
      await requireAction(tx, { wish, needs: ['REBOOK'] }, deps)
      const made = await booking.rebook(tx, { by: actor, requestId, visitId, slotId })
      return booking.view(tx, made.visitId, actor)
    },
    row: (tx: Tx, actor: AccountActor, visitId: string) => ownRow(tx, { actor, visitId }, deps),
  }
}

/** The people outside give their own reasons; what the facility's are for is told by the facility. */
function requireOwnReason({ actor, reason }: Wish & { reason: BookingReason }): void {
  if (actor.role !== 'visitor' || OwnReason.safeParse(reason).success) return
  const cure = `One of ${OwnReason.options.join(', ')}.`
  throw new Refusal('BAD_REQUEST', { fields: [{ field: 'reason', cure }] })
}

async function ownRow(
  tx: Tx,
  { actor, visitId }: { actor: AccountActor; visitId: string },
  { views }: DeskDeps,
): Promise<Known> {
  const row = await views.one(tx, visitId)
  const reader = row && readerOf(row, actor)
  if (!row || !reader) throw new Refusal('BOOKING_NOT_FOUND')
  return { row, reader }
}

/**
 * Locks the booking and its people, then looks: one of two who act on the same booking sees what the
 * other did. Refuses what is not offered, with the reason why. Gives the locked row.
 */
async function requireAction(
  tx: Tx,
  { wish, needs, known }: Given,
  deps: DeskDeps,
): Promise<BookingRow> {
  const { row, reader } = known ? await lockedRow(tx, known, deps) : await lockRow(tx, wish, deps)
  if (reader.who === 'GUEST') throw new Refusal('FORBIDDEN')
  if (wish.version !== undefined && wish.version !== row.version) {
    throw new Refusal('VERSION_CHANGED')
  }
  const actions = bookingActions(row, reader.who, deps.clock.now())
  if (!needs.some((action) => actions.includes(action))) throw whyNot(row, needs)
  return row
}

async function lockRow(tx: Tx, wish: Wish, deps: DeskDeps) {
  const { row: known, reader } = await ownRow(tx, wish, deps)
  await deps.holds.lockPeople(tx, locksOfRow(known))
  // Who the people are, and whose booking it is, never changes; all else is looked at now.
  const [row] = await deps.repo.lock(tx, [wish.visitId])
  if (row === undefined) throw new Refusal('BOOKING_NOT_FOUND')
  return { row, reader }
}

async function lockedRow(tx: Tx, { row: { visitId }, reader }: Known, { repo }: DeskDeps) {
  const [row] = await repo.rows(tx, [visitId])
  if (row === undefined) throw new Refusal('BOOKING_NOT_FOUND')
  return { row, reader }
}

function locksOfRow({ inmateId, visitors }: ViewRow) {
  return locksOf({ inmateId, visitorIds: visitors.map(({ visitorId }) => visitorId) })
}

function whyNot(row: BookingRow, needs: readonly BookingAction[]): Refusal {
  const isOfHold = needs.includes('EXTEND') || needs.includes('CONFIRM')
  if (!isOfHold) return new Refusal('BOOKING_WRONG_STATE')
  if (row.bookingState !== 'HELD') {
    return new Refusal(row.bookingState === 'EXPIRED' ? 'HOLD_LOST' : 'BOOKING_WRONG_STATE')
  }
  const isStillOffered = needs.includes('EXTEND') && row.isHoldExtended
  return new Refusal(isStillOffered ? 'HOLD_ALREADY_EXTENDED' : 'HOLD_LOST')
}
