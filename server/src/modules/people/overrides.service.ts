import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { requireAnother } from '../identity/index.ts'
import { meetingChanged } from './meeting-changes.ts'
import { badField, enter, facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { requireInmateOf } from './reach.ts'
import { isOnPair, peopleOf } from './restriction-rules.ts'
import { restrictionsRepo } from './restrictions.repo.ts'
import type { OverrideRow, RestrictionRow } from './restrictions.repo.ts'
import { dueAtOf } from './verification-tasks.ts'

type Given = RouteBody<typeof routes.askOverride>
type Asking = Act & { readonly restrictionId: string; readonly given: Given }
type Granting = Act & { readonly overrideId: string }
type Refusing = Granting & { readonly reason: string }

/** Use cases of exceptions from a facility's own restrictions (EL-5). */
export type OverridesService = ReturnType<typeof createOverridesService>

export function createOverridesService(kit: PeopleKit) {
  return {
    ask: (tx: Tx, asking: Asking) => ask(tx, kit, asking),
    grant: (tx: Tx, granting: Granting) => grant(tx, kit, granting),
    /** The second person's no, or that whoever asked does not want it any more. */
    refuse: (tx: Tx, refusing: Refusing) => refuse(tx, kit, refusing),
  }
}

async function ask(
  tx: Tx,
  kit: PeopleKit,
  { restrictionId, given, ...act }: Asking,
): Promise<RouteReply<typeof routes.askOverride>> {
  const facilityId = facilityIdOf(act.actor)
  const row = await restrictionsRepo.lock(tx, restrictionId)
  await requireOverridable(tx, row, { given, facilityId })
  const { visitorId, inmateId, reason } = given
  const now = kit.clock.now()
  const expiresAt = new Date(given.expiresAt)
  if (expiresAt <= now) throw badField('expiresAt', 'Give a date to come.')
  const overrideId = newId()
  await restrictionsRepo.addOverride(tx, {
    ...{ overrideId, restrictionId, visitorId, inmateId, reason },
    requestedBy: act.actor.accountId,
    requestedAt: now,
    expiresAt,
  })
  const dueAt = await dueAtOf(tx, kit, facilityId)
  const task = { facilityId, kind: 'DECIDE_OVERRIDE', dueAt } as const
  await kit.tasks.open(tx, { ...task, visitorId, inmateId, subjectId: overrideId })
  const object = { type: 'restrictionOverride', objectId: overrideId }
  const detail = { restrictionId, visitorId, inmateId }
  await enter(tx, kit, { ...act, action: 'restrictionOverride.ask', object, detail })
  return { overrideId }
}

async function requireOverridable(
  tx: Tx,
  row: RestrictionRow | null,
  { given, facilityId }: { given: Given; facilityId: string },
): Promise<void> {
  await requireInmateOf(tx, facilityId, given.inmateId)
  if (row === null || row.liftedAt !== null || !isOnPair(row, given)) {
    throw new Refusal('NOT_FOUND')
  }
  // Another facility's ban does not bind here, so there is nothing to except from.
  if (row.kind === 'BAN' && row.facilityId !== facilityId) throw new Refusal('NOT_FOUND')
  if (row.source === 'COURT') throw new Refusal('COURT_ORDER_BINDS')
}

async function grant(
  tx: Tx,
  kit: PeopleKit,
  { overrideId, ...act }: Granting,
): Promise<Record<string, never>> {
  const { override, isInForce } = await lockedOverride(tx, { ...act, overrideId })
  const now = kit.clock.now()
  if (!isInForce || override.expiresAt <= now) throw new Refusal('ALREADY_DECIDED')
  await requireSecondPerson(tx, act, override)
  const grantedBy = act.actor.accountId
  await restrictionsRepo.decideOverride(tx, overrideId, { grantedBy, grantedAt: now })
  const closed = { subjectId: overrideId, doneBy: grantedBy, resolution: 'GRANTED' }
  await kit.tasks.close(tx, { kind: 'DECIDE_OVERRIDE', ...closed })
  await meetingChanged(tx, kit, { act, people: peopleOf(override), cause: 'RESTRICTION' })
  const object = { type: 'restrictionOverride', objectId: overrideId }
  const detail = { restrictionId: override.restrictionId, requestedBy: override.requestedBy }
  await enter(tx, kit, { ...act, action: 'restrictionOverride.grant', object, detail })
  return {}
}

async function refuse(
  tx: Tx,
  kit: PeopleKit,
  { overrideId, reason, ...act }: Refusing,
): Promise<Record<string, never>> {
  const { override } = await lockedOverride(tx, { ...act, overrideId })
  const refusedBy = act.actor.accountId
  const refused = { refusedBy, refusedAt: kit.clock.now(), refusedReason: reason }
  await restrictionsRepo.decideOverride(tx, overrideId, refused)
  const closed = { subjectId: overrideId, doneBy: refusedBy, resolution: 'REFUSED' }
  await kit.tasks.close(tx, { kind: 'DECIDE_OVERRIDE', ...closed })
  const object = { type: 'restrictionOverride', objectId: overrideId }
  const detail = { restrictionId: override.restrictionId, requestedBy: override.requestedBy }
  await enter(tx, kit, { ...act, action: 'restrictionOverride.refuse', object, detail })
  return {}
}

/** An exception of the facility's that nobody has decided, and whether its restriction still is one. */
async function lockedOverride(
  tx: Tx,
  { overrideId, actor }: Granting,
): Promise<{ override: OverrideRow; isInForce: boolean }> {
  const asked = await restrictionsRepo.override(tx, overrideId)
  if (asked === null) throw new Refusal('NOT_FOUND')
  await requireInmateOf(tx, facilityIdOf(actor), asked.inmateId)
  const restriction = await restrictionsRepo.lock(tx, asked.restrictionId)
  const override = await restrictionsRepo.override(tx, overrideId)
  if (override === null || restriction === null) throw new Refusal('NOT_FOUND')
  const isDecided = override.grantedAt !== null || override.refusedAt !== null
  if (isDecided) throw new Refusal('ALREADY_DECIDED')
  return { override, isInForce: restriction.liftedAt === null }
}

// EL-5: another account of the same officer is not another person.
async function requireSecondPerson(
  tx: Tx,
  { actor }: Act,
  { requestedBy }: OverrideRow,
): Promise<void> {
  const officerId = await restrictionsRepo.officerOf(tx, requestedBy)
  requireAnother(actor, { accountId: requestedBy, officerId })
}
