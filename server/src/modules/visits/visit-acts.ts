import { Fault, Refusal } from '@visavis/contract/errors'
import type { FlowStretch } from '@visavis/contract/receipt'
import type { Outcome } from '@visavis/contract/visit'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import { newId } from '../../platform/ids.ts'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Timeline, TimelineNote } from '../timeline/index.ts'
import { sharedLinks } from './seat-link.ts'
import { isUntold } from './coverage-rules.ts'
import type { FlagRecord } from './flag-rules.ts'
import { timelineNotesOf } from './timeline-notes.ts'
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
import type { RecorderPort } from './recorder-port.ts'
import type { WatchPort } from './watch-port.ts'

/** Something to do about a visit; without `decide`, whatever follows by itself. */
export type Act = {
  readonly visitId: string
  readonly decide?: Decide
  readonly cause?: Cause
  /** The visit as it was loaded for this very act: it is not loaded again, unless somebody was faster. */
  readonly loaded?: VisitRecord
}

/** A stored change of a visit. */
export type VisitChange = { readonly before: VisitRecord; readonly visit: VisitRecord }

/** The one way in which a visit's live side changes. */
export type VisitActs = {
  readonly changed: Signal<VisitChange>
  /** What the timeline was given of a visit's course, once it is stored. */
  readonly noted: Signal<{ readonly visitId: string; readonly notes: readonly TimelineNote[] }>
  /**
   * Loads the visit, decides, stores rows and audit entries in one transaction by compare-and-set, then
   * tells. Answers the visit as it then is. Throws what `decide` refuses; nothing is stored then.
   */
  readonly act: (act: Act) => Promise<VisitRecord>
  /** Tells of a visit that another hand has changed in the database, if it is open here. */
  readonly refresh: (visitId: string) => Promise<void>
  /** The visit's situation by what this server knows now. */
  readonly situationOf: (visit: VisitRecord) => Situation
}

/** What belongs to the end of a visit besides its moves (LV-7). */
export type VisitEnd = {
  /** The outcome of a begun visit whose time is over, by what was seen of it. */
  readonly outcomeOf: (
    visit: VisitRecord,
    seen: { readonly byTime: Outcome; readonly unstored: readonly FlowStretch[] },
  ) => Promise<Outcome>
  /** By how many milliseconds the facility let a visit begin late (LV-5). */
  readonly lateMs: (visit: VisitRecord) => Promise<number>
  /** Its booking, its claims, its statement, quota and credit; in the end's transaction. */
  readonly onEnded: (tx: Tx, visit: VisitRecord) => Promise<void>
}

/** The work that a flag makes for whoever reviews recordings (OV-6); in the act's transaction. */
export type FlagReview = {
  readonly open: (tx: Tx, visit: VisitRecord, flag: FlagRecord) => Promise<void>
  readonly close: (tx: Tx, flagId: string) => Promise<void>
}

type Deps = {
  readonly repo: VisitsRepo
  readonly hall: VisitHall
  readonly transact: Transact
  readonly audit: Audit
  readonly timeline: Timeline
  readonly end: VisitEnd
  readonly clock: Clock
  /** Since when this server lets people in. */
  readonly doorOpenSince: Date
  readonly watch: Pick<WatchPort, 'isWatched'>
  readonly recorder: Pick<RecorderPort, 'standingOf'>
  readonly review: FlagReview
  readonly noted: VisitActs['noted']
  readonly log: Logger
}

/** Another server may act on the same visit; it cannot be faster than us this many times in a row. */
const MAX_ATTEMPTS = 5

export function createVisitActs(given: Omit<Deps, 'noted'>): VisitActs {
  const deps: Deps = { ...given, noted: createSignal() }
  const changed = createSignal<VisitChange>()
  const queue = createSerialQueue()
  return {
    changed,
    noted: deps.noted,
    situationOf: (visit) => situationOf(deps, visit),
    refresh: (visitId) => queue.run(visitId, () => refresh(deps, changed, visitId)),
    act: (act) =>
      queue.run(act.visitId, async () => {
        const change = await actUntilStored(deps, act)
        if (change.before !== change.visit) publish(deps, changed, change)
        return change.visit
      }),
  }
}

async function refresh(deps: Deps, changed: Signal<VisitChange>, visitId: string): Promise<void> {
  const before = deps.hall.get(visitId)?.visit
  const visit = before && (await deps.repo.load(visitId))
  if (visit && visit.session.version > before.session.version) {
    publish(deps, changed, { before, visit })
  }
}

async function actUntilStored(deps: Deps, act: Act): Promise<VisitChange> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const given = attempt === 1 ? newest(act.loaded, deps.hall.get(act.visitId)?.visit) : null
    const before = given ?? (await deps.repo.load(act.visitId))
    if (!before) throw new Refusal('VISIT_NOT_FOUND')
    const visit = await actOn(deps, before, act)
    if (visit) return { before, visit }
  }
  throw new Fault(`visit ${act.visitId} kept changing elsewhere`)
}

/** What was loaded for the act, or what another act of this server has made of it since; null: nothing was. */
function newest(loaded: VisitRecord | undefined, open: VisitRecord | undefined) {
  if (!loaded) return null
  return open && open.session.version > loaded.session.version ? open : loaded
}

/** The visit after the act, the same object when nothing changed, or null when it was stale. */
async function actOn(deps: Deps, before: VisitRecord, act: Act): Promise<VisitRecord | null> {
  const situation = situationOf(deps, before)
  const wished = act.decide?.(situation) ?? []
  const decided = applyAll(before, wished, situation.now)
  // Who is at whose device may have been decided just now.
  const seen = { ...situationOf(deps, decided), now: situation.now }
  const following = await judged(deps, decided, settle(seen))
  if (wished.length + following.length === 0) return before
  const moved = applyAll(decided, following, situation.now)
  const deliveredMs = Math.max(moved.session.deliveredMs, situation.deliveredMs)
  const untoldSteps =
    before.session.untoldSteps + ([...wished, ...following].every(isUntold) ? 1 : 0)
  const after = { ...moved, session: { ...moved.session, deliveredMs, untoldSteps } }
  const cause = act.cause ?? null
  const isStored = await store(deps, { situation, after, wished, following, cause })
  if (!isStored) return null
  return { ...after, session: { ...after.session, version: before.session.version + 1 } }
}

/** The steps, with the outcome that evidence gives a begun visit whose time is over. */
async function judged(
  { hall, end }: Deps,
  visit: VisitRecord,
  steps: readonly VisitStep[],
): Promise<readonly VisitStep[]> {
  const last = steps.at(-1)
  if (last?.kind !== 'end' || !isUnderWay(visit.session.state)) return steps
  const unstored = hall.get(visit.visitId)?.flow.unstored() ?? []
  const outcome = await end.outcomeOf(visit, {
    byTime: last.outcome,
    unstored: unstored.map(({ stretch }) => stretch),
  })
  return [...steps.slice(0, -1), { ...last, outcome }]
}

type Stored = {
  readonly situation: Situation
  readonly after: VisitRecord
  readonly wished: readonly VisitStep[]
  readonly following: readonly VisitStep[]
  readonly cause: Cause
}

async function store(
  deps: Deps,
  { situation, after, wished, following, cause }: Stored,
): Promise<boolean> {
  const { visit: before } = situation
  const facts = [
    ...wished.map((step) => auditFactOf(before, step, { cause, isWished: true })),
    ...following.map((step) => auditFactOf(before, step, { cause, isWished: false })),
  ]
  const notes = timelineNotesOf([...wished, ...following], situation)
  try {
    await deps.transact(async (tx) => {
      if (!(await deps.repo.save(tx, { before, after, now: situation.now }))) throw STALE
      await extendIn(tx, deps, { before, visit: after })
      await reviewIn(tx, deps, { visit: after, steps: [...wished, ...following] })
      await deps.timeline.add(before.visitId, notes, tx)
      if (after.session.state === 'ENDED') await endIn(tx, deps, after)
      // Last, because the facility's log is locked from here to the commit.
      for (const fact of facts) await deps.audit.append(tx, fact)
    })
    if (notes.length > 0) deps.noted.emit({ visitId: before.visitId, notes })
    return true
  } catch (error) {
    if (error === STALE) return false
    throw error
  }
}

/** LV-5: the minutes that were added are to be had, or the whole act is refused. */
async function extendIn(tx: Tx, { repo }: Deps, { before, visit }: VisitChange): Promise<void> {
  const { visitId, endsAt } = visit
  const byMs = endsAt.getTime() - before.endsAt.getTime()
  const taken = byMs > 0 ? await repo.moveEnd(tx, { visitId, byMs }) : []
  if (taken.length > 0) throw new Refusal('NO_PLACE', { taken })
}

async function reviewIn(
  tx: Tx,
  { review }: Deps,
  { visit, steps }: { visit: VisitRecord; steps: readonly VisitStep[] },
): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'flag') await review.open(tx, visit, step.flag)
    if (step.kind === 'unflag') await review.close(tx, step.flagId)
  }
}

/** The statement of the visit rests on all that was seen of it. */
async function endIn(tx: Tx, deps: Deps, visit: VisitRecord): Promise<void> {
  const unstored = deps.hall.get(visit.visitId)?.flow.unstored() ?? []
  await deps.repo.storeFlow(visit.visitId, unstored, tx)
  await deps.end.onEnded(tx, visit)
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

function situationOf(
  { hall, clock, doorOpenSince, watch, recorder }: Deps,
  visit: VisitRecord,
): Situation {
  const open = hall.get(visit.visitId)
  const now = clock.now()
  return aged({
    visit,
    links: sharedLinks(open?.links ?? new Map(), visit.seats),
    roomDevices: open?.roomDevices ?? new Set(),
    deliveredMs: Math.max(visit.session.deliveredMs, open?.deliveredMs ?? 0),
    now,
    doorOpenSince,
    isWatched: watch.isWatched(visit.visitId, now),
    recording: recorder.standingOf(visit.visitId, now),
    freshId: newId(),
  })
}

function applyAll(visit: VisitRecord, steps: readonly VisitStep[], now: Date): VisitRecord {
  return steps.reduce((at, step) => applyStep(at, step, now), visit)
}
