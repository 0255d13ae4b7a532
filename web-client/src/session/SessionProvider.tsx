import { chosenLanguage } from '@visavis/ui'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { getI18n } from 'react-i18next'
import { callApi } from '../api/api.ts'
import type { CallInput } from '../api/api.ts'
import type { RouteName } from '../api/paths.ts'
import { forgetDrafts } from './forget.ts'
import { isSignInLost, sessionAfter } from './session-rules.ts'
import { SessionContext } from './session.ts'
import type { Session, SessionCall, SessionTools, SignedInPerson } from './session.ts'
import { createProofDesk, withProof } from './step-up.ts'
import { tellTabs, useTabs } from './tabs.ts'
import { useLooks } from './use-looks.ts'

const LOADING: Session = { phase: 'loading' }
const SIGNED_OUT_PAGE = '/signed-out'

/** Knows who is signed in and tells the pages. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>(LOADING)
  const [proofDesk] = useState(createProofDesk)
  const greet = useGreeting()
  const settle = useCallback(
    (answer: Answer) => {
      setSession((before) => afterAsking(before, answer))
      if (!answer.ok) return
      hear()
      greet(answer.data)
    },
    [greet],
  )
  const check = useCallback(() => callApi('me', {}).then(settle), [settle])
  const refresh = useCallback(() => void check(), [check])
  useEffect(() => {
    void callApi('me', {}).then(settle)
    // A page that the browser kept while another one was open: somebody may have left meanwhile.
    const shown = ({ persisted }: PageTransitionEvent) => {
      if (persisted) refresh()
    }
    window.addEventListener('pageshow', shown)
    return () => window.removeEventListener('pageshow', shown)
  }, [settle, refresh])
  useTabs(session, { refresh, leave })
  // Of itself: no sign of anybody being there, so `heardAtMs` stays.
  const look = useCallback(() => {
    void callApi('me', {}).then((answer) => setSession((before) => afterAsking(before, answer)))
  }, [])
  useLooks(session.phase === 'signedIn', look)
  // The same from look to look: what hangs on it would be fetched anew, and what was typed would be gone.
  const call = useCallback<SessionCall>(
    (name, input) => withProof(proofDesk, () => callWatched(name, input, check)),
    [proofDesk, check],
  )
  const tools = useMemo<SessionTools>(() => {
    const enter = (me: SignedInPerson): void => {
      hear()
      greet(me)
      setSession({ phase: 'signedIn', me })
      tellTabs({ what: 'signedIn', accountId: me.accountId })
    }
    return { session, refresh, enter, check, call, proofDesk, signOut }
  }, [session, refresh, greet, check, call, proofDesk])
  return <SessionContext value={tools}>{children}</SessionContext>
}

type Answer = Awaited<ReturnType<typeof callApi<'me'>>>

/** When the server last answered to whoever is signed in; ms. */
let heardAtMs = 0

function hear(): void {
  heardAtMs = Date.now()
}

/** Without a line, whoever was here is taken to be here still: their pages say themselves what fails. */
function afterAsking(before: Session, answer: Answer): Session {
  if (answer.ok) {
    // The same object while nothing has changed: a look draws no page anew.
    const isSame =
      before.phase === 'signedIn' && JSON.stringify(before.me) === JSON.stringify(answer.data)
    return isSame ? before : { phase: 'signedIn', me: answer.data }
  }
  // Several calls find it out at once; the first one knew of whom.
  if (before.phase === 'signedOut') return before
  if (before.phase !== 'signedIn') return sessionAfter(answer.code, null, Date.now())
  const known = { expiresAtMs: Date.parse(before.me.signIn.expiresAt), heardAtMs }
  const after = sessionAfter(answer.code, known, Date.now())
  return after.phase === 'failed' ? before : after
}

/**
 * Calls a route. A refusal for want of a sign-in may only mean that another tab got a new cookie meanwhile:
 * once it is known that somebody is signed in, the call is made once more.
 */
async function callWatched<Name extends RouteName>(
  name: Name,
  input: CallInput<Name>,
  check: () => Promise<void>,
): ReturnType<typeof callApi<Name>> {
  const result = await callApi(name, input)
  if (result.ok) hear()
  if (result.ok || !isSignInLost(result.code)) return result
  const who = await callApi('me', {})
  if (who.ok) return callApi(name, input)
  await check()
  return result
}

async function signOut(): Promise<void> {
  await callApi('signOut', {})
  tellTabs({ what: 'left' })
  leave()
}

/** A page that is loaded anew holds nothing of whoever was here before, in memory or on the screen. */
function leave(): void {
  forgetDrafts()
  window.location.replace(SIGNED_OUT_PAGE)
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
