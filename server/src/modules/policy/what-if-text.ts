import { DateTime } from 'luxon'
import type { Broken } from './what-if-broken-rules.ts'
import type { WhatIfFacts } from './what-if-facts.ts'
import { SATURATED, isSaturated } from './what-if-load-rules.ts'
import type { Bookings, Load } from './what-if-load-rules.ts'
import type { Tried } from './what-if-settings.ts'

/** Everything that the command found out. */
export type WhatIf = {
  readonly facts: WhatIfFacts
  readonly tried: Tried
  readonly loads: readonly Load[]
  readonly bookings: Bookings
  readonly broken: readonly Broken[]
  readonly unlawful: readonly string[]
}

const MINUTES_AN_HOUR = 60
const percent = (part: number): string => `${Math.round(part * 100)} %`
const hours = (minutes: number): string => (minutes / MINUTES_AN_HOUR).toFixed(1)
const count = (visits: number): string => visits.toFixed(1)

/** The answer for a terminal, widths to fit; ids only, no names of people. */
export function whatIfText(found: WhatIf): string {
  return [...heading(found), ...terminalLines(found), ...bookingLines(found), ...brokenLines(found)]
    .join('\n')
    .concat('\n')
}

function heading({ facts, tried, unlawful }: WhatIf): string[] {
  const settings = [...tried].map(([name, value]) => `${name}=${value}`).join(', ')
  return [
    `What if, at ${facts.name}: ${settings}`,
    '',
    'Model: demand is what is booked within two weeks of today, on either side, visit for visit, and who',
    'waits for a place; a longer visit takes as much more of its terminal’s time; slots are re-cut within',
    'the same opening hours (a pause under an hour counts as open); visits of lawyers and officials stay.',
    '',
    ...unlawful.map((line) => `Against the law here — ${line}`),
    ...(unlawful.length > 0 ? [''] : []),
  ]
}

function terminalLines({ loads }: WhatIf): string[] {
  const rows = loads.map(({ terminal, openMinutes, usedBefore, usedAfter }) => [
    terminal.name,
    terminal.wing,
    hours(openMinutes),
    `${hours(usedBefore)} (${share(usedBefore, openMinutes)})`,
    `${hours(usedAfter)} (${share(usedAfter, openMinutes)})`,
    isSaturated(usedAfter, openMinutes) ? 'saturated' : '',
  ])
  const head = ['terminal', 'wing', 'open h/week', 'used before', 'used after', '']
  const saturated = rows.filter((row) => row.at(-1) !== '').length
  return [
    ...table([head, ...rows]),
    `${saturated} of ${rows.length} terminals saturated (${percent(SATURATED)} of the opening hours or more).`,
    '',
  ]
}

function share(used: number, open: number): string {
  return open > 0 ? percent(used / open) : 'closed'
}

function bookingLines({ bookings }: WhatIf): string[] {
  const { placesBefore, placesAfter, before, after, wanted } = bookings
  const change = after - before
  return [
    ...table([
      ['social visits a week', 'before', 'after'],
      ['places', count(placesBefore), count(placesAfter)],
      ['bookings', count(before), count(after)],
    ]),
    `Bookings a week change by ${change > 0 ? '+' : ''}${count(change)}; ${count(wanted - after)} wanted ones find no place.`,
    '',
  ]
}

function brokenLines({ broken, facts }: WhatIf): string[] {
  if (broken.length === 0) return ['No booking to come would break.']
  const local = (at: Date): string =>
    DateTime.fromJSDate(at, { zone: facts.timeZone }).toFormat('yyyy-MM-dd HH:mm')
  const rows = broken.map(({ visitId, startsAt, setting }) => [visitId, local(startsAt), setting])
  return [
    `${broken.length} ${broken.length === 1 ? 'booking' : 'bookings'} to come would break:`,
    ...table([['visit', `starts (${facts.timeZone})`, 'breaks'], ...rows]),
  ]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
