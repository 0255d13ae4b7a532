import { chosenLanguage } from '@visavis/ui'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { getI18n } from 'react-i18next'
import { callApi } from '../api/api.ts'
import { SessionContext } from './session.ts'
import type { Session, SessionTools, SignedInPerson } from './session.ts'

const LOADING: Session = { phase: 'loading' }
const SIGNED_OUT: Session = { phase: 'signedOut', hasExpired: false }

/** Knows who is signed in and tells the pages. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>(LOADING)
  const [round, setRound] = useState(0)
  const greet = useGreeting()
  const refresh = useCallback(() => setRound((count) => count + 1), [])

  useEffect(() => {
    let isWanted = true
    void askWho().then((answer) => {
      if (!isWanted) return
      setSession(answer)
      if (answer.phase === 'signedIn') greet(answer.me)
    })
    return () => {
      isWanted = false
    }
  }, [greet, round])

  const tools = useMemo<SessionTools>(
    () => ({ session, refresh, ...actions(setSession, greet) }),
    [session, refresh, greet],
  )
  return <SessionContext value={tools}>{children}</SessionContext>
}

type Actions = Pick<SessionTools, 'signIn' | 'signOut' | 'call'>

function actions(set: (session: Session) => void, greet: (me: SignedInPerson) => void): Actions {
  return {
    signIn: async (login, password) => {
      const result = await callApi('signIn', { body: { login, password } })
      if (result.ok) {
        greet(result.data)
        set({ phase: 'signedIn', me: result.data })
      }
      return result
    },
    signOut: async () => {
      await callApi('signOut', {})
      set(SIGNED_OUT)
    },
    call: async (name, input) => {
      const result = await callApi(name, input)
      const isLost = !result.ok && ['NOT_SIGNED_IN', 'SESSION_EXPIRED'].includes(result.code)
      if (isLost) set({ phase: 'signedOut', hasExpired: true })
      return result
    },
  }
}

async function askWho(): Promise<Session> {
  const result = await callApi('me', {})
  if (result.ok) return { phase: 'signedIn', me: result.data }
  if (result.code === 'NOT_SIGNED_IN') return SIGNED_OUT
  if (result.code === 'SESSION_EXPIRED') return { phase: 'signedOut', hasExpired: true }
  return { phase: 'failed', code: result.code }
}

/** Turns the page to the person's own language, unless another was chosen on this device. */
function useGreeting(): (me: SignedInPerson) => void {
  return useCallback((me) => {
    // useTranslation's is another object after each change of language, and all that was loaded for a
    // page would be loaded again.
    const i18n = getI18n()
    const supported = i18n.options.supportedLngs
    const isKnown = Array.isArray(supported) && supported.includes(me.language)
    if (chosenLanguage() === null && isKnown) void i18n.changeLanguage(me.language)
  }, [])
}
