import { FailureNotice, Progress } from '@visavis/ui'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { partyOfBooking } from './party.ts'
import type { Booking, Party, Places } from './types.ts'
import { usePlaces } from './use-places.ts'

type Found = { readonly party: Party; readonly places: Places }
type WithPartyProps = { readonly booking: Booking; readonly children: (found: Found) => ReactNode }

/** Other times for the people of a booking, at the place where they would have sat. */
export function WithParty({ booking, children }: WithPartyProps) {
  const { t } = useTranslation()
  const party = useMemo(() => partyOfBooking(booking), [booking])
  const places = usePlaces({ party, visitClass: booking.visitClass })
  if (places.phase === 'loading') return <Progress words={t('booking.lookingForPlaces')} />
  if (places.phase === 'failed') return <FailureNotice code={places.code} onRetry={places.reload} />
  return children({ party, places: places.data })
}
