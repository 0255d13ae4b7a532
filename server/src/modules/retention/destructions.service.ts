import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { requireAllowed } from '../access/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { DestructionRow, DestructionsRepo } from './destructions.repo.ts'
import { keptVisit } from './kept-visit.ts'
import type { ShredFacts, ShredRepo } from './shred.repo.ts'
import type { Shred } from './shred.service.ts'

type Deps = {
  readonly repo: DestructionsRepo
  readonly rows: ShredRepo
  readonly shred: Shred
  readonly tasks: Tasks
  readonly jobs: Pick<Jobs, 'send'>
  readonly audit: Audit
  readonly clock: Clock
}
type Asking = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly visitId: string
  readonly reason: string
}
type Decision = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly destructionId: string
  readonly isApproved: boolean
  readonly reason: string
}

/** How long somebody may take to decide. */
const DECIDE_WITHIN_MS = 3 * 86_400_000

/** Use cases of destruction before its time: asked for by one person, decided by another (RC-7). */
export type Destructions = ReturnType<typeof createDestructions>

export function createDestructions(deps: Deps) {
  return {
    ask: (tx: Tx, asking: Asking) => ask(tx, asking, deps),
    decide: (tx: Tx, decision: Decision) => decide(tx, decision, deps),
  }
}

async function ask(tx: Tx, asking: Asking, deps: Deps): Promise<Record<string, never>> {
  const { repo, rows, tasks, clock } = deps
  const { actor, visitId, reason } = asking
  const facts = await keptVisit(tx, { visitId, actor, action: 'kept.destroy' }, rows)
  requireDestroyable(facts)
  if (facts.destructions.length > 0) throw new Refusal('ALREADY_DECIDED')
  const askedAt = clock.now()
  const destructionId = newId()
  const { facilityId } = facts
  await repo.ask(tx, { destructionId, visitId, askedBy: actor.accountId, askedAt, reason })
  await tasks.open(tx, {
    ...{ kind: 'DECIDE_DESTRUCTION', subjectId: destructionId, visitId, facilityId },
    dueAt: new Date(askedAt.getTime() + DECIDE_WITHIN_MS),
  })
  await enter(tx, { ...asking, destructionId, facilityId, action: 'destruction.ask' }, deps)
  return {}
}

async function decide(tx: Tx, decision: Decision, deps: Deps): Promise<Record<string, never>> {
  const { repo, rows } = deps
  const { actor, destructionId, isApproved } = decision
  const asked = await repo.one(tx, destructionId)
  if (!asked) throw new Refusal('NOT_FOUND')
  const about = { facilityId: asked.visit.facilityId, absent: 'NOT_FOUND' } as const
  requireAllowed(actor, 'kept.destroy', about)
  if (asked.state !== 'ASKED' || asked.asker === null) throw new Refusal('ALREADY_DECIDED')
  requireAllowed(actor, 'destruction.decide', { ...about, by: asked.asker })
  const { visitId } = asked
  await rows.lock(tx, visitId)
  const facts = await rows.facts(tx, visitId)
  // Somebody else may have decided while this one waited for the lock.
  if (!facts || facts.destructions.length === 0) throw new Refusal('ALREADY_DECIDED')
  return isApproved
    ? destroy(tx, { ...decision, visitId, facts }, deps)
    : refuse(tx, { ...decision, asked }, deps)
}

async function destroy(
  tx: Tx,
  { actor, requestId, visitId, facts }: Decision & { visitId: string; facts: ShredFacts },
  { shred, jobs }: Deps,
): Promise<Record<string, never>> {
  requireDestroyable(facts)
  const who = { actor: auditActorOf(actor), decidedBy: actor.accountId, requestId }
  const { destructionId } = await shred(tx, { visitId, facts, cause: 'EARLY', ...who })
  await jobs.send(tx, 'retention.run', {}, { singletonKey: destructionId })
  return {}
}

async function refuse(
  tx: Tx,
  { asked, ...decision }: Decision & { asked: DestructionRow },
  deps: Deps,
): Promise<Record<string, never>> {
  const { repo, tasks, clock } = deps
  const { actor, destructionId, reason } = decision
  const { visitId, visit } = asked
  const end = { decidedBy: actor.accountId, decidedAt: clock.now() }
  if (!(await repo.refuse(tx, destructionId, end))) throw new Refusal('ALREADY_DECIDED')
  const done = { doneBy: actor.accountId, resolution: reason }
  await tasks.close(tx, { kind: 'DECIDE_DESTRUCTION', subjectId: destructionId, ...done })
  const { facilityId } = visit
  await enter(tx, { ...decision, visitId, facilityId, action: 'destruction.refuse' }, deps)
  return {}
}

/** Not under a hold, and not while a recorder may still write. */
function requireDestroyable({ legalHolds, recordings }: ShredFacts): void {
  if (legalHolds.length > 0) throw new Refusal('ON_HOLD')
  if (recordings.some(({ state }) => state === 'OPEN' || state === 'RECORDED')) {
    throw new Refusal('RECORDING_NOT_READY')
  }
}

type Entry = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly visitId: string
  readonly facilityId: string
  readonly destructionId: string
  readonly action: string
}

async function enter(tx: Tx, entry: Entry, { audit }: Deps): Promise<void> {
  const { actor, requestId, visitId, facilityId, destructionId, action } = entry
  await audit.append(tx, {
    ...{ facilityId, actor: auditActorOf(actor), action, requestId, outcome: 'allow' },
    object: { type: 'destruction', objectId: destructionId, visitId },
  })
}
