export {
  isElsewhere,
  isOwnSeat,
  requireAccess,
  requireFacility,
  requireReach,
  requireWindow,
} from './access.ts'
export type { Reach, SeatPerson } from './access.ts'
export { actorIdOf } from './actor.ts'
export type {
  AccountActor,
  Actor,
  ActorByAccess,
  ActorKind,
  InmateActor,
  TerminalActor,
} from './actor.ts'
export type { ActorOfCookies } from './actors.service.ts'
export { browserOf } from './caller.ts'
export { auditActorOf, reachOf } from './audit-actor.ts'
export type { Cookies } from './cookies.ts'
export { DEVICE_LIFE_MS, idleMsOf, isSignInLive } from './identity-rules.ts'
export { bindIdentityRoutes } from './identity.routes.ts'
export { SIGN_IN_OVER_CHANNEL, createIdentity } from './identity.ts'
export type { Identity, IdentityConfig } from './identity.ts'
export type { IdentityParts } from './identity-parts.ts'
export { passwordFault } from './password-rules.ts'
export { takeCode } from './second-factor.service.ts'
export type { IssuedCode } from './set-up-codes.ts'
export type { RoomSignedIn } from './room-sign-in.service.ts'
export { addSignInPurge } from './sign-in-purge.ts'
export { isSamePerson, requireAnother } from './two-people.ts'
export type { OfficerAccount } from './two-people.ts'
