import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { placeFor, requirePlace } from './blackout-place.ts'
import type { NamedPlace } from './blackout-place.ts'
import { blackoutsRepo } from './blackouts.repo.ts'
import type { BlackoutPlace, BlackoutRow, Stretch } from './blackouts.repo.ts'
import { affectedDigestOf, openTasks, requireConfirmed } from './impact.service.ts'
import { affectedView, blackoutView } from './timetable-views.ts'
import type { BlackoutViewInput, ImpactInput } from './timetable-views.ts'

type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: Audit
  readonly tasks: Tasks
}
type Acting = { readonly actor: AccountActor; readonly requestId: string }
/** A blackout as it is asked for; ISO instants. */
type BlackoutWish = NamedPlace & {
  readonly startsAt: string
  readonly endsAt: string
  readonly reason: string
}

const WRONG_WAY_ROUND = { field: 'endsAt', cure: 'It ends after it begins.' }

/** Times in which an estate, a facility or a part of it takes no visits (BK-7). */
export type BlackoutsService = ReturnType<typeof createBlackoutsService>

export function createBlackoutsService({ db, clock, audit, tasks }: Deps) {
  return {
    /** Booked visits that have not begun and that a blackout would touch. */
    preview: async (actor: AccountActor, wish: BlackoutWish): Promise<ImpactInput> => {
      const stretch = stretchOf(wish)
      const place = await placeFor(db, actor, wish)
      return (await impactOf(db, { actor, place, stretch, now: clock.now() })).impact
    },
    /** Refuses an impact that was not seen before; visits under it stay, with a task each. */
    add: async (
      tx: Tx,
      {
        actor,
        requestId,
        body,
      }: Acting & {
        body: BlackoutWish & { affectedDigest: string }
      },
    ): Promise<BlackoutViewInput> => {
      const now = clock.now()
      const stretch = stretchOf(body)
      const place = await placeFor(tx, actor, body)
      await blackoutsRepo.lock(tx, place)
      const { visits, impact } = await impactOf(tx, { actor, place, stretch, now })
      requireConfirmed(impact, body.affectedDigest)
      const { reason } = body
      const row = { ...place, ...stretch, blackoutId: newId(), reason, createdAt: now }
      const stored = await blackoutsRepo.add(tx, { ...row, createdBy: actor.accountId })
      await openTasks(tx, tasks, { visits, subjectId: stored.blackoutId, now })
      const detail = { scope: place.scope, affected: visits.length }
      await append(audit, tx, { actor, requestId, stored, action: 'add', detail })
      return blackoutView(stored)
    },
    /** Opens the time again, and closes the tasks that the blackout had opened. */
    lift: async (
      tx: Tx,
      { actor, requestId, blackoutId }: Acting & { blackoutId: string },
    ): Promise<BlackoutViewInput> => {
      const stored = await liftOne(tx, { actor, blackoutId, liftedAt: clock.now() })
      await tasks.close(tx, {
        kind: 'REBOOK_VISIT',
        subjectId: blackoutId,
        doneBy: actor.accountId,
        resolution: 'BLACKOUT_LIFTED',
      })
      await append(audit, tx, { actor, requestId, stored, action: 'lift', detail: {} })
      return blackoutView(stored)
    },
  }
}

async function liftOne(
  tx: Tx,
  { actor, blackoutId, liftedAt }: { actor: AccountActor; blackoutId: string; liftedAt: Date },
): Promise<BlackoutRow> {
  const stored = await blackoutsRepo.one(tx, blackoutId)
  if (stored === null) throw new Refusal('NOT_FOUND')
  await requirePlace(tx, actor, stored)
  if (!(await blackoutsRepo.lift(tx, blackoutId, liftedAt))) throw new Refusal('ALREADY_DECIDED')
  return { ...stored, liftedAt }
}

function stretchOf(wish: BlackoutWish): Stretch {
  const startsAt = new Date(wish.startsAt)
  const endsAt = new Date(wish.endsAt)
  if (endsAt <= startsAt) throw new Refusal('BAD_REQUEST', { fields: [WRONG_WAY_ROUND] })
  return { startsAt, endsAt }
}

async function impactOf(
  tx: Tx,
  about: { actor: AccountActor; place: BlackoutPlace; stretch: Stretch; now: Date },
) {
  const { actor, place } = about
  const visits = await blackoutsRepo.visitsUnder(tx, place, about)
  const slotsRemoved = await blackoutsRepo.slotsUnder(tx, place, about)
  const operatorId = await operatorOf(tx, actor)
  const affected = affectedView(visits, operatorId)
  const affectedDigest = affectedDigestOf(visits.map(({ visitId }) => visitId))
  return { visits, impact: { slotsAdded: 0, slotsRemoved, affected, affectedDigest } }
}

/** Whose visits the actor may know by name. */
async function operatorOf(tx: Tx, { operatorId, facilityId }: AccountActor): Promise<string> {
  if (operatorId !== null) return operatorId
  const facility = facilityId && (await blackoutsRepo.facilityOperator(tx, facilityId))
  if (!facility) throw new Refusal('FORBIDDEN')
  return facility.operatorId
}

type BlackoutAct = Acting & {
  readonly stored: BlackoutRow
  readonly action: 'add' | 'lift'
  readonly detail: { readonly scope?: string; readonly affected?: number }
}

/** In the log of whoever's staff did it: a facility's, or the estate's for its operator. */
async function append(audit: Audit, tx: Tx, act: BlackoutAct): Promise<void> {
  await audit.append(tx, {
    facilityId: act.actor.facilityId,
    actor: auditActorOf(act.actor),
    action: `blackout.${act.action}`,
    object: { type: 'blackout', objectId: act.stored.blackoutId },
    outcome: 'allow',
    requestId: act.requestId,
    detail: act.detail,
  })
}
