import { Refusal } from '@visavis/contract/errors'
import { OBJECTION_CODES, WATCHED_TOLD_AFTER_DAYS } from '@visavis/contract/http'
import type { Objection } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { z } from 'zod'
import { newId } from '../../platform/ids.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { requireAllowed } from '../access/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor, Actor, InmateActor } from '../identity/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { latestOf } from './recorded-rules.ts'
import { recordedView } from './recorded-view.ts'
import type { RecordedView } from './recorded-view.ts'
import { createRecordedRepo } from './recorded.repo.ts'
import type { ObjectionRow, Person, RecordedRepo, RecordedRow } from './recorded.repo.ts'
import { inForce } from './rules.service.ts'

type Deps = {
  readonly db: Database
  readonly repo: RecordedRepo
  readonly policy: Policy
  readonly tasks: Tasks
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
}
type Code = (typeof OBJECTION_CODES)[number]
type Objecting = {
  readonly actor: AccountActor | InmateActor
  readonly requestId: string
  readonly visitId: string
  readonly code: Code
  readonly text: string
}

const DAY_MS = 86_400_000
/** How long the facility's people may take to answer. */
const ANSWER_WITHIN_MS = 14 * DAY_MS

/** The other side's view: what was recorded of me, and what I have against it (RC-7). */
export type Recorded = ReturnType<typeof createRecorded>

export function createRecorded(deps: Deps) {
  const { repo, clock } = deps
  return {
    async list(actor: AccountActor | InmateActor) {
      const person = personOf(actor)
      const rows = await rowsOf(person, { repo, clock })
      return {
        visits: rows.map((row) => recordedView(row, person)),
        rules: await rulesFor(actor, rows, deps),
      }
    },
    object: (tx: Tx, objecting: Objecting) => object(tx, objecting, deps),
    /** An objection, for whoever answers it; the reading is in the log. */
    read: (given: { actor: AccountActor; requestId: string; objectionId: string }) =>
      deps.transact((tx) => read(tx, given, deps)),
  }
}

/** What was recorded of somebody, as they may see it themselves. */
export type RecordedOf = (person: Person) => Promise<RecordedView[]>

export function createRecordedOf({ db, clock }: Pick<Deps, 'db' | 'clock'>): RecordedOf {
  const repo = createRecordedRepo(db)
  return async (person) => {
    const rows = await rowsOf(person, { repo, clock })
    return rows.map((row) => recordedView(row, person))
  }
}

function rowsOf(
  person: Person,
  { repo, clock }: Pick<Deps, 'repo' | 'clock'>,
): Promise<RecordedRow[]> {
  const toldUntil = new Date(clock.now().getTime() - WATCHED_TOLD_AFTER_DAYS * DAY_MS)
  return repo.visits(person, toldUntil)
}

function personOf(actor: Actor): Person {
  if (actor.kind === 'inmate') return { inmateId: actor.inmateId }
  if (actor.kind === 'account' && actor.visitorId !== null) return { visitorId: actor.visitorId }
  throw new Refusal('FORBIDDEN')
}

/** How long things are kept where the person visits; null where that is more than one facility, or none yet. */
async function rulesFor(
  actor: AccountActor | InmateActor,
  rows: readonly RecordedRow[],
  { db, policy }: Deps,
) {
  const ids = actor.kind === 'inmate' ? [actor.facilityId] : rows.map((row) => row.facilityId)
  const [facilityId, ...others] = new Set(ids)
  if (facilityId === undefined || others.length > 0) return null
  return inForce(await policy.ofFacility(db, facilityId))
}

async function object(tx: Tx, objecting: Objecting, deps: Deps): Promise<Record<string, never>> {
  const { repo, tasks, audit, clock } = deps
  const { actor, requestId, visitId, code, text } = objecting
  const person = personOf(actor)
  await repo.lock(tx, visitId)
  const visit = await repo.kept(tx, person, visitId)
  if (!visit) throw new Refusal('RECORDING_NOT_FOUND')
  if (await repo.hasObjected(tx, person, visitId)) throw new Refusal('ALREADY_DECIDED')
  const [objectionId, at, { facilityId }] = [newId(), clock.now(), visit]
  const taskId = await tasks.open(tx, {
    ...{ kind: 'OBJECTION', subjectId: objectionId, facilityId, visitId, ...person },
    dueAt: new Date(at.getTime() + ANSWER_WITHIN_MS),
  })
  await repo.addObjection(tx, { objectionId, visitId, ...person, at, code, text, taskId })
  await audit.append(tx, {
    ...{ facilityId, actor: auditActorOf(actor), action: 'recording.object', requestId },
    object: { type: 'objection', objectId: objectionId, visitId },
    outcome: 'allow',
    detail: { code },
  })
  return {}
}

async function read(
  tx: Tx,
  {
    actor,
    requestId,
    objectionId,
  }: { actor: AccountActor; requestId: string; objectionId: string },
  { repo, audit }: Deps,
): Promise<z.input<typeof Objection>> {
  const row = await repo.objection(tx, objectionId)
  if (!row) throw new Refusal('NOT_FOUND')
  const { visitId, visit } = row
  const { facilityId } = visit
  requireAllowed(actor, 'objection.read', { facilityId, absent: 'NOT_FOUND' })
  await audit.append(tx, {
    ...{ facilityId: visit.facilityId, actor: auditActorOf(actor), action: 'objection.read' },
    object: { type: 'objection', objectId: objectionId, visitId },
    ...{ outcome: 'allow', requestId },
  })
  return objectionView(row)
}

function objectionView(row: ObjectionRow): z.input<typeof Objection> {
  const { objectionId, visitId, at, code, text, visitorId, visit } = row
  const destroyAfter = latestOf(visit.recordings.map((recording) => recording.destroyAfter))
  return {
    ...{ objectionId, visitId, text },
    startsAt: visit.startsAt.toISOString(),
    party: visitorId === null ? 'INMATE' : 'VISITOR',
    at: at.toISOString(),
    code: z.enum(OBJECTION_CODES).parse(code),
    destroyAfter: destroyAfter?.toISOString() ?? null,
    isHeld: visit.recordings.length > 0 && visit.legalHolds.length > 0,
  }
}
