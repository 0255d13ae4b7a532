import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Tx } from '../../platform/transact.ts'
import type { AccountActor, InmateActor } from '../identity/index.ts'
import type { Notices } from '../notifications/index.ts'
import { firstNameOf } from '@visavis/contract/person-names'
import type { Policy } from '../policy/index.ts'
import type { Booking, RingAsk } from './booking-api.ts'
import { ringStateOf, ringStretch } from './ring-rules.ts'
import type { RingState } from './ring-rules.ts'
import type { RingRepo } from './ring.repo.ts'

export type RingDeps = {
  readonly db: Tx
  readonly clock: Clock
  readonly repo: RingRepo
  readonly booking: Booking
  readonly notices: Notices
  readonly policy: Policy
}
type Ring = { readonly actor: InmateActor; readonly visitorId: string; readonly requestId: string }
type TakeBack = {
  readonly actor: InmateActor
  readonly visitId: string
  readonly requestId: string
}
type Answer = {
  readonly actor: AccountActor
  readonly visitId: string
  readonly isAccepted: boolean
  readonly requestId: string
}

/** Visits on demand: the inmate rings, now and from the terminal (BK-8). */
export type RingService = ReturnType<typeof createRingService>

export function createRingService(deps: RingDeps) {
  return {
    /** Holds a visit from now on at the inmate's terminal while it rings; everything is checked as ever. */
    ring: (tx: Tx, given: Ring) => ring(tx, given, deps),
    /** What became of an inmate's own ring. */
    stateOf: (actor: InmateActor, visitId: string) => stateOf(actor, visitId, deps),
    /** The inmate stops ringing; `RING_OVER` when it rings no more. */
    takeBack: (tx: Tx, given: TakeBack) => takeBack(tx, given, deps),
    /** Who rings a visitor now. */
    mine: (actor: AccountActor) => mine(actor, deps),
    /** Takes or declines; `RING_OVER` when it rings no more. */
    answer: (tx: Tx, given: Answer) => answer(tx, given, deps),
  }
}

async function ring(tx: Tx, { actor, visitorId, requestId }: Ring, deps: RingDeps) {
  const { facilityId, inmateId, terminalId } = actor
  const { policy } = await deps.policy.ofFacility(tx, facilityId)
  if (!policy.isOnDemandAllowed) throw new Refusal('ON_DEMAND_NOT_ALLOWED')
  const now = deps.clock.now()
  const lengthMs = policy.visitMinutes * MINUTE_MS
  const turnaroundMs = policy.terminalTurnaroundMs
  const until = new Date(now.getTime() + lengthMs + turnaroundMs)
  const asked = { terminalId, inmateId, visitorId, now, until }
  const freeUntil = await deps.repo.freeUntil(tx, asked)
  const ask: RingAsk = {
    by: actor,
    requestId,
    inmateId,
    terminalId,
    visitorIds: [visitorId],
    place: 'HOME',
    ...ringStretch({ now, lengthMs, turnaroundMs, freeUntil }),
    holdMs: policy.ringMs,
  }
  const { visitId, holdExpiresAt } = await deps.booking.holdRing(tx, ask)
  await tellVisitor(tx, { visitId, visitorId, ringsUntil: holdExpiresAt }, deps)
  return { visitId, ringsUntil: holdExpiresAt.toISOString() }
}

const MINUTE_MS = 60_000

/** By text message and mail too: the page may not be open. */
async function tellVisitor(
  tx: Tx,
  { visitId, visitorId, ringsUntil }: { visitId: string; visitorId: string; ringsUntil: Date },
  { notices }: RingDeps,
): Promise<void> {
  await notices.queue(tx, {
    kind: 'RING',
    to: { visitorId },
    visitId,
    details: { until: ringsUntil.toISOString() },
    dedupeKey: `ring/${visitId}`,
    calendar: false,
  })
}

async function stateOf(
  { inmateId }: InmateActor,
  visitId: string,
  { db, repo, clock }: RingDeps,
): Promise<{ state: RingState }> {
  const found = await repo.ofInmate(db, visitId, inmateId)
  if (found === null) throw new Refusal('NOT_FOUND')
  return { state: ringStateOf(found, clock.now()) }
}

async function takeBack(tx: Tx, { actor, visitId, requestId }: TakeBack, deps: RingDeps) {
  const found = await deps.repo.ofInmate(tx, visitId, actor.inmateId)
  if (found === null) throw new Refusal('NOT_FOUND')
  if (ringStateOf(found, deps.clock.now()) !== 'RINGING') throw new Refusal('RING_OVER')
  // What was not sent yet would ask somebody to come to nothing.
  await deps.notices.cancelOf(tx, visitId)
  const one = { visitId, by: actor, requestId, reason: 'RING_TAKEN_BACK' as const }
  await whileItRings(deps.booking.release(tx, one))
  return {}
}

async function mine({ visitorId }: AccountActor, { db, repo, clock }: RingDeps) {
  if (visitorId === null) throw new Refusal('FORBIDDEN')
  const rows = await repo.ringing(db, visitorId, clock.now())
  return rows.map(({ visitId, inmate, holdExpiresAt, endsAt }) => ({
    visitId,
    inmateName: firstNameOf(inmate),
    ringsUntil: (holdExpiresAt ?? endsAt).toISOString(),
    endsAt: endsAt.toISOString(),
  }))
}

async function answer(tx: Tx, { actor, visitId, isAccepted, requestId }: Answer, deps: RingDeps) {
  const { visitorId } = actor
  const found = visitorId === null ? null : await deps.repo.ofVisitor(tx, visitId, visitorId)
  if (found === null) throw new Refusal('NOT_FOUND')
  if (ringStateOf(found, deps.clock.now()) !== 'RINGING') throw new Refusal('RING_OVER')
  const one = { visitId, by: actor, requestId }
  if (isAccepted)
    return { visitId, bookingState: await whileItRings(deps.booking.confirm(tx, one)) }
  await whileItRings(deps.booking.release(tx, { ...one, reason: 'RING_DECLINED' }))
  return { visitId, bookingState: 'EXPIRED' as const }
}

/** Somebody or the clock was faster. */
async function whileItRings<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    const isOver =
      error instanceof Refusal && ['HOLD_LOST', 'BOOKING_WRONG_STATE'].includes(error.code)
    throw isOver ? new Refusal('RING_OVER') : error
  }
}
