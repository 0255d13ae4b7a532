import { assertNever } from '@visavis/contract/errors'
import type { AllowedBy } from '../../platform/allowed-by.ts'
import type { AuditActor } from '../audit/index.ts'
import type { Actor } from './actor.ts'

/** The actor as audit entries name it. */
export function auditActorOf(actor: Actor): AuditActor {
  switch (actor.kind) {
    case 'account':
      return { type: actor.role, actorId: actor.accountId, authSessionId: actor.authSessionId }
    case 'inmate':
      return { type: 'inmate', actorId: actor.inmateId, authSessionId: actor.authSessionId }
    case 'terminal':
      return { type: 'terminal', actorId: actor.terminalId }
    default:
      return assertNever(actor)
  }
}

/** What binds an actor to what it asks for: its own facility, all that it answers for, or itself. */
export function reachOf(actor: Actor | null): AllowedBy['reach'] {
  if (actor === null) return 'PUBLIC'
  if (actor.kind === 'terminal') return 'TERMINAL'
  if (actor.kind === 'inmate') return 'SELF'
  if (actor.facilityId !== null) return 'FACILITY'
  if (actor.visitorId !== null) return 'SELF'
  return actor.operatorId === null ? 'ESTATE' : 'OPERATOR'
}
