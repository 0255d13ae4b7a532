import { Refusal } from '@visavis/contract/errors'
import type { OpenedPlay, PLAY_ACTS } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { z } from 'zod'
import { newId } from '../../platform/ids.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { requireAllowed } from '../access/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Policy } from '../policy/index.ts'
import type { ReviewAlarms } from './alarms.service.ts'
import { BUDGET_MS, budgetFor } from './budget-rules.ts'
import type { ReadingBudget } from './budget-rules.ts'
import { isDestroyed, isPlayable } from './kept-rules.ts'
import { lineOfTime } from './line-of-time-rules.ts'
import type { LineOfTime } from './line-of-time-rules.ts'
import { remembered } from './play-memory.ts'
import type { PlayMemory } from './play-memory.ts'
import type { PlayRow, PlaysRepo } from './plays.repo.ts'
import { recordedVisitView } from './visit-view.ts'
import type { KeptVisit, KeptVisitsRepo } from './visits.repo.ts'

/** A purpose stated once holds for one sitting; the next day's has its own entry. */
export const PLAY_LIFE_MS = 60 * 60_000

type Deps = {
  readonly repo: PlaysRepo
  readonly visits: KeptVisitsRepo
  readonly policy: Policy
  readonly alarms: ReviewAlarms
  readonly memory: PlayMemory
  readonly audit: Audit
  readonly clock: Clock
  readonly transact: Transact
  /** The tracks as the player gets them; reads no media. */
  readonly tracksOf: (visit: KeptVisit, line: LineOfTime) => Promise<View['tracks']>
}
type View = z.input<typeof OpenedPlay>
type Stated = {
  readonly visitId: string
  readonly purpose: string
  readonly caseNumber: string
  readonly requestId: string
}
type Act = {
  readonly act: (typeof PLAY_ACTS)[number]
  readonly atMs: number
  readonly requestId: string
}

/** A playback that is its reader's, not over, and of something that was not destroyed. */
export type OwnPlay = PlayRow & { readonly line: LineOfTime }

/** Use cases of playing recordings (RC-5). */
export type Plays = ReturnType<typeof createPlays>

export function createPlays(deps: Deps) {
  const own = (actor: AccountActor, playId: string) => ownPlay(actor, playId, deps)
  return {
    /** Opens playback for an hour, within the reader's budget; its entry exists before anything can be played. */
    open: (actor: AccountActor, stated: Stated) => openPlay(actor, stated, deps),
    /** Refuses what is not (any more) the reader's to play. */
    own,
    /** Enters what the viewer does, before the bytes that follow from it. */
    async act(actor: AccountActor, playId: string, { act, atMs, requestId }: Act) {
      const { visit } = await own(actor, playId)
      await deps.transact((tx) =>
        deps.audit.append(tx, {
          facilityId: visit.facilityId,
          actor: auditActorOf(actor),
          action: ACTIONS[act],
          object: { type: 'play', objectId: playId, visitId: visit.visitId },
          outcome: 'allow',
          requestId,
          detail: { atMs },
        }),
      )
      return {}
    },
  }
}

const ACTIONS = { PLAY: 'play.begin', SEEK: 'play.seek', STOP: 'play.stop' } as const

async function ownPlay(
  actor: AccountActor,
  playId: string,
  { repo, clock, memory }: Deps,
): Promise<OwnPlay> {
  const standing = await repo.standing(playId)
  if (!standing) throw new Refusal('RECORDING_NOT_FOUND')
  const { facilityId, expiresAt, stamp } = standing
  const by = { accountId: standing.accountId, officerId: null }
  requireAllowed(actor, 'recording.playOn', { facilityId, by, absent: 'RECORDING_NOT_FOUND' })
  if (clock.now() >= expiresAt) throw new Refusal('FORBIDDEN')
  const { played } = memory.of({ playId, expiresAt })
  const play = await remembered(played, stamp, () => repo.play(playId))
  if (!play) throw new Refusal('RECORDING_NOT_FOUND')
  if (isDestroyed(play.visit.recordings)) {
    memory.letGo(playId)
    throw new Refusal('RECORDING_DESTROYED')
  }
  const line = lineOfTime(play.visit.recordings)
  if (!line) throw new Refusal('RECORDING_NOT_FOUND')
  return { ...play, line }
}

async function openPlay(actor: AccountActor, stated: Stated, deps: Deps): Promise<View> {
  const { visits, clock, tracksOf } = deps
  const visit = await visits.one(stated.visitId)
  if (!visit || visit.recordings.length === 0) throw new Refusal('RECORDING_NOT_FOUND')
  const { facilityId } = visit
  requireAllowed(actor, 'recording.play', { facilityId, absent: 'RECORDING_NOT_FOUND' })
  if (isDestroyed(visit.recordings)) throw new Refusal('RECORDING_DESTROYED')
  const line = lineOfTime(visit.recordings)
  if (!line || !isPlayable(visit.recordings)) throw new Refusal('RECORDING_NOT_READY')
  const tracks = await tracksOf(visit, line)
  const now = clock.now()
  const { playId, budget } = await enterPlay({ ...stated, actor, visit, now }, deps)
  return {
    playId,
    expiresAt: expiryOf(now).toISOString(),
    zeroAt: line.zeroAt.toISOString(),
    durationMs: line.durationMs,
    visit: recordedVisitView(visit),
    tracks,
    budget: { used: budget.used, of: budget.of },
  }
}

function expiryOf(now: Date): Date {
  return new Date(now.getTime() + PLAY_LIFE_MS)
}

type Entering = Stated & {
  readonly actor: AccountActor
  readonly visit: KeptVisit
  readonly now: Date
}

/** One transaction for budget, playback and entry; what is beyond the budget is entered, too, and refused. */
async function enterPlay(
  entering: Entering,
  deps: Deps,
): Promise<{ playId: string; budget: ReadingBudget }> {
  const { actor, visitId, purpose, caseNumber, now } = entering
  const playId = newId()
  const budget = await deps.transact(async (tx) => {
    const spent = await spend(tx, entering, deps)
    if (spent.isAllowed) {
      const expiresAt = expiryOf(now)
      const { accountId } = actor
      const row = { playId, visitId, accountId, purpose, caseNumber, createdAt: now, expiresAt }
      await deps.repo.add(tx, row)
    }
    await enterOpening(tx, { ...entering, playId, budget: spent }, deps)
    return spent
  })
  if (budget.liftsAt !== null) {
    throw new Refusal('READING_BUDGET_USED', { liftsAt: budget.liftsAt.toISOString() })
  }
  return { playId, budget }
}

/** The budget with this visit; when much of it is used, an alarm once an hour. */
async function spend(
  tx: Tx,
  { actor: { accountId }, visit: { visitId, facilityId }, now }: Entering,
  { repo, policy, alarms }: Deps,
): Promise<ReadingBudget> {
  const since = new Date(now.getTime() - BUDGET_MS)
  const { playsPerHour } = (await policy.ofFacility(tx, facilityId)).policy
  const opened = await repo.openedSince(tx, accountId, since)
  const budget = budgetFor(opened, { visitId, now, of: playsPerHour })
  if (budget.isAlarming && !(await repo.isAlarmed(tx, accountId, since))) {
    await alarms.budget(tx, { facilityId, accountId })
  }
  return budget
}

async function enterOpening(
  tx: Tx,
  {
    actor,
    visit,
    playId,
    caseNumber,
    requestId,
    budget,
  }: Entering & { playId: string; budget: ReadingBudget },
  { audit }: Deps,
): Promise<void> {
  const { facilityId, visitId } = visit
  const { used, of, isAllowed } = budget
  await audit.append(tx, {
    facilityId,
    actor: auditActorOf(actor),
    action: 'recording.play',
    object: { type: 'visit', objectId: visitId, visitId },
    outcome: isAllowed ? 'allow' : 'deny',
    ...(isAllowed ? {} : { reason: 'READING_BUDGET_USED' }),
    requestId,
    // The words of the purpose may name people: they stay in the play's own row.
    detail: { ...(isAllowed ? { playId } : {}), caseNumber, used, of },
  })
}
