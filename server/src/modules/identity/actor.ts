import type { Role, SignInMethod, SignInStage } from '@visavis/contract/http'

/** A person with an account. Times are instants; a `null` scope reaches nothing by itself. */
export type AccountActor = {
  readonly kind: 'account'
  readonly accountId: string
  readonly role: Role
  readonly facilityId: string | null
  readonly operatorId: string | null
  readonly visitorId: string | null
  readonly officerId: string | null
  readonly linkCentreId: string | null
  /** Set on a link centre's room device: the one visit that it is signed in for. */
  readonly onlyVisitId: string | null
  readonly authSessionId: string
  readonly displayName: string
  readonly language: string
  readonly expiresAt: Date
  /** How it was proved who that is, and what is still missing. */
  readonly signIn: ActorSignIn
}

/** A sign-in of an account, as far as access depends on it. */
export type ActorSignIn = {
  readonly stage: SignInStage
  readonly method: SignInMethod
  readonly isBreakGlass: boolean
  readonly provedAt: Date | null
  /** The last proof is at most five minutes old: enough for what needs a step-up. */
  readonly isFresh: boolean
  /** Likewise for opening a wall, also where one of this sign-in was open until lately; absent: it is not. */
  readonly canMonitor?: boolean
}

/** An inmate signed in by PIN on an enrolled terminal of the own facility (TR-5). */
export type InmateActor = {
  readonly kind: 'inmate'
  readonly inmateId: string
  readonly terminalId: string
  readonly facilityId: string
  /** The visit whose window let the inmate in; null: signed in at the desk, never for media. */
  readonly visitId: string | null
  readonly authSessionId: string
  readonly displayName: string
  readonly language: string
  readonly expiresAt: Date
}

/** An enrolled device, with nobody signed in. */
export type TerminalActor = {
  readonly kind: 'terminal'
  readonly terminalId: string
  readonly facilityId: string
  /** Taken out of service: it gets nowhere that is not expressly for it. */
  readonly isDisabled: boolean
}

/** Who acts. Read anew from the database for every request and socket message, never kept (TR-3). */
export type Actor = AccountActor | InmateActor | TerminalActor

/** Which cookie is asked. */
export type ActorKind = Actor['kind']

/** The actor of each kind of access; a public route has none. */
export type ActorByAccess = {
  readonly public: null
  readonly account: AccountActor
  readonly inmate: InmateActor
  readonly terminal: TerminalActor
}

/** Who a write is from, for its idempotency key. */
export function actorIdOf(actor: Actor): string {
  switch (actor.kind) {
    case 'account':
      return actor.accountId
    case 'inmate':
      return actor.inmateId
    case 'terminal':
      return actor.terminalId
  }
}
