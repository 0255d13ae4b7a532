import { Refusal } from '@visavis/contract/errors'
import type { IncidentView } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { auditActorOf, requireAnother } from '../identity/index.ts'
import { obstaclesOf } from './incident-rules.ts'
import { progressOf } from './incident-view.ts'
import { viewOf } from './incidents.service.ts'
import type { IncidentCall } from './incidents.service.ts'
import { enterIncident, notDone, openIncidentOf, operatorOf } from './incidents-parts.ts'
import type { IncidentAct, IncidentsDeps } from './incidents-parts.ts'
import type { IncidentRow } from './incidents.repo.ts'

type Outcome = 'DONE' | 'FALSE_ALARM'
type Asking = { readonly outcome: Outcome; readonly reason: string }
type Deciding = { readonly isApproved: boolean; readonly reason: string }

/** Closing an incident: one person asks, another decides. */
export type Closing = ReturnType<typeof createClosing>

export function createClosing(deps: IncidentsDeps) {
  return {
    ask: (incidentId: string, asking: Asking, { once, ...act }: IncidentCall) =>
      once((tx) => ask(tx, { incidentId, asking, ...act }, deps), {
        before: async () => requireUnasked(await seen(incidentId, act, deps)),
      }),
    decide: (incidentId: string, deciding: Deciding, { once, ...act }: IncidentCall) =>
      once((tx) => decide(tx, { incidentId, deciding, ...act }, deps), {
        before: async () => requireDecidable(await seen(incidentId, act, deps), act),
      }),
  }
}

/** A look before the lock: what is plainly refused keeps nobody else waiting. */
async function seen(
  incidentId: string,
  { actor }: IncidentAct,
  { repo }: IncidentsDeps,
): Promise<IncidentRow> {
  const row = await repo.find(incidentId, operatorOf(actor))
  if (row === null) throw new Refusal('NOT_FOUND')
  if (row.state === 'CLOSED') throw new Refusal('INCIDENT_CLOSED')
  return row
}

function requireUnasked({ closeAsker }: IncidentRow): void {
  if (closeAsker !== null) throw new Refusal('ALREADY_DECIDED')
}

function requireDecidable({ closeAsker }: IncidentRow, { actor }: IncidentAct): void {
  if (closeAsker === null) throw new Refusal('ALREADY_DECIDED')
  requireAnother(actor, closeAsker)
}

async function ask(
  tx: Tx,
  { incidentId, asking, actor, requestId }: IncidentAct & { incidentId: string; asking: Asking },
  deps: IncidentsDeps,
): Promise<IncidentView> {
  const row = await openIncidentOf(tx, { incidentId, actor }, deps)
  requireUnasked(row)
  const { outcome, reason } = asking
  await requireDone(tx, { row, outcome }, deps)
  const closeAskedAt = deps.clock.now()
  const asked = { closeAskedBy: actor.accountId, closeAskedAt }
  await deps.repo.change(tx, incidentId, { ...asked, closeOutcome: outcome, closeReason: reason })
  const told = { actor: auditActorOf(actor), action: 'incident.askClosing', requestId }
  await enterIncident(tx, deps, { incidentId, ...told, detail: { outcome } })
  return viewOf(tx, { incidentId, actor }, deps)
}

async function requireDone(
  tx: Tx,
  { row, outcome }: { row: IncidentRow; outcome: Outcome },
  { people }: IncidentsDeps,
): Promise<void> {
  const progress = progressOf(row, await people.counts(row.incidentId, tx))
  const duties = obstaclesOf(outcome, progress)
  if (duties.length > 0) throw notDone(duties)
}

async function decide(
  tx: Tx,
  {
    incidentId,
    deciding,
    actor,
    requestId,
  }: IncidentAct & { incidentId: string; deciding: Deciding },
  deps: IncidentsDeps,
): Promise<IncidentView> {
  const row = await openIncidentOf(tx, { incidentId, actor }, deps)
  requireDecidable(row, { actor, requestId })
  const { isApproved, reason } = deciding
  const outcome = row.closeOutcome === 'FALSE_ALARM' ? 'FALSE_ALARM' : 'DONE'
  const at = deps.clock.now()
  const note = { noteId: newId(), incidentId, at, writtenBy: actor.accountId, text: reason }
  await deps.repo.note(tx, note)
  if (isApproved) await close(tx, { row, outcome, closedBy: actor.accountId, at }, deps)
  else await deps.repo.change(tx, incidentId, NOT_ASKED)
  const action = isApproved ? 'incident.close' : 'incident.keepOpen'
  const told = { actor: auditActorOf(actor), action, requestId, detail: { outcome } }
  await enterIncident(tx, deps, { incidentId, ...told })
  return viewOf(tx, { incidentId, actor }, deps)
}

const NOT_ASKED = {
  ...{ closeAskedBy: null, closeAskedAt: null, closeOutcome: null, closeReason: null },
}

type Ending = {
  readonly row: IncidentRow
  readonly outcome: Outcome
  readonly closedBy: string
  readonly at: Date
}

async function close(
  tx: Tx,
  { row, outcome, closedBy, at }: Ending,
  deps: IncidentsDeps,
): Promise<void> {
  await requireDone(tx, { row, outcome }, deps)
  const { incidentId } = row
  await deps.repo.change(tx, incidentId, { state: 'CLOSED', closedBy, closedAt: at })
  const closed = { kind: 'INCIDENT_ALARM', subjectId: incidentId, resolution: outcome } as const
  await deps.tasks.close(tx, { ...closed, doneBy: closedBy })
}
