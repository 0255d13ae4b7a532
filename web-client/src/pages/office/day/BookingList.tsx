import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Booking } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { BookingState } from './BookingState.tsx'
import { usePreflights } from './preflights.ts'
import { PreflightTags } from './PreflightTags.tsx'

/** Visits line by line; each line becomes a card where there is no room for a table. */
export function BookingList({ bookings }: { bookings: readonly Booking[] }) {
  const { t } = useTranslation()
  return (
    <table className="vv-table vv-table--dense vv-table--cards">
      <thead>
        <tr>
          <th scope="col">{t('officeDay.time')}</th>
          <th scope="col">{t('officeDay.inmate')}</th>
          <th scope="col">{t('officeDay.visitors')}</th>
          <th scope="col">{t('officeDay.terminal')}</th>
          <th scope="col">{t('officeDay.state')}</th>
        </tr>
      </thead>
      <tbody>
        {bookings.map((booking) => (
          <BookingRow key={booking.visitId} booking={booking} />
        ))}
      </tbody>
    </table>
  )
}

function BookingRow({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const { range } = useOffice()
  const { visitId, startsAt, endsAt, inmate, visitors, terminal } = booking
  return (
    <tr>
      <th scope="row" className="vv-numbers">
        <Link to={`/office/day/${visitId}`}>{range(startsAt, endsAt)}</Link>
      </th>
      <td data-label={t('officeDay.inmate')}>{inmate.displayName}</td>
      <td data-label={t('officeDay.visitors')}>
        {visitors.map((each) => each.displayName).join(', ')}
      </td>
      <td data-label={t('officeDay.terminal')}>
        {terminal ? t('officeDay.inWing', terminal) : '–'}
      </td>
      <td data-label={t('officeDay.state')}>
        <BookingState booking={booking} />
        <PreflightTags preflights={usePreflights(visitId)} />
      </td>
    </tr>
  )
}
