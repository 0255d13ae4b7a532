import type { Reply } from '../../api/api.ts'

export type Hour = Reply<'shift'>['hours'][number]

/** What a bar is made of, from the ground up. */
export const GROUPS = ['completed', 'running', 'planned', 'failed'] as const
export type Group = (typeof GROUPS)[number]

/** A piece of a bar; `y` counts from the top, all in the chart's own units. */
export type BarPiece = {
  readonly at: string
  readonly group: Group
  readonly count: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How tall the tallest bar is, and how wide each hour, in the chart's units. */
export const CHART = { height: 100, hourWidth: 24, gap: 4 } as const

/** The hours that have visits, with those between them: an empty night before and after says nothing. Pure. */
export function busyHours(hours: readonly Hour[]): readonly Hour[] {
  const first = hours.findIndex((hour) => totalOf(hour) > 0)
  const last = hours.findLastIndex((hour) => totalOf(hour) > 0)
  return first < 0 ? [] : hours.slice(first, last + 1)
}

/** Visits of an hour. */
export function totalOf(hour: Hour): number {
  return GROUPS.reduce((sum, group) => sum + hour[group], 0)
}

/** Bars of stacked pieces, the tallest as tall as the chart. Pure. */
export function barsOf(hours: readonly Hour[]): readonly BarPiece[] {
  const most = Math.max(1, ...hours.map(totalOf))
  const unit = CHART.height / most
  return hours.flatMap((hour, index) => {
    let top: number = CHART.height
    return GROUPS.flatMap((group) => {
      const count = hour[group]
      if (count === 0) return []
      top -= count * unit
      const x = index * CHART.hourWidth + CHART.gap / 2
      const width = CHART.hourWidth - CHART.gap
      return [{ at: hour.at, group, count, x, y: top, width, height: count * unit }]
    })
  })
}
