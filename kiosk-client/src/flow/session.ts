import type { Result } from '@visavis/ui'
import { useEffect } from 'react'
import { callApi } from '../api/call-api.ts'
import { createOwedSignOut } from './owed-sign-out.ts'
import { inmateOf } from './screens.ts'
import type { Screen, SignedInInmate } from './screens.ts'
import type { TerminalLanguage } from './terminal-language.ts'

/** The one sign-out of this page. */
export const owedSignOut = createOwedSignOut(() => callApi('inmateSignOut', {}))

/** Signs an inmate in by PIN (TR-5), after whoever was here before is surely out. */
export async function signIn(pin: string): Promise<Result<SignedInInmate>> {
  const settled = await owedSignOut.settle()
  return settled.ok ? callApi('inmateSignIn', { body: { pin } }) : settled
}

/** Signs an inmate in by number and PIN while no visit needs the terminal; in the same order. */
export async function deskSignIn(
  inmateNumber: string,
  pin: string,
): Promise<Result<SignedInInmate>> {
  const settled = await owedSignOut.settle()
  return settled.ok ? callApi('deskSignIn', { body: { inmateNumber, pin } }) : settled
}

/** Greets who signs in, and leaves nothing of them behind when they go. */
export function useSession(screen: Screen, language: TerminalLanguage): void {
  const inmate = inmateOf(screen)
  useEffect(() => {
    if (inmate === null) return undefined
    language.greet(inmate.language)
    return () => {
      owedSignOut.owe()
      language.reset()
    }
  }, [inmate, language])
}
