import { FailureNotice, Progress, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { partyOfBooking } from './party.ts'
import type { Booking, Party, Places } from './types.ts'
import { usePlaces } from './use-places.ts'

type Found = { readonly party: Party; readonly places: Places }
type WithPartyProps = { readonly booking: Booking; readonly children: (found: Found) => ReactNode }

/** Other times for the people of a booking, at the place where they would have sat. */
export function WithParty({ booking, children }: WithPartyProps) {
  const { call } = useSession()
  const isHome = booking.place === 'HOME'
  const centres = useResource(
    useCallback(
      async () =>
        isHome ? ({ ok: true, data: { linkCentres: [] } } as const) : call('linkCentres', {}),
      [call, isHome],
    ),
  )
  if (centres.phase === 'loading') return <Progress />
  if (centres.phase === 'failed')
    return <FailureNotice code={centres.code} onRetry={centres.reload} />
  const party = partyOfBooking(booking, centres.data.linkCentres)
  return (
    <WithPlaces booking={booking} party={party}>
      {children}
    </WithPlaces>
  )
}

function WithPlaces({ booking, party, children }: WithPartyProps & { party: Party }) {
  const { t } = useTranslation()
  const places = usePlaces({ party, visitClass: booking.visitClass })
  if (places.phase === 'loading') return <Progress words={t('booking.lookingForPlaces')} />
  if (places.phase === 'failed') return <FailureNotice code={places.code} onRetry={places.reload} />
  return children({ party, places: places.data })
}
