import { Refusal, assertNever } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import type { AccountActor } from '../identity/index.ts'
import { requireFacility } from '../identity/index.ts'
import type { BlackoutScope } from './blackout-rules.ts'
import { blackoutsRepo } from './blackouts.repo.ts'
import type { BlackoutPlace } from './blackouts.repo.ts'

/** A place as somebody names it: the id that its scope wants, and perhaps others. */
export type NamedPlace = {
  readonly scope: BlackoutScope
  readonly wing?: string | null | undefined
  readonly terminalId?: string | null | undefined
  readonly linkCentreId?: string | null | undefined
  readonly linkCentreRoomId?: string | null | undefined
}

/**
 * The place of a blackout, if it is the actor's to close (TR-3): a facility's own people for what is in
 * the facility, the operator for its facilities' terminals, its estate and the estate's link centres.
 */
export async function placeFor(
  tx: Tx,
  actor: AccountActor,
  named: NamedPlace,
): Promise<BlackoutPlace> {
  const { scope } = named
  switch (scope) {
    case 'ESTATE':
      return { scope, estateId: await estateOf(tx, actor) }
    case 'FACILITY':
      return { scope, facilityId: ownFacility(actor) }
    case 'WING':
      return { scope, facilityId: ownFacility(actor), wing: needed(named, 'wing') }
    case 'TERMINAL':
      return { scope, terminalId: await terminalOf(tx, actor, needed(named, 'terminalId')) }
    case 'LINK_CENTRE':
    case 'LINK_CENTRE_ROOM':
      return linkCentreFor(tx, actor, { ...named, scope })
    default:
      return assertNever(scope)
  }
}

function needed(named: NamedPlace, field: Exclude<keyof NamedPlace, 'scope'>): string {
  const value = named[field]
  if (value) return value
  const cure = `Say which: the scope ${named.scope} needs it.`
  throw new Refusal('BAD_REQUEST', { fields: [{ field, cure }] })
}

function ownFacility({ facilityId }: AccountActor): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}

async function estateOf(tx: Tx, { role, operatorId }: AccountActor): Promise<string> {
  if (role !== 'operatorAdmin' || operatorId === null) throw new Refusal('FORBIDDEN')
  const operator = await blackoutsRepo.operator(tx, operatorId)
  if (operator === null) throw new Refusal('FORBIDDEN')
  return operator.estateId
}

async function terminalOf(tx: Tx, actor: AccountActor, terminalId: string): Promise<string> {
  const terminal = await blackoutsRepo.terminal(tx, terminalId)
  const isTheirs =
    actor.facilityId === null
      ? terminal?.facility.operatorId === actor.operatorId
      : terminal?.facilityId === actor.facilityId
  if (!isTheirs) throw new Refusal('NOT_FOUND')
  return terminalId
}

async function linkCentreFor(
  tx: Tx,
  actor: AccountActor,
  named: NamedPlace & { readonly scope: 'LINK_CENTRE' | 'LINK_CENTRE_ROOM' },
): Promise<BlackoutPlace> {
  const { scope } = named
  const estateId = await estateOf(tx, actor)
  if (scope === 'LINK_CENTRE') {
    const linkCentreId = needed(named, 'linkCentreId')
    requireSame(estateId, await blackoutsRepo.linkCentreEstate(tx, linkCentreId))
    return { scope, linkCentreId }
  }
  const linkCentreRoomId = needed(named, 'linkCentreRoomId')
  requireSame(estateId, await blackoutsRepo.roomEstate(tx, linkCentreRoomId))
  return { scope, linkCentreRoomId }
}

function requireSame(estateId: string, theirs: string | null): void {
  if (theirs !== estateId) throw new Refusal('NOT_FOUND')
}

type StoredPlace = NamedPlace & {
  readonly facilityId: string | null
  readonly estateId: string | null
}

/** Refuses somebody who may not lift a blackout; whose it is that of others, is not found. */
export async function requirePlace(
  tx: Tx,
  actor: AccountActor,
  stored: StoredPlace,
): Promise<void> {
  if (stored.facilityId !== null) return requireReachOf(tx, actor, stored.facilityId)
  const place = await placeFor(tx, actor, stored)
  if (place.scope === 'ESTATE') requireSame(place.estateId, stored.estateId)
}

async function requireReachOf(tx: Tx, actor: AccountActor, facilityId: string): Promise<void> {
  if (actor.facilityId !== null) {
    requireFacility(actor, facilityId)
    return
  }
  const facility = await blackoutsRepo.facilityOperator(tx, facilityId)
  if (facility?.operatorId !== actor.operatorId) throw new Refusal('NOT_FOUND')
}
