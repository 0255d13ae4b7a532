import { buttonClass, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { Done } from '../parts/Done.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { dateIn } from '../parts/office-time.ts'
import type { Booking } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { BookingFacts } from './BookingFacts.tsx'
import { CancelBooking } from './CancelBooking.tsx'
import { DecideBooking } from './DecideBooking.tsx'
import { Explanation } from './Explanation.tsx'
import { Interpreters } from './Interpreters.tsx'
import { LedgerView } from './LedgerView.tsx'
import { NoticeTable } from './NoticeTable.tsx'
import { OtherPlaces } from './OtherPlaces.tsx'
import { PreflightFacts } from './PreflightFacts.tsx'

/** One visit: facts for everybody, and for the desk what can be done and what was told. */
export function BookingPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { timeZone } = useOffice()
  const { visitId = '' } = useParams()
  const load = useCallback(() => call('booking', { params: { visitId } }), [call, visitId])
  const from = useResource(load)
  const date = from.phase === 'ready' ? `?date=${dateIn(from.data.startsAt, timeZone)}` : ''
  return (
    <OfficeFrame title={t('officeDay.visitTitle')} back={`/office/day${date}`}>
      <Loaded from={from}>
        {(booking, reload) => <BookingView booking={booking} reload={reload} />}
      </Loaded>
    </OfficeFrame>
  )
}

type BookingViewProps = { readonly booking: Booking; readonly reload: () => void }

function BookingView({ booking, reload }: BookingViewProps) {
  const { isDesk } = useOffice()
  const [told, tell] = useState<string | null>(null)
  const finish = (words: string) => {
    tell(words)
    reload()
  }
  return (
    <>
      <Done words={told} />
      <div className="vv-columns">
        <div className="vv-stack">
          <BookingFacts booking={booking} />
          <PreflightFacts visitId={booking.visitId} />
          {isDesk && <Acts booking={booking} onDone={finish} />}
        </div>
        {isDesk && (
          <div className="vv-stack">
            <Explanation booking={booking} />
            <NoticeTable visitId={booking.visitId} />
            <LedgerView inmateId={booking.inmate.inmateId} />
          </div>
        )}
      </div>
    </>
  )
}

function Acts({ booking, onDone }: { booking: Booking; onDone: (words: string) => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { visitId, bookingState, actions } = booking
  const load = useCallback(() => call('alternatives', { params: { visitId } }), [call, visitId])
  return (
    <>
      <DecideBooking booking={booking} onDone={onDone} />
      {bookingState === 'CONFIRMED' && <Interpreters visitId={visitId} />}
      {actions.includes('REBOOK') && (
        <details className="vv-office__more">
          <summary>{t('officeDay.rebook')}</summary>
          <OtherPlaces booking={booking} load={load} onDone={onDone} />
        </details>
      )}
      <div className="vv-row">
        <CancelBooking booking={booking} onDone={onDone} />
        {bookingState === 'FULFILLED' && (
          <Link to={`/receipt/${visitId}`} className={buttonClass({ look: 'secondary' })}>
            {t('officeDay.receipt')}
          </Link>
        )}
      </div>
    </>
  )
}
