import { Button, FailureNotice, useErrorWords, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { addDays, dateIn, dayStart } from '../parts/office-time.ts'
import type { Place, VisitClass } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import type { Failure } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'

type FreeTimesProps = {
  readonly inmateId: string
  readonly visitorIds: readonly string[]
  readonly visitClass: VisitClass
}

/** How far ahead the desk looks; the policy's booking window is within it. */
const DAYS_AHEAD = 28

/** Free places of the coming weeks; one click holds and books, and leads to the visit. */
export function FreeTimes({ inmateId, visitorIds, visitClass }: FreeTimesProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { today, timeZone } = useOffice()
  const ids = visitorIds.join()
  const load = useCallback(() => {
    const to = dayStart(addDays(today, DAYS_AHEAD), timeZone)
    const stretch = { from: new Date().toISOString(), to }
    return call('places', { query: { inmateId, visitorIds: ids, visitClass, ...stretch } })
  }, [call, inmateId, ids, visitClass, today, timeZone])
  const { take, act } = useTake({ inmateId, visitorIds, visitClass })
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('officeBook.times')}</h2>
      {act.failure && <RefusedWhy failure={act.failure} />}
      <Loaded from={useResource(load)}>
        {({ places }) => <PlaceList places={places} isBusy={act.isBusy} onTake={take} />}
      </Loaded>
    </section>
  )
}

function useTake({ inmateId, visitorIds }: FreeTimesProps) {
  const { call } = useSession()
  const navigate = useNavigate()
  const act = useAct()
  const take = async ({ slotId }: Place) => {
    const body = { inmateId, visitorIds: [...visitorIds], place: 'HOME' as const, slotId }
    const held = await act.run(() => call('holdVisit', { body }))
    if (held === null) return
    const { visitId } = held
    const booked = await act.run(() => call('confirmBooking', { params: { visitId } }))
    if (booked !== null) await navigate(`/office/day/${visitId}`)
  }
  return { take: (place: Place) => void take(place), act }
}

function RefusedWhy({ failure }: { failure: Failure }) {
  const { t } = useTranslation()
  const wordsOf = useErrorWords()
  const refused = (failure.report?.checks ?? []).filter(({ verdict }) => verdict === 'REFUSED')
  return (
    <FailureNotice code={failure.code}>
      <ul className="vv-bullets">
        {refused.map(({ check, code }) => (
          <li key={check}>
            {t(`eligibilityCheck.${check}`)}: {code !== null && wordsOf(code).happened}
          </li>
        ))}
      </ul>
    </FailureNotice>
  )
}

type PlaceListProps = {
  readonly places: readonly Place[]
  readonly isBusy: boolean
  readonly onTake: (place: Place) => void
}

/** Days with free times that are shown at first, and more at each click. */
const DAYS_SHOWN = 7

function PlaceList({ places, isBusy, onTake }: PlaceListProps) {
  const { t } = useTranslation()
  const { timeZone } = useOffice()
  const [shown, setShown] = useState(DAYS_SHOWN)
  if (places.length === 0) return <p>{t('officeDay.noPlaces')}</p>
  const days = byDay(places, timeZone)
  return (
    <>
      {days.slice(0, shown).map(([date, ofDay]) => (
        <DayPlaces key={date} places={ofDay} isBusy={isBusy} onTake={onTake} />
      ))}
      {days.length > shown && (
        <div>
          <Button look="secondary" onClick={() => setShown(shown + DAYS_SHOWN)}>
            {t('officeBook.moreDays')}
          </Button>
        </div>
      )}
    </>
  )
}

function byDay(places: readonly Place[], timeZone: string): [string, Place[]][] {
  const days = new Map<string, Place[]>()
  for (const place of places.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const date = dateIn(place.startsAt, timeZone)
    days.set(date, [...(days.get(date) ?? []), place])
  }
  return [...days]
}

function DayPlaces({ places, isBusy, onTake }: PlaceListProps) {
  const { t } = useTranslation()
  const { day, range } = useOffice()
  const words = day(places[0]?.startsAt ?? '')
  return (
    <section className="vv-stack vv-stack--close">
      <h3 className="vv-sentence">{words}</h3>
      <ul className="vv-chips">
        {places.map((place) => {
          const time = `${range(place.startsAt, place.endsAt)} · ${t('officeBook.free', { count: place.free })}`
          return (
            <li key={place.slotId}>
              <Button
                look="secondary"
                isSmall
                isBusy={isBusy}
                aria-label={`${time}, ${words}`}
                onClick={() => onTake(place)}
              >
                {time}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
