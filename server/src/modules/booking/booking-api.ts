import type { BookingReason, FreePlace } from '@visavis/contract/http'
import type { BookingState, LIVE_BOOKING_STATES } from '@visavis/contract/booking-lifecycle'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { z } from 'zod'
import type { Transact, TransactOptions, Tx } from '../../platform/transact.ts'
import type { Actor } from '../identity/index.ts'
import type { BookingViewInput } from './booking-view.ts'
import type { ViewRow } from './booking-view.repo.ts'
import type { BookingRow } from './booking.repo.ts'
import type { HoldFacts } from './hold.repo.ts'

/** Who acts, for the audit entry. Null: the system, by its clock or by a life event. */
export type Acting = { readonly by: Actor | null; readonly requestId?: string }

/** The people of a booking and where they sit. */
export type BookingPeople = {
  readonly inmateId: string
  readonly visitorIds: readonly string[]
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly linkCentreId?: string | undefined
}

/** A place asked for in a slot. */
export type HoldAsk = Acting &
  BookingPeople & {
    readonly slotId: string
    /** The slot and the inmate's facility, where the caller has just read them. */
    readonly facts?: HoldFacts | null
    /** The people are locked already, along with the key of the write. */
    readonly isLocked?: boolean
    /** How long; absent: the facility's `holdMs`. */
    readonly holdMs?: number
    /** The account it is held for; absent: the actor's own. */
    readonly bookedBy?: string
    readonly seriesId?: string
    readonly rebookOf?: string
    /** It is the offer of the first in line: everybody else leaves as many places as people wait (BK-10). */
    readonly isOffer?: boolean
  }

/** A visit outside the timetable, at a terminal that is chosen already (BK-8, on demand). */
export type RingAsk = Acting &
  BookingPeople & {
    readonly terminalId: string
    readonly startsAt: Date
    readonly endsAt: Date
    readonly holdMs: number
  }

export type Held = { readonly visitId: string; readonly holdExpiresAt: Date }
/** A hold with everything that its readers see. */
export type HeldRow = Held & { readonly row: ViewRow }
export type LiveState = (typeof LIVE_BOOKING_STATES)[number]

/** What happened to a booking, told inside its transaction, before the audit entry. */
export type BookingChange = {
  readonly visitId: string
  readonly slotId: string | null
  readonly seriesId: string | null
  readonly from: BookingState | null
  readonly to: BookingState
}
export type BookingListener = (tx: Tx, change: BookingChange) => Promise<void>

export type OneBooking = Acting & { readonly visitId: string }
/** The row, where the caller has locked it and its people in this transaction already. */
export type LockedBooking = OneBooking & { readonly locked?: BookingRow }
export type EndAsk = Acting & {
  readonly visitIds: readonly string[]
  readonly reason: BookingReason
  /** The parties are not told by themselves: a person will, or another notice does. */
  readonly isSilent?: boolean
}
export type DecideAsk = LockedBooking & {
  readonly decision: 'APPROVE' | 'REJECT'
  readonly reason?: BookingReason | undefined
}
export type MoveAsk = Acting & {
  readonly moves: readonly { readonly visitId: string; readonly terminalId: string }[]
}
/** Where and when a visit is, its terminal's turnaround included. */
export type BookedTime = {
  readonly facilityId: string
  readonly startsAt: Date
  readonly busyUntil: Date
}
export type AlternativesAsk = BookingPeople & {
  readonly near: Date
  readonly visitClass: VisitClass
  readonly count?: number
  /** Staff may book inside the notice period (BK-8). */
  readonly isByStaff?: boolean
  /** The slots that were asked for, or are booked already: they are no alternative. */
  readonly exceptSlotIds?: readonly string[]
}
export type Place = z.input<typeof FreePlace>

/**
 * Bookings as other modules use them. Every `(tx, …)` writes its audit entries last, so call nothing
 * that locks after it in the same transaction; for several bookings at once there are `cancelAll` and
 * `suspendAll`. Run them with `transact(work, booking.retries)`: a lost race for a claim is tried again.
 */
export type Booking = {
  readonly retries: TransactOptions
  /** `transact` with `retries`; a race that stays lost becomes INMATE_BUSY, VISITOR_BUSY or NO_PLACE. */
  readonly transactFor: (ask: HoldAsk | RingAsk) => Transact
  /** BK-1, BK-2. Claims everything that a visit needs; refuses with a code of eligibility or `NO_PLACE`. */
  readonly hold: (tx: Tx, ask: HoldAsk) => Promise<HeldRow>
  /** BK-8. A hold now, outside the timetable. */
  readonly holdRing: (tx: Tx, ask: RingAsk) => Promise<Held>
  /** BK-3. By compare-and-set; `HOLD_LOST` if the hold is over. */
  readonly confirm: (tx: Tx, one: LockedBooking) => Promise<'CONFIRMED' | 'REQUESTED'>
  /** Hold and confirmation in one. */
  readonly book: (tx: Tx, ask: HoldAsk) => Promise<Held>
  /** Gives a hold up before its time. */
  readonly release: (tx: Tx, one: OneBooking & { readonly reason?: BookingReason }) => Promise<void>
  /** Ends one live booking, whatever its state (BK-3): see `cancelAll`. */
  readonly cancel: (tx: Tx, one: OneBooking & { readonly reason: BookingReason }) => Promise<void>
  /**
   * HELD → EXPIRED, REQUESTED → REJECTED (WITHDRAWN if the family gives the reason), CONFIRMED →
   * CANCELLED. What is over already is left alone; what has media is `BOOKING_WRONG_STATE`. Resolves
   * with those that were ended.
   */
  readonly cancelAll: (tx: Tx, ask: EndAsk) => Promise<string[]>
  /** A person's answer to a REQUESTED booking. */
  readonly decide: (tx: Tx, ask: DecideAsk) => Promise<void>
  /** BK-2. Once, for as long again. */
  readonly extend: (tx: Tx, one: OneBooking) => Promise<void>
  /** BK-12. As `cancelAll`, but CONFIRMED → SUSPENDED; those with media are left running. */
  readonly suspendAll: (tx: Tx, ask: EndAsk) => Promise<string[]>
  /** The same people in another slot, the old booking closed; quota moves with it (BK-12, BK-13). */
  readonly rebook: (tx: Tx, one: OneBooking & { readonly slotId: string }) => Promise<Held>
  /** BK-13. To free terminals; `NO_PLACE` if one is taken, `BOOKING_WRONG_STATE` with media. */
  readonly moveTerminals: (tx: Tx, ask: MoveAsk) => Promise<void>
  /** Nobody else books for these times at these facilities until the end of `tx`. */
  readonly lockTimes: (tx: Tx, times: readonly BookedTime[]) => Promise<void>
  /** BK-10. Free places nearest to an instant, for these people, three unless told. */
  readonly alternatives: (tx: Tx, ask: AlternativesAsk) => Promise<Place[]>
  /** The booking as this actor sees it; null actor: as staff do. */
  readonly view: (tx: Tx, visitId: string, actor: Actor | null) => Promise<BookingViewInput>
  /** The same of a row that is at hand. */
  readonly viewOf: (row: ViewRow, actor: Actor | null) => BookingViewInput
  /** Expires holds that are over; resolves with their number. */
  readonly expireDue: () => Promise<number>
  /** Calls `listener` in the transaction of every change; before the server starts. */
  readonly onChanged: (listener: BookingListener) => void
  /**
   * EL-4. Against bookings of these people that are being made right now: `exclusive` waits for them, so
   * that they are seen; `shared` is what a hold and a confirmation take. Released at the end of `tx`.
   */
  readonly lockPeople: (
    tx: Tx,
    personIds: readonly string[],
    mode: 'shared' | 'exclusive',
  ) => Promise<void>
}
