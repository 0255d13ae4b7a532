import { Refusal } from '@visavis/contract/errors'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import { auditActorOf, requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { lifeEventsRepo } from './life-events.repo.ts'
import type { BookedVisit } from './life-events.repo.ts'
import { dueBefore } from './life-events-parts.ts'
import type { LifeEventsDeps } from './life-events-parts.ts'

/** What happened to an inmate. `at` is an ISO instant. */
export type InmateEvent =
  | { event: 'TRANSFER'; version: number; toFacilityId: string; wing: string; at: string }
  | { event: 'MOVE_WING'; version: number; wing: string }
  | { event: 'RELEASE' | 'DEATH'; version: number; at: string }

type Given = {
  readonly actor: AccountActor
  readonly inmateId: string
  readonly event: InmateEvent
  readonly requestId: string
}
type Inmate = NonNullable<Awaited<ReturnType<typeof lifeEventsRepo.inmate>>>
type Effect = { readonly cancelled: string[]; readonly tasks: string[] }

const DAY_MS = 86_400_000
const NOTHING: Effect = { cancelled: [], tasks: [] }

/** Use cases of what happens to an inmate (BK-13). */
export function createInmateEventsService(deps: LifeEventsDeps) {
  return {
    /** Carries the event out with all that follows from it, in one transaction. */
    enter: ({ once, ...given }: Given & { once: Once }) =>
      once((tx) => enterEvent(tx, given, deps), deps.booking.retries),
  }
}

async function enterEvent(tx: Tx, given: Given, deps: LifeEventsDeps): Promise<Effect> {
  const { actor, inmateId, event, requestId } = given
  const inmate = await lifeEventsRepo.inmate(tx, inmateId)
  if (!inmate) throw new Refusal('NOT_FOUND')
  requireFacility(actor, inmate.facilityId)
  if (inmate.custody !== 'IN_CUSTODY') throw new Refusal('ALREADY_DECIDED')
  await deps.booking.lockPeople(tx, [inmateId], 'exclusive')
  const bookings = await lifeEventsRepo.bookingsOf(tx, { inmateId }, deps.clock.now())
  // Who sits before the camera is not taken out of the conversation by an entry in a list.
  if (event.event !== 'MOVE_WING' && bookings.some(({ isRunning }) => isRunning)) {
    throw new Refusal('VISIT_WRONG_STATE')
  }
  // Visits before the inmate's row, which is also that of the ledgers.
  await lifeEventsRepo.lockVisits(
    tx,
    bookings.map(({ visitId }) => visitId),
  )
  await changeInmate(tx, { inmate, event })
  const effect = await effectOf(tx, { given, inmate, bookings }, deps)
  await deps.audit.append(tx, {
    facilityId: inmate.facilityId,
    actor: auditActorOf(actor),
    action: `inmate.${EVENT_VERBS[event.event]}`,
    object: { type: 'inmate', objectId: inmateId },
    outcome: 'allow',
    requestId,
    detail: event.event === 'TRANSFER' ? { toFacilityId: event.toFacilityId } : {},
  })
  return effect
}

const EVENT_VERBS = {
  TRANSFER: 'transfer',
  MOVE_WING: 'moveWing',
  RELEASE: 'release',
  DEATH: 'enterDeath',
} as const

async function changeInmate(
  tx: Tx,
  { inmate, event }: { inmate: Inmate; event: InmateEvent },
): Promise<void> {
  if (event.event === 'TRANSFER') await requireTarget(tx, inmate, event.toFacilityId)
  const { inmateId } = inmate
  const { version } = event
  const isChanged = await lifeEventsRepo.changeInmate(tx, { inmateId, version }, changeOf(event))
  if (!isChanged) throw new Refusal('VERSION_CHANGED')
}

function changeOf(event: InmateEvent) {
  switch (event.event) {
    case 'TRANSFER':
      return { facilityId: event.toFacilityId, wing: event.wing }
    case 'MOVE_WING':
      return { wing: event.wing }
    case 'RELEASE':
      return { custody: 'RELEASED' as const, custodyAt: new Date(event.at) }
    case 'DEATH':
      return { custody: 'DECEASED' as const, custodyAt: new Date(event.at) }
  }
}

async function requireTarget(tx: Tx, inmate: Inmate, toFacilityId: string): Promise<void> {
  const [from, to] = [
    await lifeEventsRepo.facility(tx, inmate.facilityId),
    await lifeEventsRepo.facility(tx, toFacilityId),
  ]
  const field = 'toFacilityId'
  if (!to || to.estateId !== from?.estateId) throw new Refusal('NOT_FOUND')
  if (toFacilityId === inmate.facilityId) {
    throw new Refusal('BAD_REQUEST', { fields: [{ field, cure: 'Name another facility.' }] })
  }
  if (await lifeEventsRepo.isNumberTaken(tx, toFacilityId, inmate.inmateNumber)) {
    const cure = 'Somebody there has this inmate number: have it changed first.'
    throw new Refusal('BAD_REQUEST', { fields: [{ field, cure }] })
  }
}

async function effectOf(
  tx: Tx,
  about: { given: Given; inmate: Inmate; bookings: readonly BookedVisit[] },
  deps: LifeEventsDeps,
): Promise<Effect> {
  switch (about.given.event.event) {
    case 'TRANSFER':
      return askToRebook(tx, about, deps)
    case 'MOVE_WING':
      return NOTHING
    case 'RELEASE':
      return endBookings(tx, about, deps)
    case 'DEATH':
      return endAfterDeath(tx, about, deps)
  }
}

/** Nothing is cancelled by a transfer: each visit gets a task, and the family an offer of other times. */
async function askToRebook(
  tx: Tx,
  { inmate, bookings }: { inmate: Inmate; bookings: readonly BookedVisit[] },
  { tasks, notices, clock }: LifeEventsDeps,
): Promise<Effect> {
  const opened: string[] = []
  for (const { visitId, startsAt, facilityId } of bookings) {
    opened.push(
      await tasks.open(tx, {
        facilityId,
        kind: 'INMATE_TRANSFERRED',
        visitId,
        inmateId: inmate.inmateId,
        suggestion: 'REBOOK',
        dueAt: dueBefore(startsAt, clock.now()),
      }),
    )
    await notices.tellParties(tx, { visitId, kind: 'REBOOK_OFFER', dedupe: 'transfer' })
  }
  return { cancelled: [], tasks: opened }
}

async function endBookings(
  tx: Tx,
  { given, bookings }: { given: Given; bookings: readonly BookedVisit[] },
  { booking }: LifeEventsDeps,
): Promise<Effect> {
  const visitIds = bookings.map(({ visitId }) => visitId)
  if (visitIds.length === 0) return NOTHING
  const isDeath = given.event.event === 'DEATH'
  const cancelled = await booking.cancelAll(tx, {
    visitIds,
    reason: isDeath ? 'INMATE_DIED' : 'INMATE_RELEASED',
    isSilent: isDeath,
    by: given.actor,
    requestId: given.requestId,
  })
  return { cancelled, tasks: [] }
}

/** No message of ours may be how a family learns of a death: a person calls each of them. */
async function endAfterDeath(
  tx: Tx,
  about: { given: Given; inmate: Inmate; bookings: readonly BookedVisit[] },
  deps: LifeEventsDeps,
): Promise<Effect> {
  const { inmateId, facilityId } = about.inmate
  const tasks: string[] = []
  for (const { visitorId } of await lifeEventsRepo.relatives(tx, inmateId)) {
    const dueAt = new Date(deps.clock.now().getTime() + DAY_MS)
    const task = { facilityId, visitorId, inmateId, subjectId: visitorId, dueAt }
    tasks.push(
      await deps.tasks.open(tx, { ...task, kind: 'INMATE_DIED', suggestion: 'CALL_VISITOR' }),
    )
  }
  return { ...(await endBookings(tx, about, deps)), tasks }
}
