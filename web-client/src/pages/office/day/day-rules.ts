import { wallTimeOf } from '../parts/office-time.ts'
import type { Booking, Terminal, Week } from '../parts/types.ts'

/** A line of the board: an hour, and for each column what begins in it. */
export type BoardRow = {
  /** Hour of the facility's day, 0 … 23. */
  readonly hour: number
  readonly cells: readonly (readonly Booking[])[]
}
export type BoardColumn = Pick<Terminal, 'name' | 'wing'> & { readonly terminalId: string | null }
export type Board = { readonly columns: readonly BoardColumn[]; readonly rows: readonly BoardRow[] }

const OVER: readonly Booking['bookingState'][] = [
  'EXPIRED',
  'REJECTED',
  'WITHDRAWN',
  'CANCELLED',
  'SUSPENDED',
]
const MINUTES_AN_HOUR = 60

/** Whether a booking has, or had, its place; the others are told apart below the board. */
export function takesPlace({ bookingState }: Pick<Booking, 'bookingState'>): boolean {
  return !OVER.includes(bookingState)
}

/** What of a day is looked for: parts of names, in any order and any case. */
export function matchesNames({ inmate, visitors }: Booking, query: string): boolean {
  const names = [inmate.displayName, ...visitors.map(({ displayName }) => displayName)]
  const text = names.join(' ').toLocaleLowerCase()
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

type BoardInput = {
  readonly bookings: readonly Booking[]
  readonly terminals: readonly Terminal[]
  readonly timeZone: string
}

/** The day by hour and terminal; a last column holds what has no terminal (yet). */
export function boardOf({ bookings, terminals, timeZone }: BoardInput): Board {
  const known = new Set(terminals.map(keyOf))
  const isElsewhere = ({ terminal }: Booking) => terminal === null || !known.has(keyOf(terminal))
  const elsewhere: BoardColumn = { terminalId: null, name: '', wing: '' }
  const columns: BoardColumn[] = bookings.some(isElsewhere)
    ? [...terminals, elsewhere]
    : [...terminals]
  const isIn = (column: BoardColumn, booking: Booking) =>
    column.terminalId === null
      ? isElsewhere(booking)
      : booking.terminal !== null && keyOf(booking.terminal) === keyOf(column)
  const rows = hoursOf(bookings, timeZone).map((hour) => ({
    hour,
    cells: columns.map((column) =>
      bookings.filter((booking) => hourOf(booking, timeZone) === hour && isIn(column, booking)),
    ),
  }))
  return { columns, rows }
}

/** Every hour from the first visit to the last: an empty one shows that there is room. */
function hoursOf(bookings: readonly Booking[], timeZone: string): number[] {
  const hours = bookings.map((booking) => hourOf(booking, timeZone))
  if (hours.length === 0) return []
  const first = Math.min(...hours)
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index)
}

function hourOf({ startsAt }: Booking, timeZone: string): number {
  return Math.floor(wallTimeOf(startsAt, timeZone).minute / MINUTES_AN_HOUR)
}

function keyOf({ name, wing }: Pick<Terminal, 'name' | 'wing'>): string {
  return JSON.stringify([wing, name])
}

/** A stretch of time in which a terminal cannot be used; ISO instants. */
export type Outage = {
  readonly startsAt: string
  readonly endsAt: string
  /** It has begun, so that it can be ended. */
  readonly isNow: boolean
}

type OutageQuery = {
  readonly terminalId: string
  /** The first and the last instant of the day that is looked at. */
  readonly from: string
  readonly to: string
  readonly nowMs: number
}

/** The outage of a terminal that lasts longest in what is left of a day; null: it works. */
export function outageOn(
  blackouts: Week['blackouts'],
  { terminalId, from, to, nowMs }: OutageQuery,
): Outage | null {
  const left = Math.max(Date.parse(from), nowMs)
  const last = blackouts
    .filter((each) => each.scope === 'TERMINAL' && each.terminalId === terminalId && !each.isLifted)
    .filter(
      ({ startsAt, endsAt }) => Date.parse(startsAt) < Date.parse(to) && Date.parse(endsAt) > left,
    )
    .toSorted((a, b) => a.endsAt.localeCompare(b.endsAt))
    .at(-1)
  if (!last) return null
  const { startsAt, endsAt } = last
  return { startsAt, endsAt, isNow: Date.parse(startsAt) <= nowMs }
}
