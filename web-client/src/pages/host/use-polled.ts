import type { FailureCode, Result } from '@visavis/ui'
import { useCallback, useEffect, useState } from 'react'

/** Something that is fetched again and again; after a failure what was there before stays. */
export type Polled<Data> = {
  /** Null until it first came. */
  readonly data: Data | null
  /** Why the latest attempt brought nothing. */
  readonly failure: FailureCode | null
  readonly reload: () => void
}

type Seen<Data> = Omit<Polled<Data>, 'reload'> & { readonly load: () => Promise<Result<Data>> }

/** Fetches now and every `everyMs`, and at once when `load` changes, so keep `load` stable. */
export function usePolled<Data>(load: () => Promise<Result<Data>>, everyMs: number): Polled<Data> {
  const [seen, see] = useState<Seen<Data>>({ load, data: null, failure: null })
  const [round, setRound] = useState(0)
  const reload = useCallback(() => setRound((count) => count + 1), [])
  useEffect(() => {
    let isWanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      const result = await load()
      if (!isWanted) return
      see((before) => afterAnswer(before.load === load ? before.data : null, load, result))
      timer = setTimeout(() => void look(), everyMs)
    }
    void look()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [load, everyMs, round])
  const isSame = seen.load === load
  return { data: isSame ? seen.data : null, failure: isSame ? seen.failure : null, reload }
}

function afterAnswer<Data>(
  before: Data | null,
  load: () => Promise<Result<Data>>,
  result: Result<Data>,
): Seen<Data> {
  return result.ok
    ? { load, data: result.data, failure: null }
    : { load, data: before, failure: result.code }
}
