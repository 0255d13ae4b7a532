import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Booking } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { BookingState } from './BookingState.tsx'
import { usePreflights } from './preflights.ts'
import { PreflightTags } from './PreflightTags.tsx'

/** A visit as a block of the board. */
export function BookingCard({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const { range } = useOffice()
  const { visitId, startsAt, endsAt, visitClass, inmate, visitors } = booking
  return (
    <Link to={`/office/day/${visitId}`} className={`vv-booking vv-booking--${visitClass}`}>
      <span className="vv-numbers vv-small">
        {range(startsAt, endsAt)}
        {visitClass !== 'social' && ` · ${t(`visitClass.${visitClass}`)}`}
      </span>
      <strong>{inmate.displayName}</strong>
      <span className="vv-small">{visitors.map((each) => each.displayName).join(', ')}</span>
      <BookingState booking={booking} />
      <PreflightTags preflights={usePreflights(visitId)} />
    </Link>
  )
}
