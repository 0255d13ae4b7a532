import { DateTime } from 'luxon'
import type { Tx } from '../../src/database.ts'
import type { DemoAccount } from './demo-accounts.ts'
import type { DemoVisitKind } from './demo-visits.ts'

/** Everything a person or a test needs to try the demo, secrets in the clear. */
export type SeedInfo = {
  readonly accounts: readonly DemoAccount[]
  readonly inmates: readonly SeededInmate[]
  readonly terminals: readonly SeededTerminal[]
  readonly visits: readonly SeededVisit[]
}

export type SeededInmate = {
  readonly inmateId: string
  readonly facility: string
  readonly name: string
  readonly inmateNumber: string
  readonly pin: string
}

export type SeededTerminal = {
  readonly terminalId: string
  readonly facility: string
  readonly name: string
  readonly wing: string
  /** Null: a device is enrolled as this terminal already. */
  readonly enrolmentCode: string | null
}

export type SeededVisit = {
  readonly kind: DemoVisitKind
  readonly visitId: string
  readonly facility: string
  readonly facilityId: string
  readonly terminalId: string
  readonly terminalName: string
  readonly inmateId: string
  readonly inmateNumber: string
  readonly inmateName: string
  readonly visitorId: string
  readonly visitorName: string
  readonly visitorLogin: string
  readonly startsAt: Date
  readonly endsAt: Date
  /** The start on the wall clock of each side, for example `2026-11-22 07:05 Asia/Krasnoyarsk`. */
  readonly facilityTime: string
  readonly visitorTime: string
}

const VISIT_WITH_PEOPLE = {
  facility: true,
  terminal: true,
  inmate: true,
  seats: { where: { party: 'VISITOR' }, include: { visitor: true } },
} as const

/** What the table and the tests say about one visit of the demo. */
export async function describeVisit(
  tx: Tx,
  { visitId, kind }: { visitId: string; kind: DemoVisitKind },
): Promise<SeededVisit> {
  const row = await tx.visit.findUniqueOrThrow({ where: { visitId }, include: VISIT_WITH_PEOPLE })
  const { facility, terminal, inmate, startsAt, endsAt } = row
  const visitor = await tx.visitor.findUniqueOrThrow({
    where: { visitorId: row.seats[0]?.visitorId ?? '' },
  })
  return {
    kind,
    visitId,
    facility: facility.name,
    facilityId: facility.facilityId,
    terminalId: terminal.terminalId,
    terminalName: terminal.name,
    inmateId: inmate.inmateId,
    inmateNumber: inmate.inmateNumber,
    inmateName: `${inmate.givenName} ${inmate.familyName}`,
    visitorId: visitor.visitorId,
    visitorName: `${visitor.givenName} ${visitor.familyName}`,
    visitorLogin: visitor.email,
    startsAt,
    endsAt,
    facilityTime: wallClock(startsAt, facility.timeZone),
    visitorTime: wallClock(startsAt, visitor.timeZone),
  }
}

function wallClock(instant: Date, timeZone: string): string {
  return `${DateTime.fromJSDate(instant, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm')} ${timeZone}`
}
