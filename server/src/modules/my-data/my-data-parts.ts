import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { Jobs } from '../../platform/jobs.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit, AuditActor, AuditFact } from '../audit/index.ts'
import type { Notices } from '../notifications/index.ts'
import type { PersonalFiles } from '../people/index.ts'
import type { RecordedOf } from '../retention/index.ts'
import type { MyDataRepo } from './my-data.repo.ts'

/** What the use cases of own data stand on. */
export type MyDataDeps = {
  readonly repo: MyDataRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly jobs: Jobs
  readonly store: ObjectStore
  readonly notices: Pick<Notices, 'queue'>
  readonly people: PersonalFiles
  readonly recordedOf: RecordedOf
  readonly clock: Clock
  readonly log: Logger
  /** 64 hex digits, outside of the database. */
  readonly keyRoot: string
  /** The service's public origin. */
  readonly origin: string
}

type Told = {
  readonly actor: AuditActor
  readonly action: string
  readonly requestId?: string
  readonly outcome?: AuditFact['outcome']
  readonly reason?: string
  readonly detail?: NonNullable<AuditFact['detail']>
}

/** The audit entry of an act on an export: in the estate's log, for a visitor belongs to no facility. */
export function enterDataExport(
  tx: Tx,
  { audit }: Pick<MyDataDeps, 'audit'>,
  {
    exportId,
    visitorId,
    outcome = 'allow',
    detail = {},
    ...told
  }: Told & { exportId: string; visitorId: string },
): Promise<void> {
  const object = { type: 'dataExport', objectId: exportId }
  return audit.append(tx, {
    ...{ facilityId: null, object, outcome, ...told },
    detail: { visitorId, ...detail },
  })
}
