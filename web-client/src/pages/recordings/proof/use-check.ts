import type { FailureCode } from '@visavis/ui'
import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { Reply } from '../../../api/api.ts'
import { useSession } from '../../../session/session.ts'

export type Check = Reply<'recordingChecks'>['checks'][number]

/** Where a check stands that somebody asked for here. */
export type Checking =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly key: string }
  | { readonly phase: 'done'; readonly check: Check }
  | { readonly phase: 'failed'; readonly code: FailureCode }

/** How often it is asked whether a long check is over. */
const AGAIN_MS = 2_000

/** Compares a recording's files with its manifest now, however long that takes. */
export function useCheck(recordingId: string, onDone: () => void) {
  const [checking, set] = useState<Checking>({ phase: 'idle' })
  const ask = useAsk(recordingId)
  const settle = useEffectEvent((next: Checking) => {
    set(next)
    if (next.phase === 'done') onDone()
  })
  const key = checking.phase === 'running' ? checking.key : null
  useEffect(() => {
    if (key === null) return undefined
    let isWanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      const next = await ask(key)
      if (!isWanted) return
      if (next.phase === 'running') timer = setTimeout(() => void look(), AGAIN_MS)
      else settle(next)
    }
    void look()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [key, ask])
  return { checking, check: () => set({ phase: 'running', key: crypto.randomUUID() }) }
}

/** Asks for the check, or with the same key how it came out. */
function useAsk(recordingId: string): (key: string) => Promise<Checking> {
  const { call } = useSession()
  return useCallback(
    async (key) => {
      const answer = await call('checkRecording', { params: { recordingId }, key })
      if (!answer.ok) return { phase: 'failed', code: answer.code }
      const { checkedAt, finding } = answer.data
      if (checkedAt === null || finding === null) return { phase: 'running', key }
      return { phase: 'done', check: { ...answer.data, checkedAt, finding } }
    },
    [call, recordingId],
  )
}
