import { INCIDENT_SYSTEMS, IncidentLetter, IncidentReason } from '@visavis/contract/http'
import type { IncidentHeading, IncidentView } from '@visavis/contract/http'
import { fullNameOf } from '@visavis/contract/person-names'
import type { PersonName } from '@visavis/contract/person-names'
import { z } from 'zod'
import { isSamePerson } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { clockState, dutiesOf } from './incident-rules.ts'
import type { Progress } from './incident-rules.ts'
import type { HeadingRow, IncidentRow } from './incidents.repo.ts'
import type { PeopleCount } from './told-people.repo.ts'

type Named = { readonly login: string; readonly officer: PersonName | null }
const Systems = z.array(z.enum(INCIDENT_SYSTEMS))
const Letters = z.array(IncidentLetter).catch([])

/** The letters as they were ordered; none before. */
export const lettersOf = ({ letters }: Pick<IncidentRow, 'letters'>) => Letters.parse(letters)

/** What colleagues are called among themselves. */
export const staffNameOf = ({ login, officer }: Named): string =>
  officer ? fullNameOf(officer) : login

/** When the last of the people was told; null: not all were. */
export type ToldAt = Date | null

/** An incident in a list. */
export function headingView(
  row: HeadingRow,
  counts: readonly PeopleCount[],
  now: Date,
): IncidentHeading {
  const { affected } = progressOf(row, counts)
  const peopleToldAt = peopleToldAtOf(row, counts)
  const { incidentId, title, state, authorityDueAt, authorityToldAt, peopleDueAt } = row
  return {
    ...{ incidentId, title, state, affected },
    discoveredAt: row.discoveredAt.toISOString(),
    openedAt: row.openedAt.toISOString(),
    authority: clockView({ dueAt: authorityDueAt, doneAt: authorityToldAt }, now),
    people: clockView({ dueAt: peopleDueAt, doneAt: peopleToldAt }, now),
  }
}

function clockView(clock: { dueAt: Date; doneAt: Date | null }, now: Date) {
  const { dueAt, doneAt } = clock
  return {
    dueAt: dueAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    state: clockState(clock, now),
  }
}

/** How far an incident has come, by its counts. */
export function progressOf(row: HeadingRow, counts: readonly PeopleCount[]): Progress {
  const sum = (of: (count: PeopleCount) => number) =>
    counts.reduce((all, count) => all + of(count), 0)
  return {
    isWorkedOut: row.workState === 'DONE',
    isAuthorityTold: row.authorityToldAt !== null,
    areLettersOrdered: row.lettersOrderedAt !== null,
    affected: sum(({ people }) => people),
    untold: sum(({ people, told }) => people - told),
    toPrint: sum(({ toPrint }) => toPrint),
  }
}

/** When the last letter was on its way, also on paper; where nobody is affected, when that was found. */
export function peopleToldAtOf(row: HeadingRow, counts: readonly PeopleCount[]): ToldAt {
  const { isWorkedOut, affected, areLettersOrdered, untold } = progressOf(row, counts)
  if (isWorkedOut && affected === 0) return row.workedOutAt
  if (!isWorkedOut || !areLettersOrdered || untold > 0) return null
  const times = counts.flatMap(({ lastToldAt }) => lastToldAt?.getTime() ?? [])
  return times.length === 0 ? row.lettersOrderedAt : new Date(Math.max(...times))
}

/** What a whole view is made of. */
export type Seen = {
  readonly row: IncidentRow
  readonly counts: readonly PeopleCount[]
  readonly reasons: readonly { readonly reason: string; readonly people: number }[]
  readonly accounts: IncidentView['accounts']
  readonly facilities: IncidentView['facilities']
}

/** An incident as its operator's people see it. */
export function incidentView(seen: Seen, actor: AccountActor, now: Date): IncidentView {
  const { row, counts, reasons, accounts, facilities } = seen
  const progress = progressOf(row, counts)
  return {
    ...headingView(row, counts, now),
    ...{ version: row.version, description: row.description, accounts },
    fromAt: row.fromAt.toISOString(),
    toAt: row.toAt.toISOString(),
    systems: Systems.parse(row.systems),
    facilities: facilities.filter(({ facilityId }) => row.facilityIds.includes(facilityId)),
    openedBy: staffNameOf(row.opener),
    work: workView(row),
    counts: counts.map(({ kind, facility, people, professionals, told, toPrint }) => ({
      ...{ kind, facility, people, professionals, told, toPrint },
    })),
    reasons: reasons.map(({ reason, people }) => ({
      reason: IncidentReason.parse(reason),
      people,
    })),
    authorityReference: row.authorityReference,
    letters: lettersOf(row),
    lettersOrderedAt: row.lettersOrderedAt?.toISOString() ?? null,
    duties: row.state === 'CLOSED' ? [] : dutiesOf(progress),
    notes: row.notes.map(({ at, text, author }) => ({
      ...{ text, at: at.toISOString(), by: staffNameOf(author) },
    })),
    closing: closingView(row, actor),
  }
}

function workView({ workState, workedOutAt, workMs, entriesRead }: IncidentRow) {
  return {
    ...{ state: workState, ms: workMs },
    at: workedOutAt?.toISOString() ?? null,
    entriesRead: entriesRead === null ? null : Number(entriesRead),
  }
}

function closingView(row: IncidentRow, actor: AccountActor): IncidentView['closing'] {
  const { closeAsker, closeAskedAt, closeReason, closeOutcome, closer, closedAt, state } = row
  if (closeAsker === null || closeAskedAt === null || closeReason === null) return null
  return {
    outcome: closeOutcome === 'FALSE_ALARM' ? 'FALSE_ALARM' : 'DONE',
    reason: closeReason,
    askedBy: staffNameOf(closeAsker),
    askedAt: closeAskedAt.toISOString(),
    isMineToDecide: state === 'OPEN' && !isSamePerson(actor, closeAsker),
    closedBy: closer && staffNameOf(closer),
    closedAt: closedAt?.toISOString() ?? null,
  }
}
