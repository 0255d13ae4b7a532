import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import type { BookingEvent, BookingState } from '@visavis/contract/booking-lifecycle'
import { Refusal } from '@visavis/contract/errors'
import type { NoticeKind } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Jobs } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit, AuditFact } from '../audit/index.ts'
import { actorIdOf, auditActorOf } from '../identity/index.ts'
import type { Eligibility } from '../eligibility/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Notices } from '../notifications/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { Acting, BookingListener } from './booking-api.ts'
import { movedState } from './booking-rules.ts'
import type { BookingRepo, BookingRow, Move } from './booking.repo.ts'
import type { holdRepo } from './hold.repo.ts'

/** What booking stands on. */
export type BookingDeps = {
  readonly clock: Clock
  readonly audit: Audit
  readonly jobs: Jobs
  readonly policy: Policy
  readonly eligibility: Eligibility
  readonly ledger: Ledger
  readonly notices: Notices
  readonly tasks: Tasks
  readonly repo: BookingRepo
  readonly holds: typeof holdRepo
  readonly listeners: readonly BookingListener[]
}

/** One act in its transaction: what is done now, and the audit entries that are written at its end. */
export type Act = {
  readonly deps: BookingDeps
  readonly tx: Tx
  readonly acting: Acting
  readonly now: Date
  readonly facts: AuditFact[]
}

/** Who acts, as `visit.state_by` names it. */
export function stateByOf({ by }: Acting): string {
  return by === null ? SERVER.actorId : actorIdOf(by)
}

/**
 * Runs one act. Its audit entries come last and by facility: a log stays locked until the commit, and
 * whoever waits for it must not hold what the one in front still wants.
 */
export async function inAct<Result>(
  deps: BookingDeps,
  { tx, acting }: { tx: Tx; acting: Acting },
  work: (act: Act) => Promise<Result>,
): Promise<Result> {
  const act: Act = { deps, tx, acting, now: deps.clock.now(), facts: [] }
  const result = await work(act)
  const facts = act.facts.toSorted((a, b) => compare(a.facilityId ?? '', b.facilityId ?? ''))
  for (const fact of facts) await deps.audit.append(tx, fact)
  return result
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type About = Pick<BookingRow, 'visitId' | 'facilityId'>

/** Notes what is to stand in the audit log. */
export function note(
  act: Act,
  { visitId, facilityId }: About,
  said: { action: string; detail?: AuditFact['detail']; bySystem?: boolean },
): void {
  const { by, requestId } = act.acting
  act.facts.push({
    facilityId,
    actor: by === null || said.bySystem ? SERVER : auditActorOf(by),
    action: said.action,
    object: { type: 'booking', objectId: visitId, visitId },
    outcome: 'allow',
    ...(requestId === undefined ? {} : { requestId }),
    ...(said.detail === undefined ? {} : { detail: said.detail }),
  })
}

/** Tells the other parts of booking, before anything is committed. */
export async function tell(
  act: Act,
  row: Pick<BookingRow, 'visitId' | 'slotId' | 'seriesId'>,
  states: { from: BookingState | null; to: BookingState },
): Promise<void> {
  const { visitId, slotId, seriesId } = row
  for (const listener of act.deps.listeners) {
    await listener(act.tx, { visitId, slotId, seriesId, ...states })
  }
}

/** What else a move writes, and how it is named in the audit log. */
export type MoveOptions = Partial<Pick<Move, 'reason' | 'confirmedAt' | 'paidBy'>> & {
  /** Absent: `booking.` and the event. */
  readonly action?: string
  readonly bySystem?: boolean
}

/**
 * One move of the table (BK-3) by compare-and-set, with its claims, its listeners and its audit entry.
 * Refuses with `BOOKING_WRONG_STATE` what the table does not have. The row is locked by the caller.
 */
export async function moveBooking(
  act: Act,
  row: BookingRow,
  { event, ...options }: MoveOptions & { event: BookingEvent },
): Promise<BookingState> {
  const { tx, deps, acting } = act
  const to = movedState(row.bookingState, event)
  if (to === null) throw new Refusal('BOOKING_WRONG_STATE')
  const { reason = null, action = `booking.${event}`, bySystem = false, ...more } = options
  const by = bySystem ? SERVER.actorId : stateByOf(acting)
  const isMoved = await deps.repo.move(tx, row, { to, reason, by, ...more })
  if (!isMoved) throw new Refusal('VERSION_CHANGED')
  if (!isLiveBooking(to) && isLiveBooking(row.bookingState)) await offerPlace(act, row)
  await tell(act, row, { from: row.bookingState, to })
  note(act, row, {
    action,
    bySystem,
    detail: { from: row.bookingState, to, ...(reason === null ? {} : { reason }) },
  })
  return to
}

/** What the visit had is free; the first in line for its slot is asked (BK-10). */
async function offerPlace({ tx, deps, now }: Act, row: BookingRow): Promise<void> {
  if (row.slotId === null || row.startsAt <= now) return
  await deps.jobs.send(tx, 'waiting.offer', { slotId: row.slotId })
}

/** Everybody in the visit is told; once for each state it comes to. */
export async function tellParties(act: Act, row: BookingRow, kind: NoticeKind): Promise<void> {
  const dedupe = `${kind}/${row.visitId}/${row.version}`
  await act.deps.notices.tellParties(act.tx, { visitId: row.visitId, kind, dedupe })
}
