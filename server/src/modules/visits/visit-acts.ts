import { Fault, Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { aged } from './session-rules.ts'
import type { Decide, Situation } from './session-rules.ts'
import { settle } from './settle-rules.ts'
import { auditFactOf } from './visit-audit.ts'
import type { Cause } from './visit-audit.ts'
import type { VisitHall } from './visit-hall.ts'
import { isGathering, isUnderWay } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'
import type { VisitStep } from './visit-step.ts'
import type { VisitsRepo } from './visits.repo.ts'

/** Something to do about a visit; without `decide`, whatever follows by itself. */
export type Act = { readonly visitId: string; readonly decide?: Decide; readonly cause?: Cause }

/** A stored change of a visit. */
export type VisitChange = { readonly before: VisitRecord; readonly visit: VisitRecord }

/** The one way in which a visit's live side changes. */
export type VisitActs = {
  readonly changed: Signal<VisitChange>
  /**
   * Loads the visit, decides, stores rows and audit entries in one transaction by compare-and-set, then
   * tells. Answers the visit as it then is. Throws what `decide` refuses; nothing is stored then.
   */
  readonly act: (act: Act) => Promise<VisitRecord>
  /** The visit's situation by what this server knows now. */
  readonly situationOf: (visit: VisitRecord) => Situation
}

type Deps = {
  readonly repo: VisitsRepo
  readonly hall: VisitHall
  readonly transact: Transact
  readonly audit: Audit
  /** What else belongs to the end of a visit: its booking, its claims, quota and credit (LV-7). */
  readonly onEnded: (tx: Tx, visit: VisitRecord) => Promise<void>
  readonly clock: Clock
  readonly log: Logger
}

/** Another server may act on the same visit; it cannot be faster than us this many times in a row. */
const MAX_ATTEMPTS = 5

export function createVisitActs(deps: Deps): VisitActs {
  const changed = createSignal<VisitChange>()
  const queue = createSerialQueue()
  return {
    changed,
    situationOf: (visit) => situationOf(deps, visit),
    act: (act) =>
      queue.run(act.visitId, async () => {
        const change = await actUntilStored(deps, act)
        if (change.before !== change.visit) publish(deps, changed, change)
        return change.visit
      }),
  }
}

async function actUntilStored(deps: Deps, act: Act): Promise<VisitChange> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const before = await deps.repo.load(act.visitId)
    if (!before) throw new Refusal('VISIT_NOT_FOUND')
    const visit = await actOn(deps, before, act)
    if (visit) return { before, visit }
  }
  throw new Fault(`visit ${act.visitId} kept changing elsewhere`)
}

/** The visit after the act, the same object when nothing changed, or null when it was stale. */
async function actOn(deps: Deps, before: VisitRecord, act: Act): Promise<VisitRecord | null> {
  const situation = situationOf(deps, before)
  const wished = act.decide?.(situation) ?? []
  const decided = applyAll(before, wished, situation.now)
  const following = settle({ ...situation, visit: decided })
  if (wished.length + following.length === 0) return before
  const moved = applyAll(decided, following, situation.now)
  const deliveredMs = Math.max(moved.session.deliveredMs, situation.deliveredMs)
  const after = { ...moved, session: { ...moved.session, deliveredMs } }
  const isStored = await store(deps, { before, after, wished, following, cause: act.cause ?? null })
  if (!isStored) return null
  return { ...after, session: { ...after.session, version: before.session.version + 1 } }
}

type Stored = {
  readonly before: VisitRecord
  readonly after: VisitRecord
  readonly wished: readonly VisitStep[]
  readonly following: readonly VisitStep[]
  readonly cause: Cause
}

async function store(
  deps: Deps,
  { before, after, wished, following, cause }: Stored,
): Promise<boolean> {
  const facts = [
    ...wished.map((step) => auditFactOf(before, step, { cause, isWished: true })),
    ...following.map((step) => auditFactOf(before, step, { cause, isWished: false })),
  ]
  try {
    await deps.transact(async (tx) => {
      if (!(await deps.repo.save(tx, { before, after }))) throw STALE
      if (after.session.state === 'ENDED') await deps.onEnded(tx, after)
      // Last, because the facility's log is locked from here to the commit.
      for (const fact of facts) await deps.audit.append(tx, fact)
    })
    return true
  } catch (error) {
    if (error === STALE) return false
    throw error
  }
}

/** Undoes the transaction of an act that was overtaken; never leaves this file. */
const STALE = new Fault('the visit changed in the meantime')

function publish(deps: Deps, changed: Signal<VisitChange>, change: VisitChange): void {
  const { visitId, session } = change.visit
  const isOpen = isGathering(session.state) || isUnderWay(session.state)
  if (isOpen) deps.hall.keep(change.visit)
  if (session.state !== change.before.session.state) {
    const { state, version, outcome } = session
    deps.log.info({ visitId, state, version, outcome }, 'visit moved')
  }
  changed.emit(change)
  if (session.state === 'ENDED') deps.hall.forget(visitId)
}

function situationOf({ hall, clock }: Deps, visit: VisitRecord): Situation {
  const open = hall.get(visit.visitId)
  return aged({
    visit,
    links: open?.links ?? new Map(),
    deliveredMs: Math.max(visit.session.deliveredMs, open?.deliveredMs ?? 0),
    now: clock.now(),
  })
}

function applyAll(visit: VisitRecord, steps: readonly VisitStep[], now: Date): VisitRecord {
  return steps.reduce((at, step) => applyStep(at, step, now), visit)
}
