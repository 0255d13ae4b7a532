import { useResource } from '@visavis/ui'
import type { FailureCode, Resource, Result } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { callApi } from '../../api/call-api.ts'
import { useTerminal } from '../../flow/terminal.ts'

/** What the desk reads, each always the same function. */
export const loadVisits = () => callApi('terminalVisits', {})
export const loadRequests = () => callApi('terminalRequests', {})
export const loadNotices = () => callApi('terminalNotices', {})
export const loadRecorded = () => callApi('recordedOfInmate', {})

/** Fetches for a screen of somebody signed in; a lost sign-in leads to the start. */
export function useTold<Data>(load: () => Promise<Result<Data>>): Resource<Data> {
  const { tell } = useTerminal()
  return useResource(
    useCallback(async () => {
      const result = await load()
      if (!result.ok) tell({ what: 'requestFailed', code: result.code })
      return result
    }, [load, tell]),
  )
}

/** One thing that is done on a screen: once at a time, and its failure stays to be read. */
export type Act = {
  readonly isBusy: boolean
  readonly failure: FailureCode | null
  /** Does the work; its data, or null after a failure. */
  readonly run: <Data>(work: () => Promise<Result<Data>>) => Promise<Data | null>
}

export function useAct(): Act {
  const { tell } = useTerminal()
  const [state, set] = useState<Omit<Act, 'run'>>({ isBusy: false, failure: null })
  return {
    ...state,
    run: async (work) => {
      set({ isBusy: true, failure: null })
      const result = await work()
      set({ isBusy: false, failure: result.ok ? null : result.code })
      if (result.ok) return result.data
      tell({ what: 'requestFailed', code: result.code })
      return null
    },
  }
}
