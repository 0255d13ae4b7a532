import { WATCH_KINDS } from '@visavis/contract/media-permits'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { NewId } from '../../platform/ids.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { BEGIN_ACTIONS, keyOf, observationPlan } from './observation-rules.ts'
import type { Observed } from './observation-rules.ts'
import type { EndedRow, ObservationRow, ObservationsRepo } from './observations.repo.ts'
import type { Denied } from './observer-rules.ts'
import type { Wall } from './walls.ts'

/** How often a server says that it lives. */
export const BEAT_EVERY_MS = 5_000
/** What was not heard for three beats is dead. */
export const GONE_AFTER_MS = 15_000

type Deps = {
  readonly repo: ObservationsRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Logger
}

/** What begins with a new screen, and what of it was denied. */
type Beginning = {
  readonly wished: readonly Observed[]
  readonly denied: readonly Denied[]
  readonly cause: { readonly actor: AccountActor; readonly requestId: string }
}

/** Keeps the rows of who watches what: begun before media flows, ended after it has stopped (TR-1, OV-7). */
export type Observations = ReturnType<typeof createObservations>

export function createObservations(deps: Deps) {
  const serverId = deps.newId()
  const unended = new Set<string>()
  const known = onceWell(() => deps.repo.beat(serverId, deps.clock.now()))
  let soundSince: number | null = null

  const endAll = async (observationIds: readonly string[], actor: AuditActor): Promise<void> => {
    observationIds.forEach((id) => unended.add(id))
    if (observationIds.length === 0) return
    try {
      await endRows(deps, observationIds, actor)
      observationIds.forEach((id) => unended.delete(id))
    } catch (error) {
      deps.log.warn({ err: error }, 'end of watching not stored yet')
    }
  }

  return {
    /** Stores what a wall begins to watch, and what it was denied; rejects when that cannot be stored. */
    async begin(wall: Wall, given: Beginning): Promise<void> {
      const { begin } = observationPlan(wall.observations, given.wished)
      if (begin.length === 0 && given.denied.length === 0) return
      await known()
      const rows = await insertRows(deps, { wall, begin, serverId }, given)
      for (const row of rows) wall.observations.set(keyOf(row), row.observationId)
    },
    /** Stores that a wall has stopped to watch whatever is not in `wished`; what cannot be stored now is tried again. */
    async end(wall: Wall, wished: readonly Observed[], actor: AccountActor | null): Promise<void> {
      const over = observationPlan(wall.observations, wished).end
      const ids = over.flatMap((key) => wall.observations.get(key) ?? [])
      over.forEach((key) => wall.observations.delete(key))
      await endAll(ids, actor ? auditActorOf(actor) : SERVER)
    },
    /** The visit is over, and with it whatever this wall had of it. */
    async endVisit(wall: Wall, visitId: string): Promise<void> {
      const keys = WATCH_KINDS.map((kind) => keyOf({ visitId, kind }))
      const ids = keys.flatMap((key) => wall.observations.get(key) ?? [])
      keys.forEach((key) => wall.observations.delete(key))
      await endAll(ids, SERVER)
    },
    /** Says that this server lives, stores ends that could not be, and ends what dead servers left open. */
    async beat(): Promise<void> {
      const nowMs = deps.clock.now().getTime()
      try {
        await deps.repo.beat(serverId, new Date(nowMs))
        await endAll([...unended], SERVER)
      } catch (error) {
        soundSince = null
        throw error
      }
      // Who could not be heard, because the database was away for all, gets the time to be heard again.
      soundSince ??= nowMs
      if (nowMs - soundSince < GONE_AFTER_MS) return
      await endAbandoned(deps, serverId, new Date(nowMs - GONE_AFTER_MS))
    },
  }
}

async function insertRows(
  { repo, transact, audit, clock, newId }: Deps,
  { wall, begin, serverId }: { wall: Wall; begin: readonly Observed[]; serverId: string },
  { denied, cause }: Beginning,
): Promise<readonly ObservationRow[]> {
  const { accountId, observerId } = wall
  const common = { accountId, observerId, serverId, beganAt: clock.now() }
  const rows = begin.map((each): ObservationRow => ({
    ...each,
    ...common,
    observationId: newId(),
  }))
  await transact(async (tx) => {
    if (rows.length > 0) await repo.insert(tx, rows)
    await enterBeginnings(audit, tx, { wall, rows, denied, cause })
  })
  return rows
}

async function endRows(
  { repo, transact, audit, clock }: Deps,
  observationIds: readonly string[],
  actor: AuditActor,
): Promise<void> {
  await transact(async (tx) => {
    const ended = await repo.end(tx, observationIds, clock.now())
    await enterEnds(audit, tx, { ended, actor })
  })
}

async function endAbandoned(
  { repo, transact, audit }: Deps,
  serverId: string,
  heardBefore: Date,
): Promise<void> {
  await transact(async (tx) => {
    const ended = await repo.endAbandoned(tx, { serverId, heardBefore })
    await enterEnds(audit, tx, { ended, actor: SERVER })
  })
}

async function enterBeginnings(
  audit: Audit,
  tx: Tx,
  given: Omit<Beginning, 'wished'> & { wall: Wall; rows: readonly ObservationRow[] },
): Promise<void> {
  const { wall, rows, denied, cause } = given
  const { requestId, actor } = cause
  const fact = { facilityId: wall.facilityId, actor: auditActorOf(actor), requestId }
  const visit = (visitId: string) => ({ type: 'visit', objectId: visitId, visitId })
  for (const { visitId, kind, observationId } of rows) {
    const detail = { observationId }
    const done = { action: BEGIN_ACTIONS[kind], object: visit(visitId), detail }
    await audit.append(tx, { ...fact, ...done, outcome: 'allow' })
  }
  for (const { visitId, code } of denied) {
    const refused = { action: BEGIN_ACTIONS.LIVE, object: visit(visitId), reason: code }
    await audit.append(tx, { ...fact, ...refused, outcome: 'deny' })
  }
}

async function enterEnds(
  audit: Audit,
  tx: Tx,
  { ended, actor }: { ended: readonly EndedRow[]; actor: AuditActor },
): Promise<void> {
  for (const { observationId, visitId, facilityId, kind } of ended) {
    await audit.append(tx, {
      facilityId,
      actor,
      action: 'visit.unwatch',
      object: { type: 'visit', objectId: visitId, visitId },
      outcome: 'allow',
      detail: { observationId, kind },
    })
  }
}

/** Does it once; what failed is done again at the next call. */
function onceWell(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () =>
    (done ??= work().catch((error: unknown) => {
      done = null
      throw error
    }))
}
