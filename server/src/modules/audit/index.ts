import { ESTATE_LOG, auditCall, facilityLog } from '@visavis/prisma'
import type { AuditActor, AuditDraft, AuditObject, AuditPolicy, Tx } from '@visavis/prisma'
import type { Clock } from '@visavis/platform/clock'
import { allowedBy } from '../../platform/allowed-by.ts'
import { beforeCommit } from '../../platform/transact.ts'

export type { AuditActor, AuditObject, AuditPolicy }
/** Names of logs and the check of a chain, for services, which never touch the database itself. */
export { createChainCheck, ESTATE_LOG, facilityLog } from '@visavis/prisma'

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
  /** What allowed it; absent: the route or command that is being answered, if any. */
  readonly policy?: AuditPolicy
  readonly detail?: NonNullable<AuditDraft['detail']>
}

/** Writes entries into the hash-chained logs. */
export type Audit = {
  /**
   * Enters a fact in the transaction of its act (TR-1); if it cannot be written, neither is the act.
   * Written right before the commit, as the log stays locked until then.
   */
  readonly append: (tx: Tx, fact: AuditFact) => Promise<void>
  /** Says whom to tell, not exactly but soon, when a log has grown by so much that it should be signed. */
  readonly onGrown: (tell: () => void) => void
}

/** Entries after which a log is signed without waiting for its minute. */
const MANY = 256

/** The audit log as the modules see it. */
export function createAudit(clock: Clock): Audit {
  const grown = createGrowth()
  return {
    append: async (tx, { facilityId, ...fact }) => {
      const log = facilityId === null ? ESTATE_LOG : facilityLog(facilityId)
      const policy = fact.policy ?? allowedBy()
      const draft = { ...fact, ...(policy === null ? {} : { policy }), log, ts: clock.now() }
      await beforeCommit(tx, { lock: log, call: auditCall(draft) })
      grown.count(log)
    },
    onGrown: (tell) => grown.listen(tell),
  }
}

function createGrowth() {
  const counts = new Map<string, number>()
  let told: (() => void) | null = null
  return {
    listen: (tell: () => void): void => void (told = tell),
    count(log: string): void {
      const count = (counts.get(log) ?? 0) + 1
      counts.set(log, count % MANY)
      if (count === MANY) told?.()
    },
  }
}

/** Nobody who is known: a refused sign-in, a refused code. */
export const ANONYMOUS: AuditActor = { type: 'anonymous', actorId: 'unknown' }

/** The server of itself: no person caused it. */
export const SERVER: AuditActor = { type: 'system', actorId: 'server' }
