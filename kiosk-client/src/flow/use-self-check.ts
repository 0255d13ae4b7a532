import { createLocalMedia, createPreflight } from '@visavis/call'
import type { Reply } from '@visavis/ui/api/api.ts'
import { useEffect, useState } from 'react'
import { callApi } from '../api/call-api.ts'
import { thisDevice } from '../device/this-device.ts'

type Due = NonNullable<Reply<'terminalPreflight'>['due']>

/** A test that is due begins within this; the server says which it is. */
const ASK_EVERY_MS = 60_000

/**
 * Has the terminal test itself when it owes a test (LV-10), as long as the page that uses this stands: the
 * start screen, on which nobody is signed in. Whoever presses Start drops the test; it is owed on.
 */
export function useSelfCheck(): boolean {
  const [isTesting, setIsTesting] = useState(false)
  useEffect(() => {
    let stop: () => void = () => undefined
    let isGone = false
    const ask = async (): Promise<void> => {
      const answer = await callApi('terminalPreflight', {})
      const due = answer.ok ? answer.data.due : null
      if (isGone || due === null) return
      setIsTesting(true)
      stop = runCheck(due, () => setIsTesting(false))
    }
    const look = (): void => {
      stop()
      void ask()
    }
    look()
    const timer = setInterval(look, ASK_EVERY_MS)
    return () => {
      isGone = true
      clearInterval(timer)
      stop()
    }
  }, [])
  return isTesting
}

/** Tests with the terminal's own camera and microphone; gives the way to drop it. */
function runCheck({ cause, visitId }: Due, onOver: () => void): () => void {
  const media = createLocalMedia()
  const { proveSocket: proveDevice } = thisDevice
  const asTerminal = { signInAs: 'terminal', proveDevice, isUnattended: true } as const
  const preflight = createPreflight({ ...asTerminal, cause, visitId })
  const end = (): void => {
    unsubscribe()
    preflight.close()
    media.stop()
    onOver()
  }
  const unsubscribe = preflight.subscribe(() => {
    const { phase } = preflight.getState()
    // What failed for the service's own sake is asked for again with the next look.
    if (phase === 'done' || phase === 'failed') end()
  })
  preflight.start(media)
  return end
}
