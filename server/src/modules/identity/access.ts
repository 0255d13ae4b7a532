import { Refusal, assertNever } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import type { Access, Role } from '@visavis/contract/http'
import type { AccountActor, Actor, ActorByAccess, InmateActor } from './actor.ts'

/**
 * TR-3, the one place: by role. Gives the actor that such access promises, or refuses; REST routes and
 * sockets ask here before anything of the request is looked at. A link centre's room device, which
 * speaks with a visitor's account, and a terminal out of service get nowhere that is not expressly for them.
 */
export function requireAccess<const A extends Access>(
  actor: Actor | null,
  access: A,
  exceptions: Exceptions = {},
): ActorByAccess[A['kind']] {
  const admittedActor = admitted(actor, access)
  if (exceptions.isForUnfinishedSignIn !== true) requireWholeSignIn(admittedActor)
  if (exceptions.isForRoomDevice !== true && isRoomDevice(admittedActor)) {
    throw new Refusal('FORBIDDEN')
  }
  if (exceptions.isForDisabledTerminal !== true && isDisabledTerminal(admittedActor)) {
    throw new Refusal('TERMINAL_DISABLED')
  }
  if (exceptions.stepUp === true) requireFreshProof(admittedActor)
  return admittedActor as ActorByAccess[A['kind']]
}

/** Who else may come, where a route or command says so expressly. */
type Exceptions = {
  readonly isForRoomDevice?: boolean
  readonly isForDisabledTerminal?: boolean
  readonly isForUnfinishedSignIn?: boolean
  /** Wants a proof of who it is that is at most five minutes old. */
  readonly stepUp?: boolean
}

/** What somebody is told who came without the cookie that such access wants. */
const WITHOUT = {
  terminal: 'TERMINAL_NOT_ENROLLED',
  inmate: 'NOT_SIGNED_IN',
  account: 'NOT_SIGNED_IN',
} as const

function admitted(actor: Actor | null, access: Access): Actor | null {
  if (access.kind === 'public') return null
  if (actor?.kind !== access.kind) throw new Refusal(WITHOUT[access.kind])
  const isOfRole = access.kind !== 'account' || isOneOf(actor, access.roles)
  if (!isOfRole) throw new Refusal('FORBIDDEN')
  return actor
}

const UNFINISHED = {
  SECOND_FACTOR: 'SECOND_FACTOR_REQUIRED',
  SET_UP: 'SET_UP_REQUIRED',
} as const

// Without a second factor, or with a passkey still to be set up, nothing else can be done.
function requireWholeSignIn(actor: Actor | null): void {
  if (actor?.kind !== 'account') return
  const { stage } = actor.signIn
  if (stage !== 'FULL') throw new Refusal(UNFINISHED[stage])
}

// Somebody who sets up a first passkey has just given a one-time code, and has nothing else to give.
function requireFreshProof(actor: Actor | null): void {
  if (actor?.kind !== 'account' || actor.signIn.stage === 'SET_UP') return
  if (!actor.signIn.isFresh) throw new Refusal('STEP_UP_REQUIRED')
}

/** TR-3: to watch people live wants a fresh proof; a wall that was open until lately opens again without. */
export function requireMonitorProof({ signIn }: AccountActor): void {
  if (signIn.canMonitor !== true) throw new Refusal('STEP_UP_REQUIRED')
}

function isRoomDevice(actor: Actor | null): boolean {
  return actor?.kind === 'account' && actor.onlyVisitId !== null
}

function isDisabledTerminal(actor: Actor | null): boolean {
  return actor?.kind === 'terminal' && actor.isDisabled
}

function isOneOf(actor: Actor, roles: readonly Role[]): boolean {
  return actor.kind === 'account' && roles.includes(actor.role)
}

/**
 * TR-3: by facility. Nobody whose account names no facility gets through, not even to all of them. `absent`: what
 * is answered for something that is nowhere, for it tells nobody that another facility has it (EL-2).
 */
export function requireFacility(
  actor: Actor,
  facilityId: string,
  absent: ErrorCode = 'NOT_FOUND',
): void {
  if (actor.facilityId !== facilityId) throw new Refusal(absent)
}

/** Which facilities an account may list. */
export type Reach = { readonly facilityId: string } | { readonly operatorId: string }

/** The facilities of a staff account: its own, or its operator's; an account with neither is refused. */
export function requireReach(actor: AccountActor): Reach {
  if (actor.facilityId !== null) return { facilityId: actor.facilityId }
  if (actor.operatorId !== null) return { operatorId: actor.operatorId }
  throw new Refusal('FORBIDDEN')
}

/** TR-5: media only in the window of a visit; an inmate who is signed in at the desk is refused. */
export function requireWindow(actor: InmateActor): InmateActor {
  if (actor.visitId === null) throw new Refusal('OUTSIDE_VISIT_WINDOW')
  return actor
}

/** Whether the actor is a room device that is signed in for another visit than this. */
export function isElsewhere(actor: Actor, visitId: string): boolean {
  return actor.kind === 'account' && actor.onlyVisitId !== null && actor.onlyVisitId !== visitId
}

/** The person of a seat; exactly one of the two is set. */
export type SeatPerson = { readonly visitorId: string | null; readonly inmateId: string | null }

/** TR-3: by relation. Whether the seat is the actor's own. */
export function isOwnSeat(actor: Actor, seat: SeatPerson): boolean {
  switch (actor.kind) {
    case 'account':
      return actor.visitorId !== null && actor.visitorId === seat.visitorId
    case 'inmate':
      return actor.inmateId === seat.inmateId
    case 'terminal':
      return false
    default:
      return assertNever(actor)
  }
}
