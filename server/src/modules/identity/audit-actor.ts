import { assertNever } from '@visavis/contract/errors'
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
