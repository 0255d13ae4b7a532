import { Refusal, panic } from '@visavis/contract/errors'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Tx } from '../../platform/transact.ts'
import type { AuditFact } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor, Actor } from '../identity/index.ts'
import type { LifeEvents } from '../life-events/index.ts'
import type { Notices } from '../notifications/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { DocumentStore } from './document-store.ts'

/** The modules that people use. */
export type PeopleUses = {
  readonly policy: Policy
  readonly tasks: Tasks
  readonly notices: Pick<Notices, 'queue'>
  readonly lifeEvents: LifeEvents
}

/** What every service of people stands on. */
export type PeopleKit = ModuleGround & PeopleUses & { readonly store: DocumentStore }

/** Who does something, in which request. */
export type Act<A extends Actor = AccountActor> = {
  readonly actor: A
  readonly requestId: string
}

/** Enters an allowed act in the log: the actor's facility's, unless the fact names another (or none). */
export function enter(
  tx: Tx,
  { audit }: Pick<PeopleKit, 'audit'>,
  { actor, requestId, ...fact }: Act<Actor> & EnteredFact,
): Promise<void> {
  return audit.append(tx, {
    facilityId: actor.facilityId,
    ...fact,
    actor: auditActorOf(actor),
    outcome: 'allow',
    requestId,
  })
}
type EnteredFact = Pick<AuditFact, 'action' | 'object' | 'detail'> & {
  readonly facilityId?: string | null
}

/** The visitor behind a visitor's account; the database lets no such account be without. */
export function visitorIdOf({ visitorId }: AccountActor): string {
  return visitorId ?? panic('a visitor’s account without a visitor')
}

/** The facility whose desk the actor sits at. */
export function facilityIdOf({ facilityId }: AccountActor): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}

/** Compare-and-set: refuses what was decided on an older version. */
export function requireVersion(stored: number, seen: number): void {
  if (stored !== seen) throw new Refusal('VERSION_CHANGED')
}

/** A refusal of one field of the body. */
export function badField(field: string, cure: string): Refusal {
  return new Refusal('BAD_REQUEST', { fields: [{ field, cure }] })
}
