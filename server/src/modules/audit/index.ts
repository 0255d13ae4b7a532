import { ESTATE_LOG, auditCall, facilityLog } from '@visavis/prisma'
import type { AuditActor, AuditDraft, AuditObject, Tx } from '@visavis/prisma'
import type { Clock } from '@visavis/platform/clock'
import { beforeCommit } from '../../platform/transact.ts'

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
   * Written right before the commit, as the log stays locked until then.
   */
  readonly append: (tx: Tx, fact: AuditFact) => Promise<void>
}

/** The audit log as the modules see it. */
export function createAudit(clock: Clock): Audit {
  return {
    append: async (tx, { facilityId, ...fact }) => {
      const log = facilityId === null ? ESTATE_LOG : facilityLog(facilityId)
      const draft = { ...fact, log, ts: clock.now() }
      await beforeCommit(tx, { lock: log, call: auditCall(draft) })
    },
  }
}

/** Nobody who is known: a refused sign-in, a refused code. */
export const ANONYMOUS: AuditActor = { type: 'anonymous', actorId: 'unknown' }

export { createAuditProofs } from './audit-proofs.ts'
export type { AuditProofs, ProvedEntries } from './audit-proofs.ts'
