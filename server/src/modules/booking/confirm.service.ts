import { Refusal } from '@visavis/contract/errors'
import type { BookingReason } from '@visavis/contract/http'
import { moveBooking, note, tellParties } from './booking-act.ts'
import type { Act } from './booking-act.ts'
import type { DecideAsk, LockedBooking, OneBooking } from './booking-api.ts'
import type { BookingRow } from './booking.repo.ts'
import { askedByOf, isByStaff, lockParty, partyOf } from './hold.service.ts'

type Confirmed = 'CONFIRMED' | 'REQUESTED'

/** The locked row of one booking, its people locked before it; `BOOKING_NOT_FOUND`. */
export async function lockBooking(
  act: Act,
  { visitId, locked }: LockedBooking,
): Promise<BookingRow> {
  if (locked) return locked
  const { repo } = act.deps
  const [known] = await repo.rows(act.tx, [visitId])
  if (known === undefined) throw new Refusal('BOOKING_NOT_FOUND')
  await lockParty(act, peopleOfRow(known))
  const [row] = await repo.lock(act.tx, [visitId])
  if (row === undefined) throw new Refusal('BOOKING_NOT_FOUND')
  return row
}

/** The people of a stored booking; they never change. */
export function peopleOfRow(row: BookingRow) {
  const { inmateId, visitorIds, place, linkCentreId } = row
  return { inmateId, visitorIds, place, linkCentreId: linkCentreId ?? undefined }
}

/** BK-3. A hold becomes a booking, or a request that a person decides. */
export async function confirm(act: Act, one: LockedBooking): Promise<Confirmed> {
  const row = await lockBooking(act, one)
  requireHold(row, act.now)
  const { staffReport } = await assess(act, row, isByStaff(act.acting))
  const isVerified = staffReport.checks.every(({ verdict }) => verdict !== 'UNKNOWN')
  const reason = reasonToAsk(act, row, isVerified)
  if (reason === null) return finish(act, row, { event: 'confirm' })
  return ask(act, row, reason)
}

function requireHold({ bookingState, holdExpiresAt }: BookingRow, now: Date): void {
  if (bookingState === 'EXPIRED') throw new Refusal('HOLD_LOST')
  if (bookingState !== 'HELD' || holdExpiresAt === null) throw new Refusal('BOOKING_WRONG_STATE')
  if (holdExpiresAt <= now) throw new Refusal('HOLD_LOST')
}

function assess({ tx, deps, acting }: Act, row: BookingRow, bookedByStaff: boolean) {
  const { startsAt, endsAt, visitClass, slotId, visitId } = row
  return deps.eligibility.require(tx, {
    ...partyOf(peopleOfRow(row)),
    visitId,
    visitClass,
    ...(slotId === null ? { during: { startsAt, endsAt } } : { slotId }),
    at: 'CONFIRM',
    bookedByStaff,
    askedBy: askedByOf(acting),
  })
}

/** EL-9: what could not be verified is a person's to decide, and so is what the facility wants to see. */
function reasonToAsk(act: Act, row: BookingRow, isVerified: boolean): BookingReason | null {
  if (!isVerified) return 'ELIGIBILITY_UNVERIFIED'
  return row.bookingMode === 'APPROVAL' && !isByStaff(act.acting) ? 'NEEDS_APPROVAL' : null
}

/** BK-9: the quota is used here and nowhere else. */
async function finish(
  act: Act,
  row: BookingRow,
  { event, action }: { event: 'confirm'; action?: string },
): Promise<Confirmed> {
  const { tx, deps, now } = act
  const lengthMs = row.endsAt.getTime() - row.startsAt.getTime()
  const paidBy = await deps.ledger.use(tx, { ...row, lengthMs })
  const named = action === undefined ? {} : { action }
  await moveBooking(act, row, { event, paidBy, confirmedAt: now, ...named })
  await tellParties(act, row, row.rebookOf === null ? 'BOOKING_CONFIRMED' : 'BOOKING_REBOOKED')
  return 'CONFIRMED'
}

async function ask(act: Act, row: BookingRow, reason: BookingReason): Promise<Confirmed> {
  const { tx, deps, now } = act
  const { policy } = await deps.policy.ofFacility(tx, row.facilityId)
  await moveBooking(act, row, { event: 'request', reason })
  const latest = new Date(now.getTime() + policy.approvalMs)
  await deps.tasks.open(tx, {
    facilityId: row.facilityId,
    kind: 'DECIDE_BOOKING',
    visitId: row.visitId,
    inmateId: row.inmateId,
    // A decision after the visit would have begun is none.
    dueAt: latest < row.startsAt ? latest : row.startsAt,
  })
  await tellParties(act, row, 'BOOKING_REQUESTED')
  return 'REQUESTED'
}

/** A person's answer to a request. What the register did not say (EL-9), this person vouches for. */
export async function decide(act: Act, { decision, reason, ...one }: DecideAsk): Promise<void> {
  const row = await lockBooking(act, one)
  if (row.bookingState !== 'REQUESTED') throw new Refusal('BOOKING_WRONG_STATE')
  if (decision === 'APPROVE') {
    await assess(act, row, true)
    await finish(act, row, { event: 'confirm', action: 'booking.approve' })
  } else {
    await moveBooking(act, row, { event: 'reject', reason: reason ?? 'NOT_APPROVED' })
    await tellParties(act, row, 'BOOKING_REJECTED')
  }
  await closeRequest(act, row, decision)
}

/** The request is nobody's task any more. */
export async function closeRequest(act: Act, row: BookingRow, resolution: string): Promise<void> {
  const { by } = act.acting
  await act.deps.tasks.close(act.tx, {
    kind: 'DECIDE_BOOKING',
    visitId: row.visitId,
    doneBy: by?.kind === 'account' ? by.accountId : null,
    resolution,
  })
}

/** BK-2. Once, for as long again. */
export async function extend(act: Act, { visitId }: OneBooking): Promise<void> {
  const [row] = await act.deps.repo.lock(act.tx, [visitId])
  if (row === undefined) throw new Refusal('BOOKING_NOT_FOUND')
  requireHold(row, act.now)
  if (row.isHoldExtended || row.holdExpiresAt === null) throw new Refusal('HOLD_ALREADY_EXTENDED')
  const { policy } = await act.deps.policy.ofFacility(act.tx, row.facilityId)
  const until = new Date(row.holdExpiresAt.getTime() + policy.holdMs)
  await act.deps.repo.extend(act.tx, visitId, until)
  note(act, row, { action: 'booking.extend', detail: { until: until.toISOString() } })
}
