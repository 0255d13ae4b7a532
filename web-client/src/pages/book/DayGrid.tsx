import { localeOf } from '@visavis/ui'
import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { dayAfterKey, isOpenDay, weeksOf } from './calendar.ts'
import type { CalendarDay } from './calendar.ts'
import { weekdayName } from './opening-hours.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

type DayGridProps = {
  readonly days: readonly CalendarDay[]
  readonly chosen: string | null
  readonly onChoose: (date: string) => void
}

/**
 * Four weeks as a grid. The keyboard has one stop in it: arrows go by days and weeks, Home and End to the
 * ends of a week. A number under the day says how many times are free.
 */
export function DayGrid({ days, chosen, onChoose }: DayGridProps) {
  const { t } = useTranslation()
  const grid = useRef<HTMLTableElement>(null)
  const firstOpen = days.find(isOpenDay)?.date ?? days[0]?.date ?? ''
  const [stop, setStop] = useState(chosen ?? firstOpen)
  const current = days.some(({ date }) => date === stop) ? stop : firstOpen
  const move = (event: KeyboardEvent) => {
    const next = dayAfterKey(days, current, event.key)
    if (next === null) return
    event.preventDefault()
    setStop(next)
    grid.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus()
  }
  return (
    <>
      <table
        ref={grid}
        role="grid"
        className="vv-days"
        aria-label={t('booking.gridLabel')}
        onKeyDown={move}
      >
        <WeekdayNames />
        <tbody>
          {weeksOf(days).map((week, index) => (
            <tr key={week.find((day) => day !== null)?.date ?? index}>
              {week.map((day, column) =>
                day === null ? (
                  <td key={WEEKDAYS[column]} />
                ) : (
                  <DayCell
                    key={day.date}
                    day={day}
                    isChosen={day.date === chosen}
                    hasMonth={day === days[0] || day.date.endsWith('-01')}
                    isStop={day.date === current}
                    onChoose={onChoose}
                  />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="vv-soft vv-small">{t('booking.gridLegend')}</p>
    </>
  )
}

function WeekdayNames() {
  const { i18n } = useTranslation()
  return (
    <thead>
      <tr>
        {WEEKDAYS.map((weekday) => (
          <th key={weekday} scope="col" abbr={weekdayName(weekday, i18n.language, 'long')}>
            {weekdayName(weekday, i18n.language)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

type DayCellProps = {
  readonly day: CalendarDay
  readonly isChosen: boolean
  /** Also names the month: the first of it, or of the calendar. */
  readonly hasMonth: boolean
  readonly isStop: boolean
  readonly onChoose: (date: string) => void
}

function DayCell({ day, isChosen, hasMonth, isStop, onChoose }: DayCellProps) {
  const { t, i18n } = useTranslation()
  const isOpen = isOpenDay(day)
  const name = new Intl.DateTimeFormat(localeOf(i18n.language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.parse(`${day.date}T00:00:00Z`))
  const state =
    day.free.length > 0
      ? t('booking.dayFree', { count: day.free.length })
      : t(isOpen ? 'booking.dayFull' : 'booking.dayNone')
  return (
    <td aria-selected={isChosen}>
      <button
        type="button"
        data-date={day.date}
        className={dayClass(day, isChosen)}
        tabIndex={isStop ? 0 : -1}
        aria-disabled={!isOpen || undefined}
        onClick={() => {
          if (isOpen) onChoose(day.date)
        }}
      >
        <span className="govuk-visually-hidden">{`${name}: ${state}`}</span>
        {hasMonth && <MonthName date={day.date} />}
        <span className="vv-day__number" aria-hidden="true">
          {Number(day.date.slice(-2))}
        </span>
        <span className="vv-day__free" aria-hidden="true">
          {isOpen ? day.free.length : ''}
        </span>
      </button>
    </td>
  )
}

function MonthName({ date }: { date: string }) {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(localeOf(i18n.language), {
    month: 'short',
    timeZone: 'UTC',
  })
  return (
    <span className="vv-day__month" aria-hidden="true">
      {format.format(Date.parse(`${date}T00:00:00Z`))}
    </span>
  )
}

function dayClass(day: CalendarDay, isChosen: boolean): string {
  const parts = ['vv-day']
  if (day.free.length > 0) parts.push('vv-day--free')
  else if (day.full.length > 0) parts.push('vv-day--full')
  if (isChosen) parts.push('vv-day--chosen')
  return parts.join(' ')
}
