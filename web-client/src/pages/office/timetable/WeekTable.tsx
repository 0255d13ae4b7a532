import { Panel, localeOf } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Slot, Week } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { useWide } from '../parts/use-wide.ts'
import { SlotBlock } from './SlotBlock.tsx'
import { slotsOfDay, weekGrid } from './week-rules.ts'
import type { WeekGrid } from './week-rules.ts'

type WeekTableProps = { readonly week: Week; readonly timeZone: string }

/** Times down, days across; on a narrow screen day after day. */
export function WeekTable({ week, timeZone }: WeekTableProps) {
  const { t } = useTranslation()
  const isWide = useWide()
  const grid = weekGrid(week.slots, week.weekOf, timeZone)
  const block = (slot: Slot) => (
    <SlotBlock key={slot.slotId} slot={slot} week={week} timeZone={timeZone} />
  )
  if (grid.rows.length === 0) {
    return (
      <Panel>
        <p>{t('officeTimetable.empty')}</p>
      </Panel>
    )
  }
  return isWide ? <WideWeek grid={grid} block={block} /> : <NarrowWeek grid={grid} block={block} />
}

type GridProps = { readonly grid: WeekGrid; readonly block: (slot: Slot) => ReactNode }

function WideWeek({ grid, block }: GridProps) {
  const { t } = useTranslation()
  const { timeOfDay } = useOffice()
  const dayWords = useDayWords()
  return (
    <div
      className="vv-office__scroll"
      role="region"
      aria-label={t('officeTimetable.week')}
      tabIndex={0}
    >
      <table className="vv-board vv-board--week">
        <thead>
          <tr>
            <th scope="col">{t('officeTimetable.time')}</th>
            {grid.dates.map((date) => (
              <th key={date} scope="col" className="vv-sentence">
                {dayWords(date)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map(({ minute, days }) => (
            <tr key={minute}>
              <th scope="row" className="vv-numbers">
                {timeOfDay(minute)}
              </th>
              {days.map((slots, day) => (
                <td key={grid.dates[day]}>{slots.map(block)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function NarrowWeek({ grid, block }: GridProps) {
  const dayWords = useDayWords()
  const days = grid.dates.map((date, day) => ({ date, slots: slotsOfDay(grid, day) }))
  return (
    <>
      {days
        .filter(({ slots }) => slots.length > 0)
        .map(({ date, slots }) => (
          <section key={date} className="vv-stack vv-stack--close">
            <h2 className="vv-sentence">{dayWords(date)}</h2>
            {slots.map(block)}
          </section>
        ))}
    </>
  )
}

/** `Mon 16 Nov`; a calendar date is the same day wherever it is read. */
export function useDayWords(): (date: string) => string {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(localeOf(i18n.language), {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  })
  return (date) => format.format(new Date(date))
}
