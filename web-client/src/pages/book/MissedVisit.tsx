import type { ErrorCode } from '@visavis/contract/errors'
import { Notice, Panel, dayName, ownZone, useErrorWords } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { ChoiceList } from '../../forms/ChoiceList.tsx'
import { useSession } from '../../session/session.ts'
import { BookingFailure } from './BookingFailure.tsx'
import type { BookingFailureProps } from './BookingFailure.tsx'
import { PlaceTime } from './PlaceTime.tsx'
import type { Party } from './types.ts'

type MissedVisitProps = {
  readonly missed: Reply<'bookSeries'>['missed'][number]
  readonly party: Party
  readonly facilityZone: string | undefined
}

/** One week of a series that could not be booked: why, and other times of which one press books one. */
export function MissedVisit({ missed, party, facilityZone = ownZone() }: MissedVisitProps) {
  const { t, i18n } = useTranslation()
  const words = useErrorWords()(missed.code as ErrorCode)
  const { isBusy, failure, isBooked, book } = useOnePress(party)
  const day = dayName(missed.startsAt, { language: i18n.language, timeZone: ownZone() })
  return (
    <Panel>
      <div className="vv-stack vv-stack--near">
        <h3 className="vv-card-title">{day}</h3>
        <p>
          {words.happened}. {words.cure}
        </p>
        {failure && <BookingFailure failure={failure} />}
        {isBooked && (
          <Notice tone="good" live="status">
            {t('booking.doneBooked')}
          </Notice>
        )}
        {!isBooked && missed.alternatives.length > 0 && (
          <>
            <p>{t('booking.alternatives')}</p>
            <ChoiceList
              chosen={null}
              isBusy={isBusy}
              onChoose={(slotId) => void book(slotId)}
              choices={missed.alternatives.map((place) => ({
                value: place.slotId,
                title: <PlaceTime place={place} facilityZone={facilityZone} hasDay />,
              }))}
            />
          </>
        )}
      </div>
    </Panel>
  )
}

/** Holds and confirms in one go, for a time that was pressed on a list of offers. */
function useOnePress(party: Party) {
  const { call } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [isBooked, setIsBooked] = useState(false)
  const [failure, setFailure] = useState<BookingFailureProps['failure'] | null>(null)
  const book = async (slotId: string) => {
    setIsBusy(true)
    const held = await call('holdVisit', { body: { ...party, slotId } })
    const result = held.ok
      ? await call('confirmBooking', { params: { visitId: held.data.visitId } })
      : held
    setIsBusy(false)
    setIsBooked(result.ok)
    setFailure(result.ok ? null : result)
  }
  return { isBusy, isBooked, failure, book }
}
