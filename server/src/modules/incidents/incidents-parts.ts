import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Jobs } from '../../platform/jobs.ts'
import type { SigningKey } from '../../platform/signing-key.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit, AuditActor, AuditFact } from '../audit/index.ts'
import type { AccountActor, Identity } from '../identity/index.ts'
import type { Notices } from '../notifications/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { AffectedRepo } from './affected.repo.ts'
import type { Duty } from './incident-rules.ts'
import type { IncidentRow, IncidentsRepo } from './incidents.repo.ts'
import type { ToldPeopleRepo } from './told-people.repo.ts'

/** What the use cases of incidents stand on. */
export type IncidentsDeps = {
  readonly repo: IncidentsRepo
  readonly affected: AffectedRepo
  readonly people: ToldPeopleRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly identity: Identity
  readonly tasks: Tasks
  readonly notices: Pick<Notices, 'queue'>
  readonly jobs: Jobs
  readonly clock: Clock
  readonly log: Logger
  readonly key: SigningKey
  /** The service's public origin. */
  readonly issuer: string
}

/** Who acts, and under which request. */
export type IncidentAct = { readonly actor: AccountActor; readonly requestId: string }

/** The operator that an account answers for (TR-3). */
export function operatorOf({ operatorId }: AccountActor): string {
  if (operatorId === null) throw new Refusal('FORBIDDEN')
  return operatorId
}

/** The actor's own incident, locked; everybody else's is NOT_FOUND. Refuses INCIDENT_CLOSED. */
export async function openIncidentOf(
  tx: Tx,
  { incidentId, actor }: { incidentId: string; actor: AccountActor },
  { repo }: IncidentsDeps,
): Promise<IncidentRow> {
  await repo.lock(tx, incidentId)
  const row = await repo.find(incidentId, operatorOf(actor), tx)
  if (row === null) throw new Refusal('NOT_FOUND')
  if (row.state === 'CLOSED') throw new Refusal('INCIDENT_CLOSED')
  return row
}

/** Refuses with what has to be done before. */
export function notDone(duties: readonly Duty[]): Refusal {
  const fields = duties.map((field) => ({ field, cure: 'Do this first.' }))
  return new Refusal('INCIDENT_NOT_DONE', { fields })
}

type Told = {
  readonly incidentId: string
  readonly actor: AuditActor
  readonly action: string
  readonly requestId?: string
  readonly outcome?: AuditFact['outcome']
  readonly reason?: string
  readonly detail?: NonNullable<AuditFact['detail']>
}

/** The audit entry of an act on an incident: in the estate's log, for it may be about a facility's own people. */
export function enterIncident(
  tx: Tx,
  { audit }: Pick<IncidentsDeps, 'audit'>,
  { incidentId, outcome = 'allow', ...told }: Told,
): Promise<void> {
  const object = { type: 'incident', objectId: incidentId }
  return audit.append(tx, { facilityId: null, object, outcome, ...told })
}
