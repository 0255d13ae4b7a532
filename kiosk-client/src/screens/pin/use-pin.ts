import type { FailureCode, Result } from '@visavis/ui'
import { useEffect, useEffectEvent, useState } from 'react'
import type { SignedInInmate } from '../../flow/screens.ts'
import { useTerminal } from '../../flow/terminal.ts'
import { MIN_PIN_LENGTH, withDigit } from './pin-entry.ts'

/** Why the PIN led nowhere; `liftsAt` is the ISO instant at which a lock ends. */
export type PinFailure = { readonly code: FailureCode | 'TOO_SHORT'; readonly liftsAt?: string }

/** What is typed, and trying it. The PIN is forgotten with each answer and with the screen. */
export function usePin(signIn: (pin: string) => Promise<Result<SignedInInmate>>) {
  const { tell } = useTerminal()
  const [pin, setPin] = useState('')
  const [failure, setFailure] = useState<PinFailure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const type = (digit: string) => {
    setFailure(null)
    setPin((typed) => withDigit(typed, digit))
  }
  const erase = () => setPin((typed) => typed.slice(0, -1))
  const submit = async () => {
    if (isBusy) return
    if (pin.length < MIN_PIN_LENGTH) {
      setFailure({ code: 'TOO_SHORT' })
      return
    }
    setIsBusy(true)
    const result = await signIn(pin)
    setPin('')
    setIsBusy(false)
    if (result.ok) {
      tell({ what: 'signedIn', inmate: result.data })
      return
    }
    setFailure(result)
    tell({ what: 'requestFailed', code: result.code })
  }
  useKeyboard({ type, erase, submit: () => void submit() })
  return { pin, failure, isBusy, type, erase, submit }
}

type Keys = { type: (digit: string) => void; erase: () => void; submit: () => void }

/** A keyboard with digits serves like the keys on the screen. */
function useKeyboard({ type, erase, submit }: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    // Enter on a focused key presses that key.
    const isOnButton = event.target instanceof HTMLButtonElement
    if (/^\d$/.test(event.key)) type(event.key)
    else if (event.key === 'Backspace') erase()
    else if (event.key === 'Enter' && !isOnButton) submit()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}
