import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deskSignIn } from '../../flow/session.ts'
import { useTerminal } from '../../flow/terminal.ts'
import { PinEntry } from '../pin/PinEntry.tsx'
import { NumberEntry } from './NumberEntry.tsx'

type Entry = { readonly number: string; readonly isWhole: boolean }

/** One's number, then the PIN: the way in without a visit. Both are forgotten with the screen. */
export function DeskSignInScreen() {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const [{ number, isWhole }, set] = useState<Entry>({ number: '', isWhole: false })
  if (!isWhole) {
    return (
      <NumberEntry
        number={number}
        onType={(typed) => set({ number: typed, isWhole: false })}
        onDone={() => set({ number, isWhole: true })}
        onBack={() => tell({ what: 'backPressed' })}
      />
    )
  }
  return (
    <PinEntry
      key="pin"
      signIn={(pin) => deskSignIn(number, pin)}
      onBack={() => set({ number, isWhole: false })}
    >
      <p className="vv-numbers">{t('desk.yourNumber', { number })}</p>
    </PinEntry>
  )
}
