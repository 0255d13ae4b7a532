import { Button, Notice, Panel, buttonClass } from '@visavis/ui'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDraft } from '../../forms/draft.ts'
import { useMe } from '../../session/session.ts'
import { BookingFrame } from './BookingFrame.tsx'
import { BookingSummary } from './BookingSummary.tsx'
import { calendarFile } from './calendar-file.ts'
import { referenceOf } from './hold.ts'
import { NO_ANSWERS } from './journey.ts'
import type { Booking } from './types.ts'

/** After booking: what is booked, its reference, the calendar, and the same time every week. */
export function DonePage() {
  const { t } = useTranslation()
  return (
    <BookingFrame title={t('booking.doneTitle')}>
      {(booking) => <Done booking={booking} />}
    </BookingFrame>
  )
}

/** The journey that led here is over: the next one begins with no answers. */
function useFinishedJourney(visitId: string): void {
  const { accountId } = useMe()
  const [, change] = useDraft('booking', accountId, NO_ANSWERS)
  useEffect(
    () => change((kept) => (kept.visitId === visitId ? NO_ANSWERS : kept)),
    [change, visitId],
  )
}

function Done({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  useFinishedJourney(booking.visitId)
  const isRequest = booking.bookingState === 'REQUESTED'
  return (
    <>
      <Notice
        tone={isRequest ? 'plain' : 'good'}
        live="status"
        title={t(isRequest ? 'booking.doneRequested' : 'booking.doneBooked')}
      >
        {isRequest ? t('booking.doneRequestedBody') : t('booking.doneBookedBody')}
      </Notice>
      <Panel>
        <BookingSummary booking={booking} hasReference />
      </Panel>
      <Next booking={booking} />
      <p>
        <Link to="/visits" className={buttonClass({ isWide: true })}>
          {t('booking.toVisits')}
        </Link>
      </p>
    </>
  )
}

function Next({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  return (
    <>
      <div>
        <CalendarButton booking={booking} />
      </div>
      {booking.seriesId === null && booking.slotId !== null && (
        <section className="vv-stack vv-stack--close">
          <h2>{t('booking.weeklyTitle')}</h2>
          <p>{t('booking.weeklyBody')}</p>
          <p>
            <Link to={`/book/series/${booking.visitId}`}>{t('booking.weeklyLink')}</Link>
          </p>
        </section>
      )}
      <section className="vv-stack vv-stack--close">
        <h2>{t('booking.beforeTitle')}</h2>
        <ul className="vv-bullets">
          <li>{t('booking.beforeDocument')}</li>
          <li>{t(booking.place === 'HOME' ? 'booking.beforeDevice' : 'booking.beforeCentre')}</li>
          <li>{t('booking.beforeEarly')}</li>
        </ul>
        {booking.place === 'HOME' && (
          <p>
            <Link
              to={`/visits/${booking.visitId}/try`}
              className={buttonClass({ look: 'secondary' })}
            >
              {t('tryDevice.now')}
            </Link>
          </p>
        )}
      </section>
    </>
  )
}

function CalendarButton({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const save = () => {
    const { linkCentre } = booking
    const text = calendarFile({
      visitId: booking.visitId,
      title: t('booking.calendarTitle', { name: booking.inmate.displayName }),
      text: `${t('booking.beforeDocument')}\n${location.origin}/visits`,
      place:
        linkCentre === null ? t('visitPlace.HOME') : `${linkCentre.name}, ${linkCentre.address}`,
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      writtenAt: new Date().toISOString(),
    })
    saveFile(`visit-${referenceOf(booking.visitId).replace(' ', '-')}.ics`, text)
  }
  return (
    <Button look="secondary" isWide onClick={save}>
      {t('booking.calendar')}
    </Button>
  )
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
