import type { Body } from '../integration/booking/booking-world.ts'

/** What a client knows of a booking, from answers alone. */
export type Known = {
  readonly visitId: string
  readonly slotId: string
  readonly bookingState: string
  readonly version: number
  /** What was done with it, as the audit log names it, in order. */
  readonly acts: readonly string[]
}

/** A write as it can be sent again. */
export type Write = {
  readonly key: string
  readonly path: string
  readonly body?: object
}
/** `sentAtMs`: when the attempt that got it was made, in Unix ms. */
export type Answer = { readonly status: number; readonly text: string; readonly sentAtMs: number }
/** A write and how it was answered in the end. */
export type Answered = Write & Answer

/** One client's account of what it was told. */
export type Ledger = {
  readonly bookings: Map<string, Known>
  readonly accepted: Answered[]
  readonly refused: Answered[]
  /** Keys that got two different answers. */
  readonly contradicted: string[]
  /** Attempts without an answer to keep, by what came instead: a dead line, or the code of a 5xx. */
  readonly lost: Map<string, number>
}

export function newLedger(): Ledger {
  return { bookings: new Map(), accepted: [], refused: [], contradicted: [], lost: new Map() }
}

/** Enters the booking that an accepted write has answered with. */
export function enter(ledger: Ledger, said: Body & { slotId?: string }, acts: string[]): void {
  const { visitId, bookingState, version } = said
  const before = ledger.bookings.get(visitId)
  ledger.bookings.set(visitId, {
    visitId,
    bookingState,
    version,
    slotId: said.slotId ?? before?.slotId ?? '',
    acts: [...(before?.acts ?? []), ...acts],
  })
}

/** Enters that another booking took the place of one; if that still stood, it was given up, and no answer tells its version. */
export function enterReplaced(ledger: Ledger, visitId: string): void {
  const before = ledger.bookings.get(visitId)
  if (!before) return
  const hasStood = before.bookingState === 'CONFIRMED'
  const ended = hasStood ? { bookingState: 'CANCELLED', version: before.version + 1 } : {}
  const acts = [...before.acts, ...(hasStood ? ['booking.cancel'] : []), 'booking.rebook']
  ledger.bookings.set(visitId, { ...before, ...ended, acts })
}
