import { Panel } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Week } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { useWide } from '../parts/use-wide.ts'
import { BookingCard } from './BookingCard.tsx'
import { BookingList } from './BookingList.tsx'
import type { Board, BoardColumn } from './day-rules.ts'
import { TerminalHead } from './TerminalHead.tsx'
import { useTerminalCare } from './use-terminal-care.ts'

type DayBoardProps = {
  readonly board: Board
  readonly blackouts: Week['blackouts']
  /** Local date. */
  readonly date: string
  readonly onChanged: (words: string) => void
}

const MINUTES_AN_HOUR = 60

/** Hours down, terminals across; on a narrow screen one list in the order of time. */
export function DayBoard({ board, blackouts, date, onChanged }: DayBoardProps) {
  const { t } = useTranslation()
  const { timeOfDay } = useOffice()
  const isWide = useWide()
  const care = useTerminalCare()
  const heads = (column: BoardColumn) => (
    <TerminalHead
      column={column}
      care={care.get(column.terminalId ?? '') ?? null}
      blackouts={blackouts}
      date={date}
      onChanged={onChanged}
    />
  )
  if (!isWide) return <NarrowDay board={board} heads={heads} />
  return (
    <div className="vv-office__scroll" role="region" aria-label={t('officeDay.board')} tabIndex={0}>
      <table className="vv-board">
        <thead>
          <tr>
            <th scope="col">{t('officeDay.hour')}</th>
            {board.columns.map((column) => (
              <th key={column.terminalId ?? 'none'} scope="col">
                {heads(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.rows.map(({ hour, cells }) => (
            <tr key={hour}>
              <th scope="row" className="vv-numbers">
                {timeOfDay(hour * MINUTES_AN_HOUR)}
              </th>
              {cells.map((cell, index) => (
                <td key={board.columns[index]?.terminalId ?? 'none'}>
                  {cell.map((booking) => (
                    <BookingCard key={booking.visitId} booking={booking} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {board.rows.length === 0 && <EmptyDay />}
    </div>
  )
}

type NarrowDayProps = {
  readonly board: Board
  readonly heads: (column: BoardColumn) => ReactNode
}

function NarrowDay({ board, heads }: NarrowDayProps) {
  const { t } = useTranslation()
  const bookings = board.rows.flatMap(({ cells }) =>
    cells.flat().toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)),
  )
  return (
    <>
      {bookings.length === 0 ? <EmptyDay /> : <BookingList bookings={bookings} />}
      <details className="vv-office__more">
        <summary>{t('officeDay.terminals')}</summary>
        <ul className="vv-list">
          {board.columns.map((column) => (
            <li key={column.terminalId ?? 'none'}>{heads(column)}</li>
          ))}
        </ul>
      </details>
    </>
  )
}

function EmptyDay() {
  const { t } = useTranslation()
  return (
    <Panel>
      <p>{t('officeDay.empty')}</p>
    </Panel>
  )
}
