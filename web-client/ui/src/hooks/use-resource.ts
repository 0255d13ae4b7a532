import { useCallback, useEffect, useState } from 'react'
import type { EligibilityReport } from '@visavis/contract/eligibility'
import type { FieldProblem } from '@visavis/contract/errors'
import type { FreePlace } from '@visavis/contract/http'
import type { z } from 'zod'
import type { FailureCode } from '../i18n/use-error-words.ts'

/** A no: its code, which has words, and whatever the server knows that helps. */
export type Failure = {
  readonly ok: false
  readonly code: FailureCode
  /** ISO instant at which it lifts. */
  readonly liftsAt?: string
  readonly fields?: readonly FieldProblem[]
  /** Free places near the one that was asked for. */
  readonly alternatives?: readonly z.input<typeof FreePlace>[]
  readonly report?: z.input<typeof EligibilityReport>
}

/** How a request ended: with data, or with a failure. */
export type Result<Data> = { readonly ok: true; readonly data: Data } | Failure

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
