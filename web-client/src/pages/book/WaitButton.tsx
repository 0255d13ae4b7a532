import { Button, Notice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../session/session.ts'
import { BookingFailure } from './BookingFailure.tsx'
import type { BookingFailureProps } from './BookingFailure.tsx'
import { PlaceTime } from './PlaceTime.tsx'
import type { Party, Place } from './types.ts'

type WaitButtonProps = { readonly party: Party; readonly place: Place }

/** Puts these people on the waiting list of a full time. */
export function WaitButton({ party, place }: WaitButtonProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [key] = useState(() => crypto.randomUUID())
  const [isBusy, setIsBusy] = useState(false)
  const [position, setPosition] = useState<number | null>(null)
  const [failure, setFailure] = useState<BookingFailureProps['failure'] | null>(null)
  const join = async () => {
    setIsBusy(true)
    const result = await call('joinWaitingList', { body: { ...party, slotId: place.slotId }, key })
    setIsBusy(false)
    if (result.ok) setPosition(result.data.position)
    setFailure(result.ok ? null : result)
  }
  if (position !== null) {
    return (
      <Notice tone="good" live="status" title={t('booking.waiting', { position })}>
        <p>{t('booking.waitingBody')}</p>
        <Link to="/visits">{t('nav.visits')}</Link>
      </Notice>
    )
  }
  return (
    <>
      {failure && <BookingFailure failure={failure} />}
      <Button look="secondary" isBusy={isBusy} onClick={() => void join()}>
        {t('booking.wait')}
        <span className="govuk-visually-hidden">
          {' '}
          <PlaceTime
            place={place}
            facilityZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
          />
        </span>
      </Button>
    </>
  )
}
