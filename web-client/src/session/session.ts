import type { FailureCode, Result } from '@visavis/ui'
import { createContext, useContext } from 'react'
import type { CallInput, Reply } from '../api/api.ts'
import type { RouteName } from '../api/paths.ts'
import type { ProofDesk } from './step-up.ts'

/** The wire form of who is signed in. */
export type SignedInPerson = Reply<'me'>

/** Why nobody is signed in: nobody was, it took too long, or it was ended from elsewhere. */
export type SignedOutWhy = 'NOBODY' | 'EXPIRED' | 'ENDED'

/** Who sits before this browser, as far as is known. */
export type Session =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly code: FailureCode }
  | { readonly phase: 'signedOut'; readonly why: SignedOutWhy }
  | { readonly phase: 'signedIn'; readonly me: SignedInPerson }

/** Calls a route; where it needs a fresh proof of the person, that is asked for first. */
export type SessionCall = <Name extends RouteName>(
  name: Name,
  input: CallInput<Name>,
) => Promise<Result<Reply<Name>>>

export type SessionTools = {
  readonly session: Session
  /** Asks the server again who is signed in. */
  readonly refresh: () => void
  /** After a step of a sign-in: this is who it is, and how far. */
  readonly enter: (me: SignedInPerson) => void
  /** Ends the sign-in and leads to a page that holds nothing of the person, here and in other tabs. */
  readonly signOut: () => Promise<void>
  /** A connection was told that nobody is signed in; leads to the sign-in page if that is so. */
  readonly check: () => Promise<void>
  /** Calls a route; a sign-in found ended on the way leads to the sign-in page. */
  readonly call: SessionCall
  readonly proofDesk: ProofDesk
}

export const SessionContext = createContext<SessionTools | null>(null)

/** The session and what can be done with it. */
export function useSession(): SessionTools {
  const tools = useContext(SessionContext)
  if (!tools) throw new TypeError('useSession outside SessionProvider')
  return tools
}

/** The signed-in person, on pages that exist only for one. */
export function useMe(): SignedInPerson {
  const { session } = useSession()
  if (session.phase !== 'signedIn') throw new TypeError('useMe outside a signed-in page')
  return session.me
}
