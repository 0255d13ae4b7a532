import { Refusal } from '@visavis/contract/errors'
import type { RetentionRules } from '@visavis/contract/http'
import { keptUntil, retentionDaysUnder } from '@visavis/contract/limits'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { Jobs } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import { movedDestruction } from './retention-rules.ts'
import type { Planned } from './rules.repo.ts'
import { rulesRepo } from './rules.repo.ts'
import { facilityOf } from './staff-rules.ts'

type Deps = {
  readonly db: Database
  readonly policy: Policy
  readonly jobs: Pick<Jobs, 'send'>
  readonly audit: Audit
  readonly clock: Clock
}
type Setting = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly rules: RetentionRules
}

/** How long a facility keeps recordings (RC-7). */
export type Rules = ReturnType<typeof createRules>

export function createRules(deps: Deps) {
  const { db, policy } = deps
  return {
    /** The rules as they work: no longer than the law allows. */
    async read(actor: AccountActor) {
      const rules = await policy.ofFacility(db, facilityOf(actor))
      return { ...inForce(rules), legalDays: rules.limits.maxRetentionDays ?? null }
    },
    /** Changes them, and moves what is kept already; its keys follow by the job. */
    set: (tx: Tx, setting: Setting) => set(tx, setting, deps),
  }
}

/** How long a facility keeps each class, in days: its own rule, or the law's where that is shorter. */
export function inForce(rules: FacilityRules): RetentionRules {
  return {
    social: retentionDaysUnder(rules, 'social'),
    official: retentionDaysUnder(rules, 'official'),
  }
}

async function set(tx: Tx, { actor, requestId, rules }: Setting, deps: Deps) {
  const { policy, jobs, audit, clock } = deps
  const facilityId = facilityOf(actor)
  const before = await policy.ofFacility(tx, facilityId)
  requireLawful(rules, before.limits.maxRetentionDays)
  await rulesRepo.setDays(tx, facilityId, rules)
  const moved = movedPlans(await rulesRepo.planned(tx, facilityId), rules, clock.now())
  if (moved.length > 0) {
    await rulesRepo.plan(tx, moved)
    await jobs.send(tx, 'retention.run', {}, { singletonKey: facilityId })
  }
  const { social, official } = before.policy.retentionDays
  await audit.append(tx, {
    ...{ facilityId, actor: auditActorOf(actor), action: 'retention.setRules', requestId },
    object: { type: 'facility', objectId: facilityId },
    outcome: 'allow',
    detail: { ...rules, socialBefore: social, officialBefore: official, changed: moved.length },
  })
  return { rules, changed: moved.length }
}

function movedPlans(planned: readonly Planned[], rules: RetentionRules, now: Date) {
  return planned.flatMap(({ recordingId, visitClass, endsAt, destroyAfter }) => {
    if (visitClass === 'privileged') return []
    const wanted = keptUntil(endsAt, rules[visitClass])
    const moved = movedDestruction({ planned: destroyAfter, wanted, now })
    return moved.getTime() === destroyAfter.getTime() ? [] : [{ recordingId, destroyAfter: moved }]
  })
}

function requireLawful(rules: RetentionRules, legalDays: number | undefined): void {
  if (legalDays === undefined) return
  const fields = (['social', 'official'] as const)
    .filter((visitClass) => rules[visitClass] > legalDays)
    .map((field) => ({ field, cure: `By law recordings are kept ${legalDays} days at most.` }))
  if (fields.length > 0) throw new Refusal('LEGAL_LIMIT', { fields })
}
