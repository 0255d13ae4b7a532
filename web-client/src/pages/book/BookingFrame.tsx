import { FailureNotice, Progress } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'
import type { Booking } from './types.ts'
import { useBooking } from './use-booking.ts'

type BookingFrameProps = {
  readonly title: string
  readonly children: (booking: Booking, reload: () => void) => ReactNode
}

/** A page about one booking, named by the address; without it there is no such page. */
export function BookingFrame({ title, children }: BookingFrameProps) {
  const { t } = useTranslation()
  const booking = useBooking(useParams()['visitId'] ?? '')
  return (
    <StepPage title={title} back="/visits" backLabel={t('booking.toVisits')}>
      {booking.phase === 'loading' && <Progress />}
      {booking.phase === 'failed' && (
        <FailureNotice code={booking.code} onRetry={booking.reload}>
          <Link to="/visits">{t('booking.toVisits')}</Link>
        </FailureNotice>
      )}
      {booking.phase === 'ready' && children(booking.data, booking.reload)}
    </StepPage>
  )
}
