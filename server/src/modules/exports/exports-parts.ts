import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { Jobs } from '../../platform/jobs.ts'
import type { SigningKey } from '../../platform/signing-key.ts'
import type { Transact } from '../../platform/transact.ts'
import type { AuditProofs } from '../audit-log/index.ts'
import type { Audit, AuditActor, AuditFact } from '../audit/index.ts'
import type { RecordingKeys } from '../recordings/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { ExportsRepo } from './exports.repo.ts'

/** What the use cases of exports stand on. */
export type ExportsDeps = {
  readonly repo: ExportsRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly auditProofs: AuditProofs
  readonly tasks: Tasks
  readonly jobs: Jobs
  readonly store: ObjectStore
  readonly keys: Pick<RecordingKeys, 'create' | 'open'>
  /** Brings a visit's manifests up to date. */
  readonly sealAgain: (visitId: string) => Promise<void>
  readonly clock: Clock
  readonly log: Logger
  readonly key: SigningKey
  /** The service's public origin. */
  readonly issuer: string
  /** Path of the offline verifier. */
  readonly verifierFile: string
}

type Told = {
  readonly actor: AuditActor
  readonly action: string
  readonly requestId?: string
  readonly reason?: string
  readonly outcome?: AuditFact['outcome']
  readonly detail?: NonNullable<AuditFact['detail']>
}

/** The audit entry of an act on an export. */
export function exportFact(
  {
    exportId,
    visitId,
    visit,
  }: { exportId: string; visitId: string; visit: { facilityId: string } },
  { outcome = 'allow', ...told }: Told,
): AuditFact {
  const object = { type: 'export', objectId: exportId, visitId }
  return { facilityId: visit.facilityId, object, outcome, ...told }
}
