import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import { requireAllowed } from '../access/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { holdView } from './hold-view.ts'
import type { HoldRow, HoldsRepo } from './holds.repo.ts'
import { keptVisit } from './kept-visit.ts'
import { destructionAfterRelease, localDateAt } from './retention-rules.ts'
import type { ShredRepo } from './shred.repo.ts'

type Deps = {
  readonly repo: HoldsRepo
  readonly shred: ShredRepo
  readonly jobs: Pick<Jobs, 'send'>
  readonly tasks: Tasks
  readonly audit: Audit
  readonly clock: Clock
}

/** Who acts. */
export type Act = { readonly actor: AccountActor; readonly requestId: string }
type Placing = Act & {
  readonly visitId: string
  readonly reason: string
  readonly caseNumber: string
  readonly reviewOn: string
}
type OnHold = Act & { readonly holdId: string }

/** How long somebody may take to decide a release. */
const DECIDE_WITHIN_MS = 3 * 86_400_000
const REVIEW_CURE = { field: 'reviewOn', cure: 'Choose a day that is still to come.' }

/** Use cases of legal holds (RC-7). */
export type Holds = ReturnType<typeof createHolds>

export function createHolds(deps: Deps) {
  return {
    place: (tx: Tx, placing: Placing) => place(tx, placing, deps),
    /** It goes on: why is in the log, and the next day to look at it. */
    review: (tx: Tx, given: OnHold & { reason: string; reviewOn: string }) =>
      review(tx, given, deps),
    askRelease: (tx: Tx, given: OnHold & { reason: string }) => askRelease(tx, given, deps),
    decideRelease: (tx: Tx, given: OnHold & { isApproved: boolean; reason: string }) =>
      decideRelease(tx, given, deps),
  }
}

async function place(tx: Tx, placing: Placing, deps: Deps) {
  const { actor, visitId, reason, caseNumber, reviewOn } = placing
  const { repo, shred, jobs, clock } = deps
  await keptVisit(tx, { visitId, actor, action: 'kept.hold' }, shred)
  const holdId = newId()
  const row = { holdId, visitId, reason, caseNumber, reviewOn: dateOf(reviewOn) }
  await repo.add(tx, { ...row, placedBy: actor.accountId, placedAt: clock.now() })
  const hold = await ownHold(tx, { holdId, actor }, deps)
  requireToCome(hold, reviewOn, clock.now())
  await jobs.send(tx, 'retention.run', {}, { singletonKey: visitId })
  await enter(tx, { ...placing, hold, action: 'hold.place', detail: { reviewOn } }, deps)
  return holdView(hold, actor, clock.now())
}

async function review(tx: Tx, given: OnHold & { reason: string; reviewOn: string }, deps: Deps) {
  const { repo, tasks, clock } = deps
  const { holdId, actor, reviewOn, reason } = given
  const hold = await ownHold(tx, given, deps)
  requireToCome(hold, reviewOn, clock.now())
  if (!(await repo.review(tx, holdId, dateOf(reviewOn)))) throw new Refusal('ALREADY_DECIDED')
  const done = { doneBy: actor.accountId, resolution: reason }
  await tasks.close(tx, { kind: 'HOLD_REVIEW', subjectId: holdId, ...done })
  await enter(tx, { ...given, hold, action: 'hold.review', detail: { reviewOn } }, deps)
  return holdView({ ...hold, reviewOn: dateOf(reviewOn) }, actor, clock.now())
}

async function askRelease(tx: Tx, given: OnHold & { reason: string }, deps: Deps) {
  const { repo, tasks, clock } = deps
  const { holdId, actor, reason } = given
  const { visitId, visit } = await ownHold(tx, given, deps)
  const now = clock.now()
  const asking = { releaseAskedBy: actor.accountId, releaseAskedAt: now, releaseReason: reason }
  if (!(await repo.askRelease(tx, holdId, asking))) throw new Refusal('ALREADY_DECIDED')
  await tasks.open(tx, {
    ...{ kind: 'DECIDE_RELEASE', subjectId: holdId, visitId, facilityId: visit.facilityId },
    dueAt: new Date(now.getTime() + DECIDE_WITHIN_MS),
  })
  const hold = await ownHold(tx, given, deps)
  await enter(tx, { ...given, hold, action: 'hold.askRelease' }, deps)
  return holdView(hold, actor, now)
}

async function decideRelease(
  tx: Tx,
  given: OnHold & { isApproved: boolean; reason: string },
  deps: Deps,
): Promise<Record<string, never>> {
  const { repo, shred, tasks, clock } = deps
  const { holdId, actor, isApproved, reason } = given
  const hold = await ownHold(tx, given, deps)
  if (hold.releaseAsker === null) throw new Refusal('ALREADY_DECIDED')
  const about = { facilityId: hold.visit.facilityId, by: hold.releaseAsker }
  requireAllowed(actor, 'hold.decideRelease', { ...about, absent: 'NOT_FOUND' })
  await shred.lock(tx, hold.visitId)
  const end = { releasedBy: actor.accountId, releasedAt: clock.now() }
  const isDone = isApproved
    ? await repo.release(tx, holdId, end)
    : await repo.refuseRelease(tx, holdId)
  if (!isDone) throw new Refusal('ALREADY_DECIDED')
  const done = { subjectId: holdId, doneBy: actor.accountId, resolution: reason }
  await tasks.close(tx, { kind: 'DECIDE_RELEASE', ...done })
  if (isApproved) {
    await tasks.close(tx, { kind: 'HOLD_REVIEW', ...done })
    await letGo(tx, hold.visitId, deps)
  }
  const action = isApproved ? 'hold.release' : 'hold.keep'
  await enter(tx, { ...given, hold, action, detail: { askedBy: hold.releaseAskedBy ?? '' } }, deps)
  return {}
}

/** Unless another hold keeps it, it has its day again, and its keys go back to their month. */
async function letGo(tx: Tx, visitId: string, { repo, jobs, clock }: Deps): Promise<void> {
  if (await repo.isHeld(tx, visitId)) return
  for (const { recordingId, destroyAfter } of await repo.plans(tx, visitId)) {
    if (destroyAfter === null) continue
    await repo.plan(tx, recordingId, destructionAfterRelease(destroyAfter, clock.now()))
  }
  await jobs.send(tx, 'retention.run', {}, { singletonKey: visitId })
}

/** A hold of the actor's facility that stands. */
async function ownHold(
  tx: Tx,
  { holdId, actor }: { holdId: string; actor: AccountActor },
  { repo }: Deps,
): Promise<HoldRow> {
  const hold = await repo.one(tx, holdId)
  if (!hold) throw new Refusal('NOT_FOUND')
  const { facilityId } = hold.visit
  requireAllowed(actor, 'hold.change', { facilityId, absent: 'NOT_FOUND' })
  if (hold.releasedAt !== null) throw new Refusal('ALREADY_DECIDED')
  return hold
}

function requireToCome({ visit }: HoldRow, reviewOn: string, now: Date): void {
  const today = localDateAt(now, visit.facility.timeZone)
  if (reviewOn <= today) throw new Refusal('BAD_REQUEST', { fields: [REVIEW_CURE] })
}

function dateOf(localDate: string): Date {
  return new Date(`${localDate}T00:00:00Z`)
}

type Entry = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly hold: HoldRow
  readonly action: string
  readonly detail?: Record<string, string | number>
}

/** Reasons may name people: they stay in the hold's own row. */
async function enter(
  tx: Tx,
  { actor, requestId, hold, action, detail = {} }: Entry,
  { audit }: Deps,
): Promise<void> {
  const who: AuditActor = auditActorOf(actor)
  const { holdId, visitId, caseNumber, visit } = hold
  await audit.append(tx, {
    ...{ facilityId: visit.facilityId, actor: who, action, requestId, outcome: 'allow' },
    object: { type: 'hold', objectId: holdId, visitId },
    detail: { caseNumber, ...detail },
  })
}
