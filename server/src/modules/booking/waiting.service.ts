import type { BookingParty } from '@visavis/contract/http'
import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Jobs } from '../../platform/jobs.ts'
import { newId } from '../../platform/ids.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Eligibility } from '../eligibility/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Notices } from '../notifications/index.ts'
import { firstNameOf } from '@visavis/contract/person-names'
import type { Policy } from '../policy/index.ts'
import type { Timetable } from '../timetable/index.ts'
import type { Booking } from './booking-api.ts'
import { requireParty } from './series-access.ts'
import { WAITING_MOVES, positionOf } from './waiting-rules.ts'
import type { WaitedRow, WaitingRepo } from './waiting.repo.ts'

export type WaitingDeps = {
  readonly db: Tx
  readonly transact: Transact
  readonly clock: Clock
  readonly audit: Audit
  readonly jobs: Jobs
  readonly repo: WaitingRepo
  readonly booking: Booking
  readonly eligibility: Eligibility
  readonly notices: Notices
  readonly policy: Policy
  readonly timetable: Timetable
}
type Asking = { readonly actor: AccountActor; readonly requestId: string }
type Join = Asking & { readonly party: BookingParty & { readonly slotId: string } }
type Leave = Asking & { readonly waitingId: string }

/** The waiting lines of full slots (BK-10). */
export type WaitingService = ReturnType<typeof createWaitingService>

export function createWaitingService(deps: WaitingDeps) {
  return {
    /** The visitor's own entries, with position and offer. */
    list: (actor: AccountActor) => list(actor, deps),
    /**
     * Joins the line. Whoever joins while a place is free is offered it at once. Refuses with a code of
     * eligibility or `ALREADY_WAITING`.
     */
    join: (tx: Tx, given: Join) => join(tx, given, deps),
    /** Leaves it; an open offer goes to the next. `NOT_FOUND`, or `ALREADY_DECIDED` where it is over. */
    leave: (tx: Tx, given: Leave) => leave(tx, given, deps),
  }
}

async function list({ visitorId }: AccountActor, { db, repo, clock }: WaitingDeps) {
  if (visitorId === null) throw new Refusal('FORBIDDEN')
  const rows = await repo.ofVisitor(db, visitorId, clock.now())
  const inmates = await repo.inmates(
    db,
    rows.map(({ inmateId }) => inmateId),
  )
  const names = new Map(inmates.map((inmate) => [inmate.inmateId, firstNameOf(inmate)]))
  return rows.map((row) => entryView(row, names.get(row.inmateId) ?? ''))
}

function entryView(row: WaitedRow, inmateName: string) {
  const { waitingId, slotId, state, slot, inmateId } = row
  const isOffered = state === 'OFFERED'
  return {
    waitingId,
    slotId,
    startsAt: slot.startsAt.toISOString(),
    endsAt: slot.endsAt.toISOString(),
    facility: slot.facility,
    inmate: { inmateId, displayName: inmateName },
    state,
    position: positionOf(slot.waiting, waitingId),
    offeredVisitId: isOffered ? row.offeredVisitId : null,
    offerExpiresAt: isOffered ? (row.offerExpiresAt?.toISOString() ?? null) : null,
  }
}

async function join(tx: Tx, { actor, requestId, party }: Join, deps: WaitingDeps) {
  const { repo, audit, jobs, clock } = deps
  const { facilityId } = await mayWait(tx, { actor, party }, deps)
  const { slotId, inmateId, visitorIds, place, linkCentreId = null } = party
  await repo.lockLine(tx, slotId)
  const { accountId } = actor
  const line = await repo.live(tx, slotId)
  if (line.some((entry) => entry.inmateId === inmateId && entry.accountId === accountId)) {
    throw new Refusal('ALREADY_WAITING')
  }
  const waitingId = newId()
  const people = { inmateId, visitorIds: [...new Set(visitorIds)], place, linkCentreId }
  await repo.add(tx, { waitingId, slotId, accountId, ...people, createdAt: clock.now() })
  const position = positionOf(await repo.live(tx, slotId), waitingId) ?? 1
  // A place may have become free just before: who waits from now on is asked about it too.
  await jobs.send(tx, 'waiting.offer', { slotId })
  await audit.append(tx, {
    facilityId,
    actor: auditActorOf(actor),
    action: 'waiting.join',
    object: { type: 'waitingEntry', objectId: waitingId },
    outcome: 'allow',
    requestId,
    detail: { slotId, people: visitorIds.length },
  })
  return { waitingId, position }
}

/** Everything but the room there is must allow the visit already, or waiting for it would be in vain. */
async function mayWait(
  tx: Tx,
  { actor, party }: Pick<Join, 'actor' | 'party'>,
  { eligibility, timetable }: WaitingDeps,
): Promise<{ facilityId: string }> {
  const { slotId, inmateId, visitorIds, place, linkCentreId } = party
  const slot = await timetable.slot(tx, slotId)
  if (slot === null) throw new Refusal('SLOT_NOT_FOUND')
  requireParty(actor, { visitorIds, facilityId: slot.facilityId })
  const { report } = await eligibility.assess(tx, {
    ...{ inmateId, visitorIds, place, linkCentreId, slotId, at: 'HOLD' },
    askedBy: actor.visitorId ?? undefined,
  })
  const obstacle = report.checks.find(
    ({ verdict, check }) => verdict === 'REFUSED' && check !== 'CAPACITY',
  )
  if (obstacle?.code) {
    const { code, liftsAt } = obstacle
    throw new Refusal(code, { report, ...(liftsAt === null ? {} : { liftsAt }) })
  }
  return { facilityId: slot.facilityId }
}

async function leave(tx: Tx, { actor, requestId, waitingId }: Leave, deps: WaitingDeps) {
  const { repo, booking, audit } = deps
  const entry = await lockOwn(tx, { actor, waitingId }, repo)
  const to = WAITING_MOVES[entry.state].leave
  if (to === undefined) throw new Refusal('ALREADY_DECIDED')
  let { state } = entry
  if (state === 'OFFERED' && entry.offeredVisitId !== null) {
    // The hold is given up first, which lapses the offer.
    await release(tx, { visitId: entry.offeredVisitId, by: actor, requestId }, booking)
    state = 'LAPSED'
  }
  if (!(await repo.move(tx, waitingId, { from: state, to }))) throw new Refusal('ALREADY_DECIDED')
  await audit.append(tx, {
    facilityId: entry.slot.facilityId,
    actor: auditActorOf(actor),
    action: 'waiting.leave',
    object: { type: 'waitingEntry', objectId: waitingId },
    outcome: 'allow',
    requestId,
    detail: { slotId: entry.slotId },
  })
  return {}
}

/** The visitor's own entry as it is now; nobody moves it while it waits, or offers it anything. */
async function lockOwn(
  tx: Tx,
  { actor, waitingId }: Pick<Leave, 'actor' | 'waitingId'>,
  repo: WaitingRepo,
) {
  const known = await repo.one(tx, waitingId)
  const isOwn = known?.visitorIds.some((visitorId) => visitorId === actor.visitorId)
  if (!known || !isOwn) throw new Refusal('NOT_FOUND')
  await repo.lockLine(tx, known.slotId)
  const entry = await repo.one(tx, waitingId)
  if (entry === null) throw new Refusal('NOT_FOUND')
  return entry
}

/** What was confirmed or has expired meanwhile is no offer any more. */
async function release(
  tx: Tx,
  one: { visitId: string; by: AccountActor; requestId: string },
  booking: Booking,
): Promise<void> {
  try {
    await booking.release(tx, one)
  } catch (error) {
    const isOver = error instanceof Refusal && error.code === 'BOOKING_WRONG_STATE'
    throw isOver ? new Refusal('ALREADY_DECIDED') : error
  }
}
