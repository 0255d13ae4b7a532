export {
  isElsewhere,
  isOwnSeat,
  requireAccess,
  requireFacility,
  requireMonitorProof,
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
export type { ActorOfCookies, Asked } from './actors.service.ts'
export { browserOf } from './caller.ts'
export { auditActorOf, reachOf } from './audit-actor.ts'
export type { Cookies } from './cookies.ts'
export { idleMsOf, isSignInLive } from './identity-rules.ts'
export { askingOf } from './terminal-pages.ts'
export type { TerminalPages } from './terminal-pages.ts'
export type { DeviceProofs, PageSaid } from './device-proofs.ts'
export { deviceWrites, endTerminalKey } from './device.repo.ts'
export type { Device, DeviceWord, Devices, OpenedSession } from './devices.service.ts'
export { readTerminalKey } from './terminal-keys.ts'
export type { PublicTerminalKey } from './terminal-keys.ts'
export { forgivePins } from './pin-counts.repo.ts'
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
