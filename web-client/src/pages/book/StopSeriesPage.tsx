import { DualTime, FailureNotice, Notice, Panel, buttonClass } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../session/session.ts'
import { BookingFrame } from './BookingFrame.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import type { OwnReason } from './ReasonForm.tsx'
import type { Booking } from './types.ts'

/** Cancels this visit and all that follow in its series; earlier ones stay (BK-11). */
export function StopSeriesPage() {
  const { t } = useTranslation()
  return (
    <BookingFrame title={t('booking.stopTitle')}>
      {(booking) => <Stop booking={booking} />}
    </BookingFrame>
  )
}

function Stop({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const { isBusy, code, count, stop } = useStopping(booking)
  if (count !== null) {
    return (
      <>
        <Notice tone="good" live="status" title={t('booking.stopped', { count })}>
          {t('booking.cancelledBody')}
        </Notice>
        <p>
          <Link to="/visits" className={buttonClass({ isWide: true })}>
            {t('booking.toVisits')}
          </Link>
        </p>
      </>
    )
  }
  return (
    <>
      {code !== null && <FailureNotice code={code} />}
      <p>{t('booking.stopBody')}</p>
      <Panel>
        <DualTime {...booking} facilityZone={booking.facility.timeZone} />
      </Panel>
      {booking.seriesId !== null && (
        <ReasonForm
          submitLabel={t('booking.stopConfirm')}
          isBusy={isBusy}
          onSubmit={(reason) => void stop(reason)}
        />
      )}
    </>
  )
}

function useStopping({ seriesId, startsAt }: Booking) {
  const { call } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const [count, setCount] = useState<number | null>(null)
  const stop = async (reason: OwnReason) => {
    if (seriesId === null) return
    setIsBusy(true)
    const result = await call('cancelSeries', {
      params: { seriesId },
      body: { from: startsAt, reason },
    })
    setIsBusy(false)
    setCode(result.ok ? null : result.code)
    if (result.ok) setCount(result.data.cancelled.length)
  }
  return { isBusy, code, count, stop }
}
