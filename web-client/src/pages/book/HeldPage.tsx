import { Button, ConfirmDialog, Notice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useSession } from '../../session/session.ts'
import { BookingFrame } from './BookingFrame.tsx'
import { HeldBooking } from './HeldBooking.tsx'
import type { Booking } from './types.ts'

/** A held visit found again: an offer of the waiting list, or a booking that was left half done. */
export function HeldPage() {
  const { t } = useTranslation()
  return (
    <BookingFrame title={t('booking.checkTitle')}>
      {(booking) => <Held key={booking.visitId} booking={booking} />}
    </BookingFrame>
  )
}

function Held({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isLost, setIsLost] = useState(false)
  if (isLost) {
    return (
      <Notice tone="warn" live="alert" title={t('booking.offerOver')}>
        <p>{t('booking.offerOverBody')}</p>
        <Link to="/book">{t('nav.book')}</Link>
      </Notice>
    )
  }
  return (
    <>
      <HeldBooking
        booking={booking}
        onLost={() => setIsLost(true)}
        onConfirmed={(visitId) => void navigate(`/book/done/${visitId}`, { replace: true })}
      />
      <GiveBack visitId={booking.visitId} />
    </>
  )
}

function GiveBack({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const navigate = useNavigate()
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const release = async () => {
    setIsBusy(true)
    await call('releaseHold', { params: { visitId } })
    await navigate('/visits', { replace: true })
  }
  return (
    <div>
      <Button look="quiet" onClick={() => setIsAsking(true)}>
        {t('booking.giveBack')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('booking.giveBackTitle')}
          confirmLabel={t('booking.giveBack')}
          cancelLabel={t('booking.keepPlace')}
          isBusy={isBusy}
          onConfirm={() => void release()}
          onCancel={() => setIsAsking(false)}
        >
          <p>{t('booking.giveBackBody')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
