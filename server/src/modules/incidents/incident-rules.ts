import { AUTHORITY_DAYS, PEOPLE_DAYS } from '@visavis/contract/http'
import type { CLOCK_STATES, INCIDENT_DUTIES } from '@visavis/contract/http'

const DAY_MS = 86_400_000
/** So long before its end a clock is told aloud. */
const SOON_MS = 3 * DAY_MS

export type ClockState = (typeof CLOCK_STATES)[number]
export type Duty = (typeof INCIDENT_DUTIES)[number]

/** When the authority and the people have to be told, from the discovery on. */
export function dueDates(discoveredAt: Date): { authorityDueAt: Date; peopleDueAt: Date } {
  const after = (days: number) => new Date(discoveredAt.getTime() + days * DAY_MS)
  return { authorityDueAt: after(AUTHORITY_DAYS), peopleDueAt: after(PEOPLE_DAYS) }
}

/** How a clock stands; done on its very instant is in time. */
export function clockState(
  { dueAt, doneAt }: { readonly dueAt: Date; readonly doneAt: Date | null },
  now: Date,
): ClockState {
  if (doneAt !== null) return doneAt > dueAt ? 'DONE_LATE' : 'DONE'
  if (now > dueAt) return 'LATE'
  return dueAt.getTime() - now.getTime() <= SOON_MS ? 'SOON' : 'RUNNING'
}

/** How far an incident has come. */
export type Progress = {
  readonly isWorkedOut: boolean
  readonly isAuthorityTold: boolean
  readonly areLettersOrdered: boolean
  /** People who are affected, who were not told in any way yet, and those of them for whom it must be paper. */
  readonly affected: number
  readonly untold: number
  readonly toPrint: number
}

/** What still has to be done, in its order. Where nobody is affected, nobody has to be told. */
export function dutiesOf(progress: Progress): Duty[] {
  const { isWorkedOut, isAuthorityTold, areLettersOrdered, affected, untold, toPrint } = progress
  const isLetterless = affected > 0 && !areLettersOrdered
  const isUnderWay = areLettersOrdered && untold > toPrint
  return [
    ...(isWorkedOut ? [] : ['WORK_OUT' as const]),
    ...(isAuthorityTold ? [] : ['TELL_AUTHORITY' as const]),
    ...(isLetterless || isUnderWay ? ['TELL_PEOPLE' as const] : []),
    ...(areLettersOrdered && toPrint > 0 ? ['PRINT' as const] : []),
  ]
}

/** What keeps an incident from being closed so; a false alarm has no duties. */
export function obstaclesOf(outcome: 'DONE' | 'FALSE_ALARM', progress: Progress): Duty[] {
  return outcome === 'FALSE_ALARM' ? [] : dutiesOf(progress)
}

/** Alarms of clocks that are to be raised now: each once, and a late one without the earlier. */
export function alarmsDue(
  clocks: Readonly<Record<'authority' | 'people', ClockState>>,
  raised: readonly string[],
): string[] {
  return Object.entries(clocks)
    .filter(([, state]) => state === 'SOON' || state === 'LATE')
    .map(([clock, state]) => `${clock}:${state}`)
    .filter((alarm) => !raised.includes(alarm))
}
