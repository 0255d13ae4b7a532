import { useResource } from '@visavis/ui'
import type { Resource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useSession } from '../../session/session.ts'
import { CALENDAR_DAYS } from './calendar.ts'
import type { Party, Places, VisitClass } from './types.ts'

const DAY_MS = 86_400_000

/** What places are asked for. */
export type PlacesWanted = { readonly party: Party; readonly visitClass: VisitClass | null }

/** Free and full times of the next four weeks for these people; asked anew by each page that shows them. */
export function usePlaces({ party, visitClass }: PlacesWanted): Resource<Places> {
  const { call } = useSession()
  const { inmateId, place, linkCentreId } = party
  const visitorIds = party.visitorIds.join(',')
  const [nowMs] = useState(() => Date.now())
  const load = useCallback(
    () =>
      call('places', {
        query: {
          inmateId,
          visitorIds,
          from: new Date(nowMs).toISOString(),
          to: new Date(nowMs + CALENDAR_DAYS * DAY_MS).toISOString(),
          place,
          linkCentreId,
          visitClass: visitClass ?? undefined,
        },
      }),
    [call, inmateId, visitorIds, nowMs, place, linkCentreId, visitClass],
  )
  return useResource(load)
}
