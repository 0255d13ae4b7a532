import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import { Refusal } from '@visavis/contract/errors'
import { note } from './booking-act.ts'
import type { Act } from './booking-act.ts'
import type { Held, HoldAsk, MoveAsk, OneBooking } from './booking-api.ts'
import { bookingActions, hasMedia } from './booking-rules.ts'
import { confirm, lockBooking, peopleOfRow } from './confirm.service.ts'
import { endOne } from './ending.service.ts'
import { hold } from './hold.service.ts'

/** Tasks that ask for another time, or for a look at what is booked: a new booking answers them. */
const ANSWERED = [
  'REBOOK_VISIT',
  'INMATE_TRANSFERRED',
  'TERMINAL_OUT_OF_ORDER',
  'RESTRICTION_HITS_VISIT',
] as const

/** A hold and its confirmation. In the place of another booking, it closes the tasks about that one. */
export async function book(act: Act, ask: HoldAsk): Promise<Held> {
  const { visitId, holdExpiresAt } = await hold(act, ask)
  await confirm(act, { ...act.acting, visitId })
  if (ask.rebookOf !== undefined) await closeTasks(act, ask.rebookOf)
  return { visitId, holdExpiresAt }
}

async function closeTasks({ tx, deps, acting }: Act, visitId: string): Promise<void> {
  const doneBy = acting.by?.kind === 'account' ? acting.by.accountId : null
  for (const kind of ANSWERED) {
    await deps.tasks.close(tx, { kind, visitId, doneBy, resolution: 'REBOOKED' })
  }
}

/**
 * BK-12, BK-13. The same people in another slot. What the old booking has claimed and used is free for
 * the new one, which may be next to it; if the new one is refused, nothing has happened.
 */
export async function rebook(act: Act, ask: OneBooking & { slotId: string }): Promise<Held> {
  const old = await lockBooking(act, ask)
  const isAllowed = bookingActions(old, 'STAFF', act.now).includes('REBOOK')
  if (!isAllowed || old.isRebooked) throw new Refusal('BOOKING_WRONG_STATE')
  if (isLiveBooking(old.bookingState)) {
    await endOne(act, old, { ending: 'cancel', reason: 'REBOOKED', isSilent: true })
  }
  const made = await book(act, {
    ...act.acting,
    ...peopleOfRow(old),
    slotId: ask.slotId,
    rebookOf: old.visitId,
    ...(old.bookedBy === null ? {} : { bookedBy: old.bookedBy }),
    ...(old.seriesId === null ? {} : { seriesId: old.seriesId }),
  })
  note(act, old, { action: 'booking.rebook', detail: { rebookedAs: made.visitId } })
  return made
}

/** BK-13. Another terminal for the same time. */
export async function moveTerminal(
  act: Act,
  { visitId, terminalId }: MoveAsk['moves'][number],
): Promise<void> {
  const { tx, deps } = act
  const [row] = await deps.repo.lock(tx, [visitId])
  if (row === undefined) throw new Refusal('BOOKING_NOT_FOUND')
  if (!isLiveBooking(row.bookingState) || hasMedia(row)) throw new Refusal('BOOKING_WRONG_STATE')
  if (row.terminalId === terminalId) return
  await deps.holds.lockHours(tx, row)
  if (!(await deps.repo.isTerminalFree(tx, row, terminalId))) throw new Refusal('NO_PLACE')
  await deps.repo.claimTerminal(tx, row, terminalId)
  note(act, row, {
    action: 'booking.moveTerminal',
    detail: { from: row.terminalId, to: terminalId },
  })
}
