import { buttonClass } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Booking } from './arrange.ts'

/** What can be done with a booking: the server says what, by its state and whose it is. */
export function BookingLinks({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const { visitId, actions, seriesId } = booking
  const canCancel = actions.includes('CANCEL')
  const look = buttonClass({ look: 'secondary', isSmall: true })
  if (actions.length === 0) return null
  return (
    <div className="vv-row">
      {actions.includes('REBOOK') && (
        <Link to={`/book/move/${visitId}`} className={look}>
          {t('booking.otherTime')}
        </Link>
      )}
      {canCancel && (
        <Link to={`/book/cancel/${visitId}`} className={look}>
          {t('booking.cancelLink')}
        </Link>
      )}
      {actions.includes('WITHDRAW') && (
        <Link to={`/book/cancel/${visitId}`} className={look}>
          {t('booking.withdrawLink')}
        </Link>
      )}
      {canCancel && seriesId !== null && (
        <Link to={`/book/stop-series/${visitId}`}>{t('booking.stopLink')}</Link>
      )}
    </div>
  )
}
