import { Button, MonitorNotice, Notice, Panel } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { BookingFailure } from './BookingFailure.tsx'
import type { BookingFailureProps } from './BookingFailure.tsx'
import { BookingSummary } from './BookingSummary.tsx'
import { HoldCountdown } from './HoldCountdown.tsx'
import type { Step } from './journey.ts'
import type { Booking } from './types.ts'

type HeldBookingProps = {
  readonly booking: Booking
  /** Questions that the summary leads back to. */
  readonly links?: readonly Step[]
  readonly onLost: () => void
  readonly onConfirmed: (visitId: string) => void
}

/** Everything about a held visit, how long it is kept, and the one press that books it. */
export function HeldBooking({ booking: first, links, onLost, onConfirmed }: HeldBookingProps) {
  const { t } = useTranslation()
  const held = useHeld(first, { onLost, onConfirmed })
  const { booking, isBusy, failure } = held
  return (
    <>
      <HoldCountdown booking={booking} isBusy={isBusy} onExtend={held.extend} onOver={held.look} />
      {failure && <BookingFailure failure={failure} facilityZone={booking.facility.timeZone} />}
      <Panel>
        <BookingSummary booking={booking} links={links ?? []} />
      </Panel>
      <MonitorNotice policy={booking.notice} />
      {booking.bookingMode === 'APPROVAL' && <Notice>{t('booking.needsApproval')}</Notice>}
      <div>
        <Button isWide isBusy={isBusy} onClick={held.confirm}>
          {t(booking.bookingMode === 'APPROVAL' ? 'booking.request' : 'booking.confirm')}
        </Button>
      </div>
    </>
  )
}

type Ways = Pick<HeldBookingProps, 'onLost' | 'onConfirmed'>
const OVER = ['EXPIRED', 'CANCELLED', 'WITHDRAWN', 'REJECTED']

function useHeld(first: Booking, { onLost, onConfirmed }: Ways) {
  const { call } = useSession()
  const [booking, setBooking] = useState(first)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<BookingFailureProps['failure'] | null>(null)
  const [confirmKey] = useState(() => crypto.randomUUID())
  const { visitId } = first
  useEffect(() => leaveIfDone(first, { onLost, onConfirmed }), [first, onLost, onConfirmed])

  const settle = (result: Result<Booking>) => {
    setIsBusy(false)
    setFailure(result.ok ? null : result)
    if (result.ok) {
      setBooking(result.data)
      leaveIfDone(result.data, { onLost, onConfirmed })
    } else if (result.code === 'HOLD_LOST') onLost()
  }
  const act = (asked: Promise<Result<Booking>>) => {
    setIsBusy(true)
    void asked.then(settle)
  }
  return {
    booking,
    isBusy,
    failure,
    extend: () => act(call('extendHold', { params: { visitId } })),
    confirm: () => act(call('confirmBooking', { params: { visitId }, key: confirmKey })),
    /** This device's clock may be wrong: whether the hold is over is the server's to say. */
    look: () => void call('booking', { params: { visitId } }).then(settle),
  }
}

/** A booking that was confirmed, or lost, in another tab or before a reload. */
function leaveIfDone(booking: Booking, { onLost, onConfirmed }: Ways): void {
  // A hold that has run out stays in its state for some seconds, but nothing can be done with it.
  const hasRunOut = booking.bookingState === 'HELD' && !booking.actions.includes('CONFIRM')
  if (OVER.includes(booking.bookingState) || hasRunOut) onLost()
  else if (booking.bookingState !== 'HELD') onConfirmed(booking.visitId)
}
