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
export { auditActorOf } from './audit-actor.ts'
export type { Cookies } from './cookies.ts'
export { DEVICE_LIFE_MS } from './identity-rules.ts'
export { bindIdentityRoutes } from './identity.routes.ts'
export { createIdentity } from './identity.ts'
export type { Identity } from './identity.ts'
export type { RoomSignedIn } from './room-sign-in.service.ts'
