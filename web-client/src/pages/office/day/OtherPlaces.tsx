import { Button, FailureNotice, useResource } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import type { Booking, Place } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'

type OtherPlacesProps = {
  readonly booking: Booking
  /** Keep it stable: it asks for the three nearest free places. */
  readonly load: () => Promise<Result<{ places: Place[] }>>
  readonly onDone: (words: string) => void
  /** What to know of these times. */
  readonly children?: ReactNode
}

/** The three nearest free places; one click books the same people there (BK-13). */
export function OtherPlaces({ booking, load, onDone, children }: OtherPlacesProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { short, day, range } = useOffice()
  const act = useAct()
  const { visitId } = booking
  const take = async ({ slotId, startsAt }: Place) => {
    const done = await act.run(() => call('rebook', { params: { visitId }, body: { slotId } }))
    if (done !== null) onDone(t('officeDay.rebooked', { when: short(startsAt) }))
  }
  return (
    <section className="vv-stack vv-stack--close">
      <h3>{t('officeDay.otherPlaces')}</h3>
      {children}
      {act.failure && <FailureNotice code={act.failure.code} />}
      <Loaded from={useResource(load)}>
        {({ places }) =>
          places.length === 0 ? (
            <p>{t('officeDay.noPlaces')}</p>
          ) : (
            <ul className="vv-list vv-list--near">
              {places.map((place) => (
                <li key={place.slotId}>
                  <Button look="secondary" isBusy={act.isBusy} onClick={() => void take(place)}>
                    {t('officeDay.rebookTo', {
                      when: `${day(place.startsAt)}, ${range(place.startsAt, place.endsAt)}`,
                    })}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
