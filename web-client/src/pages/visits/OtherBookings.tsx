import { ClockText, DualTime, Notice, Panel, Tag, buttonClass, useNow } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { leftUntil } from '../book/hold.ts'
import type { Arranged, Booking } from './arrange.ts'
import { BookingLinks } from './BookingLinks.tsx'

const TONE: Readonly<Partial<Record<Booking['bookingState'], TagTone>>> = {
  HELD: 'warn',
  REQUESTED: 'action',
  SUSPENDED: 'bad',
  CANCELLED: 'bad',
  REJECTED: 'bad',
}

/** Bookings that are no visits: held, waiting for a yes, or stopped by the facility. */
export function OtherBookings({
  held,
  requested,
  stopped,
}: Pick<Arranged, 'held' | 'requested' | 'stopped'>) {
  const { t } = useTranslation()
  return (
    <>
      <Section title={t('bookings.held')} bookings={held}>
        {(booking) => <Held booking={booking} />}
      </Section>
      <Section title={t('bookings.stopped')} bookings={stopped}>
        {(booking) => <Stopped booking={booking} />}
      </Section>
      <Section title={t('bookings.requested')} bookings={requested}>
        {(booking) => (
          <>
            <p>{t('bookings.requestedBody')}</p>
            <BookingLinks booking={booking} />
          </>
        )}
      </Section>
    </>
  )
}

type SectionProps = {
  readonly title: string
  readonly bookings: readonly Booking[]
  readonly children: (booking: Booking) => ReactNode
}

function Section({ title, bookings, children }: SectionProps) {
  if (bookings.length === 0) return null
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{title}</h2>
      <ul className="vv-list">
        {bookings.map((booking) => (
          <li key={booking.visitId}>
            <BookingCard booking={booking}>{children(booking)}</BookingCard>
          </li>
        ))}
      </ul>
    </section>
  )
}

function BookingCard({ booking, children }: { booking: Booking; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <div className="vv-row vv-row--spread">
          <h3 className="vv-card-title">
            {t('visits.withWhom', { names: booking.inmate.displayName })}
          </h3>
          <Tag tone={TONE[booking.bookingState] ?? 'plain'}>
            {t(`bookingState.${booking.bookingState}`)}
          </Tag>
        </div>
        <DualTime {...booking} facilityZone={booking.facility.timeZone} />
        <p className="vv-soft">{booking.facility.name}</p>
        {children}
      </div>
    </Panel>
  )
}

function Held({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const leftMs = leftUntil(booking.holdExpiresAt, useNow())
  return (
    <>
      <p>
        {t('booking.heldFor')}{' '}
        <strong className="vv-countdown">
          <ClockText lengthMs={leftMs} />
        </strong>
      </p>
      <p>
        <Link to={`/book/held/${booking.visitId}`} className={buttonClass({ isWide: true })}>
          {t('bookings.finish')}
        </Link>
      </p>
    </>
  )
}

function Stopped({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  return (
    <>
      {booking.reason !== null && (
        <Notice tone="warn">{t(`bookingReason.${booking.reason}`)}</Notice>
      )}
      <p>
        <Link to={`/book/move/${booking.visitId}`} className={buttonClass({ isWide: true })}>
          {t('bookings.again')}
        </Link>
      </p>
    </>
  )
}
