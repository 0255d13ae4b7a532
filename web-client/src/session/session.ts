import type { FailureCode, Result } from '@visavis/ui'
import { createContext, useContext } from 'react'
import type { CallInput, Reply } from '../api/api.ts'
import type { RouteName } from '../api/paths.ts'

/** The wire form of who is signed in. */
export type SignedInPerson = Reply<'me'>

/** Who sits before this browser, as far as is known. */
export type Session =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly code: FailureCode }
  | { readonly phase: 'signedOut'; readonly hasExpired: boolean }
  | { readonly phase: 'signedIn'; readonly me: SignedInPerson }

export type SessionTools = {
  readonly session: Session
  /** Asks the server again who is signed in. */
  readonly refresh: () => void
  readonly signIn: (login: string, password: string) => Promise<Result<SignedInPerson>>
  readonly signOut: () => Promise<void>
  /** Calls a route; an expired sign-in found on the way leads to the sign-in page. */
  readonly call: <Name extends RouteName>(
    name: Name,
    input: CallInput<Name>,
  ) => Promise<Result<Reply<Name>>>
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
