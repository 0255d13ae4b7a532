import { Refusal } from '@visavis/contract/errors'
import type { SuspensionView } from '@visavis/contract/http'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { z } from 'zod'
import { newId } from '../../platform/ids.ts'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { LifeEventsDeps } from './life-events-parts.ts'
import { mayDecide, suspensionTarget } from './suspension-rules.ts'
import type { SuspensionRights } from './suspension-rules.ts'
import type { SuspensionRow, SuspensionsRepo } from './suspensions.repo.ts'

type Deps = LifeEventsDeps & { readonly repo: SuspensionsRepo }
type Act = { readonly actor: AccountActor; readonly requestId: string; readonly once: Once }

/** What is asked to be stopped. `reviewAt` is an ISO instant. */
export type SuspensionAsk = {
  readonly scope: 'ESTATE' | 'OPERATOR' | 'FACILITY'
  readonly facilityId?: string | undefined
  readonly classes: VisitClass[]
  readonly authority: string
  readonly reason: string
  readonly reviewAt: string
}

const REVIEW_LATER = {
  fields: [{ field: 'reviewAt', cure: 'Name a moment that is still to come.' }],
}

/** Use cases of suspensions (BK-12); the bookings follow in a job, which survives a crash. */
export function createSuspensionsService(deps: Deps) {
  const { repo, clock } = deps
  return {
    list: async (actor: AccountActor) => {
      const reach = await repo.reachOf(actor)
      return (await repo.reaching(reach)).map(suspensionView)
    },
    suspend: async ({ once, ...act }: Act, ask: SuspensionAsk) => {
      const facilityId = ask.facilityId ?? act.actor.facilityId
      const rights = await rightsOf(act.actor, facilityId, repo)
      const target = suspensionTarget(ask.scope, rights)
      if (new Date(ask.reviewAt) <= clock.now()) throw new Refusal('BAD_REQUEST', REVIEW_LATER)
      return once(async (tx) => {
        const now = clock.now()
        const row = await repo.add(tx, {
          suspensionId: newId(),
          scope: ask.scope,
          ...target,
          classes: ask.classes,
          authority: ask.authority,
          reason: ask.reason,
          reviewAt: new Date(ask.reviewAt),
          startsAt: now,
          createdAt: now,
          createdBy: act.actor.accountId,
        })
        const suspended = await repo.countLive(target, { classes: ask.classes, now }, tx)
        await followUp(tx, { ...act, row, action: 'suspension.begin' }, deps)
        return { suspension: suspensionView(row), suspended }
      })
    },
    lift: async ({ once, ...act }: Act, given: { suspensionId: string; reason: string }) => {
      const row = await repo.one(given.suspensionId)
      const rights = await rightsOf(act.actor, row?.facilityId ?? null, repo)
      if (!row || !mayDecide(row, rights)) throw new Refusal('NOT_FOUND')
      return once(async (tx) => {
        const lifted = { liftedAt: clock.now(), liftedBy: act.actor.accountId }
        if (!(await repo.lift(tx, row.suspensionId, lifted))) throw new Refusal('ALREADY_DECIDED')
        const queued = await repo.waiting(row, { since: lifted.liftedAt }, tx)
        await followUp(tx, { ...act, row, action: 'suspension.lift' }, deps)
        return { suspension: suspensionView({ ...row, ...lifted }), queued: queued.length }
      })
    },
  }
}

async function rightsOf(
  actor: AccountActor,
  facilityId: string | null,
  repo: SuspensionsRepo,
): Promise<SuspensionRights> {
  return {
    actor,
    estateId: await repo.estateOfOperator(actor.operatorId),
    facility: facilityId === null ? null : await repo.facility(facilityId),
  }
}

async function followUp(
  tx: Tx,
  about: { actor: AccountActor; requestId: string; row: SuspensionRow; action: string },
  { jobs, audit }: Deps,
): Promise<void> {
  const { suspensionId, facilityId } = about.row
  await jobs.send(tx, 'rebooking.run', { suspensionId })
  await audit.append(tx, {
    facilityId,
    actor: auditActorOf(about.actor),
    action: about.action,
    object: { type: 'suspension', objectId: suspensionId },
    outcome: 'allow',
    requestId: about.requestId,
    detail: { scope: about.row.scope, classes: about.row.classes.join(' ') },
  })
}

/** A suspension as it is written on the wire. */
export function suspensionView(row: SuspensionRow): z.input<typeof SuspensionView> {
  const { suspensionId, scope, classes, authority, reason } = row
  return {
    suspensionId,
    scope,
    classes,
    authority,
    reason,
    reviewAt: row.reviewAt.toISOString(),
    startsAt: row.startsAt.toISOString(),
    liftedAt: row.liftedAt?.toISOString() ?? null,
  }
}
