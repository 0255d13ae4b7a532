import type { FailureCode, Result } from '@visavis/ui'
import { useCallback, useEffect, useState } from 'react'

type PageOf<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }

/** A list that is fetched page by page. */
export type Pages<Item> = {
  readonly items: readonly Item[]
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly code: FailureCode | null
  /** Fetches what follows, or tries again; null: that was all. */
  readonly more: (() => void) | null
}

type State<Item> = Omit<Pages<Item>, 'more'> & { readonly cursor: string | null }

/** Fetches the first page, and others when asked. Keep `load` stable, and mount anew for another list. */
export function usePages<Item>(
  load: (cursor: string | null) => Promise<Result<PageOf<Item>>>,
): Pages<Item> {
  const [state, set] = useState<State<Item>>({
    items: [],
    phase: 'loading',
    code: null,
    cursor: null,
  })
  const add = useCallback((result: Result<PageOf<Item>>) => {
    set((before) =>
      result.ok
        ? {
            items: [...before.items, ...result.data.items],
            phase: 'ready',
            code: null,
            cursor: result.data.nextCursor,
          }
        : { ...before, phase: 'failed', code: result.code },
    )
  }, [])
  useEffect(() => {
    let isWanted = true
    void load(null).then((result) => {
      if (isWanted) add(result)
    })
    return () => {
      isWanted = false
    }
  }, [load, add])
  const hasMore = state.phase === 'failed' || state.cursor !== null
  const more = () => {
    set((before) => ({ ...before, phase: 'loading' }))
    void load(state.cursor).then(add)
  }
  return { ...state, more: hasMore ? more : null }
}
