import { useCallback, useState } from 'react'
import { useSession } from '../../../session/session.ts'
import { usePolled } from '../../host/use-polled.ts'
import { useAct } from '../../office/parts/use-act.ts'
import { isUnderWay } from './copy-rules.ts'

/** How often it is asked how far a copy is, and how often whether a colleague has asked for one. */
const BUSY_MS = 2_000
const IDLE_MS = 30_000

/** The copies of the visit that is open, and a way to ask for another. */
export function useCopies(playId: string) {
  const { call } = useSession()
  const act = useAct()
  const [everyMs, setEveryMs] = useState(BUSY_MS)
  const load = useCallback(async () => {
    const answer = await call('derivatives', { params: { playId } })
    if (answer.ok) setEveryMs(answer.data.derivatives.some(isUnderWay) ? BUSY_MS : IDLE_MS)
    return answer
  }, [call, playId])
  const { data, failure, reload } = usePolled(load, everyMs)
  const ask = async (kind: 'REVIEW_COPY' | 'CLIP', span: { fromMs: number; toMs: number }) => {
    const body = { kind, ...span }
    const asked = await act.run(() => call('askDerivative', { params: { playId }, body }))
    if (asked !== null) reload()
  }
  return { copies: data?.derivatives ?? [], failure, act, ask }
}
