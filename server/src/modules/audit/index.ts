import { ESTATE_LOG, appendAudit, facilityLog } from '@visavis/prisma'
import type { AuditActor, AuditDraft, AuditObject, Tx } from '@visavis/prisma'
import type { Clock } from '@visavis/platform/clock'

export type { AuditActor, AuditObject }

/** An act or sensitive read as it goes into the log: ids only, no names, no secrets. */
export type AuditFact = {
  /** Whose log: the facility's, or the estate's when null. */
  readonly facilityId: string | null
  readonly actor: AuditActor
  /** `object.verb`, for example `account.signIn`. */
  readonly action: string
  readonly object: AuditObject
  readonly outcome: AuditDraft['outcome']
  readonly reason?: string
  readonly requestId?: string
  readonly detail?: NonNullable<AuditDraft['detail']>
}

/** Writes entries into the hash-chained logs. */
export type Audit = {
  /**
   * Enters a fact in the transaction of its act (TR-1); if it cannot be written, neither is the act.
   * Call it last: the log stays locked until the commit.
   */
  readonly append: (tx: Tx, fact: AuditFact) => Promise<void>
}

/** The audit log as the modules see it. */
export function createAudit(clock: Clock): Audit {
  return {
    append: async (tx, { facilityId, ...fact }) => {
      const log = facilityId === null ? ESTATE_LOG : facilityLog(facilityId)
      await appendAudit(tx, { ...fact, log, ts: clock.now() })
    },
  }
}

/** Nobody who is known: a refused sign-in, a refused code. */
export const ANONYMOUS: AuditActor = { type: 'anonymous', actorId: 'unknown' }
