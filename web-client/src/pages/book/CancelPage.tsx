import { DualTime, FailureNotice, Notice, Panel, buttonClass, localeOf, useNow } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../session/session.ts'
import { BookingFrame } from './BookingFrame.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import type { OwnReason } from './ReasonForm.tsx'
import type { Booking } from './types.ts'

/** Cancelling a visit, or taking a request back: why, and whether the visit counts. */
export function CancelPage() {
  const { t } = useTranslation()
  return (
    <BookingFrame title={t('booking.cancelTitle')}>
      {(booking, reload) => <Cancel booking={booking} onStale={reload} />}
    </BookingFrame>
  )
}

function Cancel({ booking, onStale }: { booking: Booking; onStale: () => void }) {
  const { t } = useTranslation()
  const { cancelled, isBusy, code, cancel } = useCancelling(booking, onStale)
  if (cancelled) return <Cancelled booking={cancelled} />
  const canCancel = booking.actions.some((action) => action === 'CANCEL' || action === 'WITHDRAW')
  return (
    <>
      {code !== null && <FailureNotice code={code} />}
      <Panel>
        <p className="vv-soft">{t('visits.withWhom', { names: booking.inmate.displayName })}</p>
        <DualTime {...booking} facilityZone={booking.facility.timeZone} />
      </Panel>
      {canCancel ? (
        <ReasonForm
          submitLabel={t('booking.cancelConfirm')}
          isBusy={isBusy}
          onSubmit={(reason) => void cancel(reason)}
        >
          <WhetherItCounts booking={booking} />
        </ReasonForm>
      ) : (
        code === null && <FailureNotice code="BOOKING_WRONG_STATE" />
      )}
      <p>
        <Link to="/visits">{t('booking.keepVisit')}</Link>
      </p>
    </>
  )
}

/** BK-9: a visit that is cancelled in time is given back. */
function WhetherItCounts({ booking }: { booking: Booking }) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow()
  const { paidBy, freeCancelUntil } = booking
  if (paidBy === 'NOTHING' || freeCancelUntil === undefined) return null
  if (Date.parse(freeCancelUntil) < nowMs) {
    return <Notice tone="warn">{t('booking.countsUsed')}</Notice>
  }
  const when = new Intl.DateTimeFormat(localeOf(i18n.language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(freeCancelUntil))
  return <Notice>{t('booking.countsFree', { when })}</Notice>
}

function Cancelled({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  return (
    <>
      <Notice tone="good" live="status" title={t(`bookingState.${booking.bookingState}`)}>
        {t('booking.cancelledBody')}
      </Notice>
      <div className="vv-row">
        <Link to="/book" className={buttonClass({ isWide: true })}>
          {t('nav.book')}
        </Link>
        <Link to="/visits">{t('booking.toVisits')}</Link>
      </div>
    </>
  )
}

function useCancelling({ visitId, version }: Booking, onStale: () => void) {
  const { call } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const [cancelled, setCancelled] = useState<Booking | null>(null)
  const cancel = async (reason: OwnReason) => {
    setIsBusy(true)
    const result = await call('cancelBooking', { params: { visitId }, body: { reason, version } })
    setIsBusy(false)
    setCode(result.ok ? null : result.code)
    if (result.ok) setCancelled(result.data)
    else if (result.code === 'VERSION_CHANGED') onStale()
  }
  return { isBusy, code, cancelled, cancel }
}
