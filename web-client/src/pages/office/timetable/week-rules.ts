import { addDays, wallTimeOf } from '../parts/office-time.ts'
import type { Slot, Template } from '../parts/types.ts'

/** One time of the week: for each day, Monday first, the slots that begin then. */
export type WeekRow = {
  /** Minutes after local midnight. */
  readonly minute: number
  readonly days: readonly (readonly Slot[])[]
}
export type WeekGrid = {
  /** The seven local dates, Monday first. */
  readonly dates: readonly string[]
  readonly rows: readonly WeekRow[]
}

const DAYS = 7

/** A week's slots as a table: rows by local time of day, columns by day (BK-6). */
export function weekGrid(slots: readonly Slot[], weekOf: string, timeZone: string): WeekGrid {
  const dates = Array.from({ length: DAYS }, (_, day) => addDays(weekOf, day))
  const placed = slots.map((slot) => ({ slot, ...wallTimeOf(slot.startsAt, timeZone) }))
  const minutes = [...new Set(placed.map(({ minute }) => minute))].toSorted((a, b) => a - b)
  const rows = minutes.map((minute) => ({
    minute,
    days: dates.map((date) =>
      placed
        .filter((each) => each.minute === minute && each.date === date)
        .map(({ slot }) => slot)
        .toSorted((a, b) => a.visitClass.localeCompare(b.visitClass)),
    ),
  }))
  return { dates, rows }
}

/** The slots of one day of the grid in the order of time, for a narrow screen. */
export function slotsOfDay({ rows }: WeekGrid, day: number): Slot[] {
  return rows.flatMap(({ days }) => days[day] ?? [])
}

/** How a slot stands; what stops it counts before how full it is. */
export type SlotStanding = 'CLOSED' | 'BLACKED_OUT' | 'FULL' | 'FREE'

export function standingOf(slot: Slot): SlotStanding {
  if (slot.isClosed) return 'CLOSED'
  if (slot.isBlackedOut) return 'BLACKED_OUT'
  return slot.used >= slot.capacity ? 'FULL' : 'FREE'
}

/** Templates in the order of the week. */
export function byWeek(templates: readonly Template[]): Template[] {
  return templates.toSorted(
    (a, b) =>
      a.weekday - b.weekday || a.startMinute - b.startMinute || a.name.localeCompare(b.name),
  )
}
