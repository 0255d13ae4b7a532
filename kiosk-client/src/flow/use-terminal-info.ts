import type { Result } from '@visavis/ui'
import type { Reply } from '@visavis/ui/api/api.ts'
import { useEffect, useState } from 'react'
import { callApi } from '../api/call-api.ts'
import { owedSignOut } from './session.ts'
import type { Step, Tell } from './screens.ts'

/** The wire form of what this terminal is. */
export type TerminalInfo = Reply<'terminal'>

/** A broken terminal comes back soon after what broke it. */
const RETRY_MS = 5_000
/** The next visits on the start screen need not be newer than this. */
const REFRESH_MS = 20_000

/** Steps on which the server is asked what this terminal is, and how often. */
const ASK_EVERY_MS: Readonly<Partial<Record<Step, number>>> = {
  starting: RETRY_MS,
  outOfService: RETRY_MS,
  attract: REFRESH_MS,
}

/** What this terminal is, once known; `keep` takes the answer to an enrolment. */
export function useTerminalInfo(
  step: Step,
  tell: Tell,
): { info: TerminalInfo | null; keep: (info: TerminalInfo) => void } {
  const [info, setInfo] = useState<TerminalInfo | null>(null)
  const everyMs = ASK_EVERY_MS[step]
  useEffect(() => {
    if (everyMs === undefined) return undefined
    let isWanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const result = await askTerminal()
      if (!isWanted) return
      if (result.ok) {
        setInfo(result.data)
        tell({ what: 'terminalFound', inmate: result.data.inmate })
      } else tell({ what: 'requestFailed', code: result.code })
      timer = setTimeout(() => void ask(), everyMs)
    }
    void ask()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [everyMs, tell])
  return { info, keep: setInfo }
}

async function askTerminal(): Promise<Result<TerminalInfo>> {
  const settled = await owedSignOut.settle()
  return settled.ok ? callApi('terminal', {}) : settled
}
