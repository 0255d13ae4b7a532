import { Tag } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../parts/types.ts'

const TONE: Readonly<Record<Booking['bookingState'], TagTone>> = {
  HELD: 'warn',
  EXPIRED: 'plain',
  REQUESTED: 'warn',
  CONFIRMED: 'good',
  REJECTED: 'bad',
  WITHDRAWN: 'plain',
  CANCELLED: 'bad',
  SUSPENDED: 'bad',
  FULFILLED: 'action',
}

/** The state of a booking in words, with its reason where there is one. */
export function BookingState({ booking }: { booking: Pick<Booking, 'bookingState' | 'reason'> }) {
  const { t } = useTranslation()
  const { bookingState, reason } = booking
  return (
    <span className="vv-booking-state">
      <Tag tone={TONE[bookingState]}>{t(`bookingState.${bookingState}`)}</Tag>
      {reason !== null && bookingState !== 'CONFIRMED' && (
        <span className="vv-soft vv-small">{t(`bookingReason.${reason}`)}</span>
      )}
    </span>
  )
}
