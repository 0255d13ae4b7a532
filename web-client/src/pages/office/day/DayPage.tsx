import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Done } from '../parts/Done.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { dayStart, isDate } from '../parts/office-time.ts'
import { useOffice } from '../parts/use-office.ts'
import { BookingList } from './BookingList.tsx'
import { DayBoard } from './DayBoard.tsx'
import { DayFilters } from './DayFilters.tsx'
import { PreflightsContext } from './preflights.ts'
import { boardOf, matchesNames, takesPlace } from './day-rules.ts'
import type { Day } from './use-day.ts'
import { useDay } from './use-day.ts'

/** All visits of a date, by hour and terminal. Date, wing and name are in the address. */
export function DayPage() {
  const { t } = useTranslation()
  const { today, timeZone } = useOffice()
  const [params] = useSearchParams()
  const asked = params.get('date')
  const date = isDate(asked) ? asked : today
  const from = useDay(date, timeZone)
  return (
    <OfficeFrame title={t('officeDay.title')}>
      <DayFilters date={date} wings={from.phase === 'ready' ? from.data.week.wings : []} />
      <Loaded from={from}>
        {(day, reload) => <DayView day={day} date={date} reload={reload} />}
      </Loaded>
    </OfficeFrame>
  )
}

type DayViewProps = {
  readonly day: Day
  /** Local date. */
  readonly date: string
  readonly reload: () => void
}

function DayView({ day, date, reload }: DayViewProps) {
  const { t } = useTranslation()
  const { timeZone, day: dayWords } = useOffice()
  const [params] = useSearchParams()
  const [told, tell] = useState<string | null>(null)
  const wing = params.get('wing') ?? ''
  const terminals = day.week.terminals.filter((each) => wing === '' || each.wing === wing)
  const shown = day.bookings.filter(
    (booking) =>
      (wing === '' || booking.terminal?.wing === wing) &&
      matchesNames(booking, params.get('name') ?? ''),
  )
  const bookings = shown.filter(takesPlace)
  const over = shown.filter((booking) => !takesPlace(booking))
  return (
    <PreflightsContext value={day.preflights}>
      <p className="vv-soft vv-sentence" role="status">
        {dayWords(dayStart(date, timeZone))} · {t('officeDay.count', { count: bookings.length })}
      </p>
      <Done words={told} />
      <DayBoard
        board={boardOf({ bookings, terminals, timeZone })}
        blackouts={day.week.blackouts}
        date={date}
        onChanged={(words) => {
          tell(words)
          reload()
        }}
      />
      {over.length > 0 && (
        <section className="vv-stack vv-stack--near">
          <h2>{t('officeDay.over')}</h2>
          <BookingList bookings={over} />
        </section>
      )}
    </PreflightsContext>
  )
}
