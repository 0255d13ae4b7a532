import type { FailureCode } from '@visavis/ui'
import { useCallback, useEffect, useRef, useState } from 'react'
import {
  canOfferPasskeys,
  offerPasskeys,
  provePasskey,
  stopOffering,
} from '../../session/passkeys.ts'
import type { PasskeyTrouble } from '../../session/passkey-trouble.ts'
import { useSession } from '../../session/session.ts'

/** What stood in the way: something at the device, or the server's refusal. */
export type PasskeyFailure =
  | { readonly from: 'device'; readonly trouble: PasskeyTrouble }
  | { readonly from: 'server'; readonly code: FailureCode }

/** The server forgets its question after five minutes; the browser's suggestions are asked anew before. */
const OFFER_ANEW_MS = 4 * 60_000

type Way = typeof provePasskey

/**
 * Signing in with a passkey: by the button, and among the browser's suggestions for the login, where it
 * makes such. Needs a field with `webauthn` in its `autocomplete` on the page.
 */
export function usePasskeySignIn() {
  const [failure, setFailure] = useState<PasskeyFailure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const signInBy = useSigning()
  // Whoever asks the device last has it; a suggestion that comes too late must not take it away again.
  const turn = useRef(0)
  const offer = useCallback(async () => {
    const own = (turn.current += 1)
    if (!(await canOfferPasskeys())) return
    const failed = await signInBy(async (options) =>
      turn.current === own ? offerPasskeys(options) : { ok: false, trouble: 'TAKEN_BACK' },
    )
    if (failed?.from === 'server' && failed.code === 'PASSKEY_REFUSED') setFailure(failed)
  }, [signInBy])
  useEffect(() => {
    void offer()
    const timer = setInterval(() => void offer(), OFFER_ANEW_MS)
    return () => {
      clearInterval(timer)
      turn.current += 1
      stopOffering()
    }
  }, [offer])
  const press = async () => {
    turn.current += 1
    setIsBusy(true)
    setFailure(null)
    setFailure(await signInBy(provePasskey))
    setIsBusy(false)
    // The press took the place of the suggestions.
    void offer()
  }
  return { press, isBusy, failure }
}

/** Asks the server what to ask the device, the device, and the server again; null: it went well. */
function useSigning(): (ask: Way) => Promise<PasskeyFailure | null> {
  const { call, enter } = useSession()
  return useCallback(
    async (ask) => {
      const request = await call('passkeyRequest', {})
      if (!request.ok) return { from: 'server', code: request.code }
      const answer = await ask(request.data)
      if (!answer.ok) return { from: 'device', trouble: answer.trouble }
      const result = await call('passkeySignIn', { body: { credential: answer.response } })
      if (!result.ok) return { from: 'server', code: result.code }
      enter(result.data)
      return null
    },
    [call, enter],
  )
}
