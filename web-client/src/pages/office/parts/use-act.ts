import type { Result } from '@visavis/ui'
import { useState } from 'react'

export type Failure = Extract<Result<unknown>, { ok: false }>

/** One thing a person does on a page: it runs once at a time, and its failure stays to be read. */
export type Act = {
  readonly isBusy: boolean
  readonly failure: Failure | null
  /** Does the work; its data, or null after a failure. */
  readonly run: <Data>(work: () => Promise<Result<Data>>) => Promise<Data | null>
}

export function useAct(): Act {
  const [state, set] = useState<Omit<Act, 'run'>>({ isBusy: false, failure: null })
  return {
    ...state,
    run: async (work) => {
      set({ isBusy: true, failure: null })
      const result = await work()
      set({ isBusy: false, failure: result.ok ? null : result })
      return result.ok ? result.data : null
    },
  }
}
