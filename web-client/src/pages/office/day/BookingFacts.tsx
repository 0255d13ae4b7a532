import { SummaryList, capitalised } from '@visavis/ui'
import type { SummaryRow } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Booking } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { BookingState } from './BookingState.tsx'

type BookingFactsProps = {
  readonly booking: Booking
  /** Whether the names lead to the pages of the people. */
  readonly hasLinks?: boolean
}

/** Who, when, where, and how it stands. */
export function BookingFacts({ booking, hasLinks = true }: BookingFactsProps) {
  const { t, i18n } = useTranslation()
  const { day, range, short } = useOffice()
  const { startsAt, endsAt, visitClass, bookingMode, acknowledgedAt, paidBy } = booking
  const rows: SummaryRow[] = [
    { term: t('officeDay.state'), value: <BookingState booking={booking} /> },
    {
      term: t('officeDay.time'),
      value: `${capitalised(day(startsAt), i18n.language)}, ${range(startsAt, endsAt)}`,
    },
    ...useWho({ booking, hasLinks }),
    { term: t('officeDay.place'), value: usePlace(booking) },
    {
      term: t('officeDay.class'),
      value: `${t(`visitClass.${visitClass}`)} · ${t(`bookingMode.${bookingMode}`)}`,
    },
    { term: t('officeDay.paidBy'), value: t(`officeDay.paid.${paidBy}`) },
    {
      term: t('officeDay.acknowledged'),
      value: acknowledgedAt === null ? t('officeDay.notYet') : short(acknowledgedAt),
    },
  ]
  return <SummaryList rows={rows} />
}

function useWho({ booking, hasLinks }: Required<BookingFactsProps>): SummaryRow[] {
  const { t } = useTranslation()
  const { isDesk } = useOffice()
  const { inmate, visitors } = booking
  const named = (path: string, name: string): ReactNode =>
    isDesk && hasLinks ? <Link to={`/office/search/${path}`}>{name}</Link> : name
  return [
    {
      term: t('officeDay.inmate'),
      value: named(`inmates/${inmate.inmateId}`, inmate.displayName),
    },
    {
      term: t('officeDay.visitors'),
      value: (
        <ul className="vv-plain-list">
          {visitors.map(({ visitorId, displayName }) => (
            <li key={visitorId}>{named(`visitors/${visitorId}`, displayName)}</li>
          ))}
        </ul>
      ),
    },
  ]
}

function usePlace({ place, linkCentre, terminal }: Booking): string {
  const { t } = useTranslation()
  const outside =
    linkCentre === null ? t(`visitPlace.${place}`) : `${linkCentre.name}, ${linkCentre.room}`
  const inside = terminal === null ? t('officeDay.noTerminal') : t('officeDay.inWing', terminal)
  return `${outside} · ${inside}`
}
