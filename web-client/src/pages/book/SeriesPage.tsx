import { DualTime, Notice, Panel, buttonClass } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { ChoiceList } from '../../forms/ChoiceList.tsx'
import { useSession } from '../../session/session.ts'
import { BookingFailure } from './BookingFailure.tsx'
import type { BookingFailureProps } from './BookingFailure.tsx'
import { BookingFrame } from './BookingFrame.tsx'
import { MissedVisit } from './MissedVisit.tsx'
import { seriesOffer } from './series.ts'
import type { SeriesOffer } from './series.ts'
import type { Booking, Party, Places } from './types.ts'
import { WithParty } from './WithParty.tsx'

/** "Every week at this time": how many weeks, and what came of each (BK-11). */
export function SeriesPage() {
  const { t } = useTranslation()
  return (
    <BookingFrame title={t('booking.weeklyTitle')}>
      {(booking) => (
        <WithParty booking={booking}>
          {({ party, places }) => <Series booking={booking} party={party} places={places} />}
        </WithParty>
      )}
    </BookingFrame>
  )
}

type SeriesProps = { readonly booking: Booking; readonly party: Party; readonly places: Places }

function Series({ booking, party, places }: SeriesProps) {
  const { t } = useTranslation()
  const { isBusy, failure, report, book } = useSeries(party)
  const [nowMs] = useState(() => Date.now())
  if (report) return <Outcome report={report} party={party} />
  const offer = seriesOffer(booking, [...places.places, ...places.full], nowMs)
  return (
    <>
      <Panel>
        <p className="vv-soft">{t('booking.weeklyLike')}</p>
        <DualTime {...booking} facilityZone={booking.facility.timeZone} />
      </Panel>
      {failure && <BookingFailure failure={failure} facilityZone={booking.facility.timeZone} />}
      {offer === null ? (
        <Notice>{t('booking.weeklyNone')}</Notice>
      ) : (
        <section className="vv-stack vv-stack--close">
          <h2>{t('booking.weeklyHowMany')}</h2>
          <ChoiceList
            chosen={null}
            isBusy={isBusy}
            onChoose={(count) => void book(offer, Number(count))}
            choices={offer.counts.map((count) => ({
              value: String(count),
              title: t('booking.weeklyCount', { count }),
            }))}
          />
        </section>
      )}
    </>
  )
}

function useSeries(party: Party) {
  const { call } = useSession()
  const [key] = useState(() => crypto.randomUUID())
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<BookingFailureProps['failure'] | null>(null)
  const [report, setReport] = useState<Reply<'bookSeries'> | null>(null)
  const book = async ({ slotId }: SeriesOffer, count: number) => {
    setIsBusy(true)
    const body = { ...party, slotId, everyWeeks: 1, count }
    // A press on another number is another act.
    const result = await call('bookSeries', { body, key: `${key}-${count}` })
    setIsBusy(false)
    if (result.ok) setReport(result.data)
    else setFailure(result)
  }
  return { isBusy, failure, report, book }
}

function Outcome({ report, party }: { report: Reply<'bookSeries'>; party: Party }) {
  const { t } = useTranslation()
  const { booked, missed } = report
  return (
    <>
      <Notice
        tone={booked.length > 0 ? 'good' : 'warn'}
        live="status"
        title={t('booking.weeklyBooked', { count: booked.length })}
      />
      <ul className="vv-list">
        {booked.map((each) => (
          <li key={each.visitId}>
            <Panel>
              <DualTime {...each} facilityZone={each.facility.timeZone} />
            </Panel>
          </li>
        ))}
      </ul>
      {missed.length > 0 && (
        <section className="vv-stack vv-stack--near">
          <h2>{t('booking.weeklyMissed', { count: missed.length })}</h2>
          <ul className="vv-list">
            {missed.map((each) => (
              <li key={each.startsAt}>
                <MissedVisit
                  missed={each}
                  party={party}
                  facilityZone={booked[0]?.facility.timeZone}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <Link to="/visits" className={buttonClass({ isWide: true })}>
          {t('booking.toVisits')}
        </Link>
      </p>
    </>
  )
}
