import { useCallback, useEffect, useState } from 'react'
import type { FailureCode } from '../i18n/use-error-words.ts'

/** How a request ended: with data, or with a code that has words (and the ISO instant at which it lifts, if any). */
export type Result<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly code: FailureCode; readonly liftsAt?: string }

/** Something fetched for a page. `reload` keeps showing what there is until the new answer comes. */
export type Resource<Data> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly code: FailureCode; readonly reload: () => void }
  | { readonly phase: 'ready'; readonly data: Data; readonly reload: () => void }

type Settled<Data> = { readonly load: () => Promise<Result<Data>>; readonly result: Result<Data> }

/** Fetches when the page opens and again when `load` changes, so keep `load` stable with useCallback. */
export function useResource<Data>(load: () => Promise<Result<Data>>): Resource<Data> {
  const [settled, setSettled] = useState<Settled<Data> | null>(null)
  const [round, setRound] = useState(0)
  const reload = useCallback(() => setRound((count) => count + 1), [])
  useEffect(() => {
    let isWanted = true
    void load().then((result) => {
      if (isWanted) setSettled({ load, result })
    })
    return () => {
      isWanted = false
    }
  }, [load, round])
  if (settled?.load !== load) return { phase: 'loading' }
  const { result } = settled
  if (result.ok) return { phase: 'ready', data: result.data, reload }
  return { phase: 'failed', code: result.code, reload }
}
