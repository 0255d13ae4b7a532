import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact } from '../../platform/transact.ts'
import type { Tasks } from '../tasks/index.ts'
import type { AlarmsRepo } from './alarms.repo.ts'
import { ESTATE_LOG } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'

type Deps = {
  readonly repo: AlarmsRepo
  readonly transact: Transact
  readonly tasks: Tasks
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
}

/** What can be wrong with a log, or with the care for it. */
export type AuditTrouble =
  'ROLLED_BACK' | 'FORKED' | 'BROKEN' | 'SHIPPED_OTHER' | 'SHIPPING_LATE' | 'STAMP_MISSING'

/** Tells people that a log cannot be trusted as it stands. */
export type AuditAlarms = ReturnType<typeof createAuditAlarms>

export function createAuditAlarms({ repo, transact, tasks, audit, clock, log }: Deps) {
  return {
    /** A task for the facility (of the estate's log: for every facility), with an entry where it is new; a line in our log each time. */
    async raise(of: string, what: AuditTrouble): Promise<void> {
      log.error({ auditLog: of, what }, 'alarm: the audit log needs a look')
      await transact(async (tx) => {
        for (const facilityId of await repo.facilitiesOf(tx, of === ESTATE_LOG ? null : of)) {
          if (await repo.isOpen(tx, facilityId)) continue
          const task = { facilityId, kind: 'AUDIT_ALARM', suggestion: 'REVIEW' } as const
          await tasks.open(tx, { ...task, dueAt: clock.now() })
          await audit.append(tx, {
            facilityId,
            actor: { type: 'system', actorId: 'audit-watch' },
            action: 'audit.alarm',
            object: { type: 'auditLog', objectId: of },
            outcome: 'error',
            detail: { what },
          })
        }
      })
    },
  }
}
