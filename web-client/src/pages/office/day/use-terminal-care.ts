import { useCallback } from 'react'
import { useSession } from '../../../session/session.ts'
import { usePolled } from '../../host/use-polled.ts'
import type { Terminal } from '../../terminals/terminal-rules.ts'

/** A terminal that falls silent is told of after three minutes; the day's board need not be faster. */
const REFRESH_MS = 30_000

/** How the facility's terminals fare now, by id; empty until it is known. */
export function useTerminalCare(): ReadonlyMap<string, Terminal> {
  const { call } = useSession()
  const { data } = usePolled(
    useCallback(() => call('listTerminals', {}), [call]),
    REFRESH_MS,
  )
  return new Map(data?.terminals.map((terminal) => [terminal.terminalId, terminal]))
}
