import type { RouteReply, readyTextRoutes } from '@visavis/contract/http'
import { useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useSession } from '../../session/session.ts'

/** A text at hand, as it comes over the wire. */
export type ReadyText = RouteReply<typeof readyTextRoutes.readyTexts>['readyTexts'][number]

/** The facility's ready texts of a kind, in the order of their keys; none until they are there. */
export function useReadyTexts(kind: ReadyText['kind']): readonly ReadyText[] {
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('readyTexts', {}), [call]))
  if (loaded.phase !== 'ready') return []
  return loaded.data.readyTexts.filter((text) => text.kind === kind)
}
