import { useCallback } from 'react'
import { useResource } from '@visavis/ui'
import { useSession } from '../../session/session.ts'

const NONE: readonly string[] = []

/** The languages that the signed-in officer can follow; none until the answer comes, or if it does not. */
export function useOfficerLanguages(): readonly string[] {
  const { call } = useSession()
  const load = useCallback(() => call('myLanguages', {}), [call])
  const languages = useResource(load)
  return languages.phase === 'ready' ? languages.data.languages : NONE
}
