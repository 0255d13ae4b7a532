import { wallTimeOf } from '../parts/office-time.ts'
import type { Movement } from '../parts/types.ts'

/** Who of one wing must move, hour by hour. */
export type WingMovements = {
  readonly wing: string
  readonly hours: readonly { readonly hour: number; readonly movements: readonly Movement[] }[]
}

const MINUTES_AN_HOUR = 60

/** The list by wing, then by the facility's hour, then by time and name: how officers walk it. */
export function byWingAndHour(movements: readonly Movement[], timeZone: string): WingMovements[] {
  const sorted = movements.toSorted(
    (a, b) => a.startsAt.localeCompare(b.startsAt) || a.inmateName.localeCompare(b.inmateName),
  )
  const hourOf = ({ startsAt }: Movement) =>
    Math.floor(wallTimeOf(startsAt, timeZone).minute / MINUTES_AN_HOUR)
  const wings = [...new Set(sorted.map(({ wing }) => wing))].toSorted((a, b) => a.localeCompare(b))
  return wings.map((wing) => {
    const here = sorted.filter((movement) => movement.wing === wing)
    const hours = [...new Set(here.map(hourOf))]
    return {
      wing,
      hours: hours.map((hour) => ({
        hour,
        movements: here.filter((movement) => hourOf(movement) === hour),
      })),
    }
  })
}
