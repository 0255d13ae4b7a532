import type { WhatIfFacts, WhatIfTemplate, WhatIfTerminal, WhatIfVisit } from './what-if-facts.ts'

const MINUTE_MS = 60_000
/** From here on a terminal cannot take up what another one loses. */
export const SATURATED = 0.85
/** A pause shorter than this is within the same opening hours: the staff are there. */
const SAME_HOURS_MINUTES = 60

/** How long social visits are, and how long their terminal stays taken after; in minutes. */
export type Terms = {
  /** Null: as the timetable has it. */
  readonly visitMinutes: number | null
  readonly turnaroundMinutes: number
}

/** A terminal's week, in minutes. */
export type Load = {
  readonly terminal: WhatIfTerminal
  readonly openMinutes: number
  readonly usedBefore: number
  readonly usedAfter: number
}

/** A facility's week of social visits. */
export type Bookings = {
  readonly placesBefore: number
  readonly placesAfter: number
  readonly before: number
  /** Booked and waiting for. */
  readonly wanted: number
  readonly after: number
}

/** Whether so much of a terminal's opening hours is wanted that nothing more can be moved there. */
export function isSaturated(usedMinutes: number, openMinutes: number): boolean {
  return openMinutes > 0 ? usedMinutes / openMinutes >= SATURATED : usedMinutes > 0
}

/** Each terminal's week before and after; demand is what is booked now, visit for visit. */
export function loadsOf(facts: WhatIfFacts, before: Terms, after: Terms): Load[] {
  return facts.terminals.map((terminal) => {
    const visits = facts.visits.filter(({ terminalId }) => terminalId === terminal.terminalId)
    const used = (terms: Terms): number =>
      sum(visits.map((visit) => takenMinutes(visit, terms))) / facts.weeks
    const openMinutes = sum(
      runsOf(templatesAt(terminal, facts), before).map(({ minutes, share }) => minutes * share),
    )
    return { terminal, openMinutes, usedBefore: used(before), usedAfter: used(after) }
  })
}

/**
 * Social visits a week: places by the timetable, re-cut within the same opening hours where a visit or the
 * turnaround changes; of what is booked and waited for, as much comes about as there are places.
 */
export function bookingsOf(facts: WhatIfFacts, before: Terms, after: Terms): Bookings {
  const social = facts.visits.filter(({ visitClass }) => visitClass === 'social')
  const booked = social.length / facts.weeks
  const wanted = booked + facts.waiting / facts.weeks
  const placesBefore = sum(facts.terminals.map((terminal) => placesAt(terminal, facts)))
  const isRecut = after.visitMinutes !== null || !isSameTurnaround(before, after)
  const placesAfter = isRecut
    ? sum(facts.terminals.map((terminal) => recutPlacesAt(terminal, facts, { before, after })))
    : placesBefore
  // What is booked now fits by itself as long as nothing is re-cut.
  const served = isRecut ? Math.min(wanted, placesAfter) : booked
  return { placesBefore, placesAfter, before: booked, wanted, after: served }
}

function isSameTurnaround(one: Terms, other: Terms): boolean {
  return one.turnaroundMinutes === other.turnaroundMinutes
}

/** Visits of other classes keep their length: only social ones are changed. */
function takenMinutes(visit: WhatIfVisit, { visitMinutes, turnaroundMinutes }: Terms): number {
  const own = (visit.endsAt.getTime() - visit.startsAt.getTime()) / MINUTE_MS
  const isChanged = visit.visitClass === 'social' && visitMinutes !== null
  return (isChanged ? visitMinutes : own) + turnaroundMinutes
}

type AtTerminal = WhatIfTemplate & {
  /** The part of its visits that is this terminal's, on an average week. */
  readonly share: number
}

/** The sessions that a terminal serves, each with its even share of their places. */
function templatesAt(terminal: WhatIfTerminal, facts: WhatIfFacts): AtTerminal[] {
  const serves = ({ wing }: WhatIfTerminal, { wings }: WhatIfTemplate): boolean =>
    facts.policy.terminalScope === 'FACILITY' || wings.length === 0 || wings.includes(wing)
  return facts.templates
    .filter((template) => serves(terminal, template))
    .map((template) => {
      const terminals = facts.terminals.filter((other) => serves(other, template)).length
      const share = Math.min(1, template.capacity / terminals) / template.everyWeeks
      return { ...template, share }
    })
}

function placesAt(terminal: WhatIfTerminal, facts: WhatIfFacts): number {
  return sum(socialAt(terminal, facts).map(({ share }) => share))
}

function recutPlacesAt(
  terminal: WhatIfTerminal,
  facts: WhatIfFacts,
  { before, after }: { before: Terms; after: Terms },
): number {
  const runs = runsOf(socialAt(terminal, facts), before)
  return sum(
    runs.map(({ minutes, share, lengthMinutes }) => {
      const each = (after.visitMinutes ?? lengthMinutes) + after.turnaroundMinutes
      return Math.floor(minutes / each) * share
    }),
  )
}

function socialAt(terminal: WhatIfTerminal, facts: WhatIfFacts): AtTerminal[] {
  return templatesAt(terminal, facts).filter(({ visitClass }) => visitClass === 'social')
}

/** A stretch of a weekday's opening hours, the last turnaround included. */
type Run = {
  readonly weekday: number
  readonly from: number
  readonly minutes: number
  readonly share: number
  /** Of its first session. */
  readonly lengthMinutes: number
}

/** Opening hours: sessions of a weekday with no long pause between them are one stretch. */
function runsOf(templates: readonly AtTerminal[], { turnaroundMinutes }: Terms): Run[] {
  const sorted = templates.toSorted(
    (a, b) => a.weekday - b.weekday || a.startMinute - b.startMinute,
  )
  return sorted.reduce<Run[]>((runs, { weekday, startMinute, lengthMinutes, share }) => {
    const minutes = lengthMinutes + turnaroundMinutes
    const last = runs.at(-1)
    const isSame =
      last?.weekday === weekday && startMinute - (last.from + last.minutes) < SAME_HOURS_MINUTES
    if (!isSame) return [...runs, { weekday, from: startMinute, minutes, share, lengthMinutes }]
    const end = Math.max(last.from + last.minutes, startMinute + minutes)
    const longer = { ...last, minutes: end - last.from, share: Math.max(last.share, share) }
    return [...runs.slice(0, -1), longer]
  }, [])
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
