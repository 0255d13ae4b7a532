import { Notice } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceList } from '../../forms/ChoiceList.tsx'
import { PlaceTime } from './PlaceTime.tsx'
import type { Place } from './types.ts'

type TimeListProps = {
  readonly free: readonly Place[]
  readonly full: readonly Place[]
  readonly facilityZone: string
  readonly chosen: string | null
  readonly isBusy?: boolean
  readonly onChoose: (place: Place) => void
  /** What can be done with a full one. */
  readonly waitFor?: (place: Place) => ReactNode
}

/** Times that can be pressed, and below them those that are full. */
export function TimeList({
  free,
  full,
  facilityZone,
  chosen,
  isBusy,
  onChoose,
  waitFor,
}: TimeListProps) {
  const { t } = useTranslation()
  const inOrder = (places: readonly Place[]) =>
    places.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
  const choose = (slotId: string) => {
    const place = free.find((each) => each.slotId === slotId)
    if (place) onChoose(place)
  }
  return (
    <>
      {free.length === 0 && <Notice tone="warn">{t('booking.noTimes')}</Notice>}
      <ChoiceList
        chosen={chosen}
        isBusy={isBusy ?? false}
        onChoose={choose}
        choices={inOrder(free).map((place) => ({
          value: place.slotId,
          title: <PlaceTime place={place} facilityZone={facilityZone} />,
          detail: (
            <>
              {t('booking.placesFree', { count: place.free })}
              {place.bookingMode === 'APPROVAL' && ` · ${t('bookingMode.APPROVAL')}`}
            </>
          ),
        }))}
      />
      {waitFor && full.length > 0 && (
        <section className="vv-stack vv-stack--near">
          <h2>{t('booking.fullTitle')}</h2>
          <ul className="vv-choices">
            {inOrder(full).map((place) => (
              <li key={place.slotId} className="vv-full">
                <PlaceTime place={place} facilityZone={facilityZone} />
                {waitFor(place)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
