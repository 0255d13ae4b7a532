import { useEffect } from 'react'
import { isSignInLost } from './session-rules.ts'
import { useSession } from './session.ts'

/** Leads to the sign-in page when a connection was refused because nobody is signed in any more; null: it was not. */
export function useSignInCheck(code: string | null): void {
  const { check } = useSession()
  const isLost = code !== null && isSignInLost(code)
  useEffect(() => {
    if (isLost) void check()
  }, [isLost, check])
}
