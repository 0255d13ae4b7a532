import { signIn } from '../../flow/session.ts'
import { useTerminal } from '../../flow/terminal.ts'
import { PinEntry } from './PinEntry.tsx'

/** The PIN of whoever has a visit here now. */
export function PinScreen() {
  const { tell } = useTerminal()
  return <PinEntry signIn={signIn} onBack={() => tell({ what: 'backPressed' })} />
}
