import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { TerminalFacts } from './terminal-check-rules.ts'

const RESULT = {
  madeAt: true,
  cause: true,
  device: true,
  party: true,
  light: true,
  problems: true,
  findings: true,
  visitId: true,
} as const satisfies Prisma.PreflightResultSelect

/** A stored result as it is read; its codes are the contract's. */
export type ResultRow = Prisma.PreflightResultGetPayload<{ select: typeof RESULT }>
/** A result as it is stored. */
export type NewResult = Prisma.PreflightResultUncheckedCreateInput

/** A visit that a test may be for, with whose seats are in it. */
export type TestedVisit = NonNullable<
  Awaited<ReturnType<ReturnType<typeof createPreflightRepo>['visit']>>
>

/** How far the visits of a terminal are looked at: one that is over may have left no time for a test. */
const AHEAD_MS = 30 * 60_000
const BACK_MS = 3_600_000

/** Rows of tests. */
export function createPreflightRepo(db: Database) {
  return {
    visit: (visitId: string) =>
      db.visit.findUnique({
        where: { visitId },
        select: {
          visitId: true,
          facilityId: true,
          terminalId: true,
          session: { select: { state: true } },
          seats: { select: { seatId: true, visitorId: true, inmateId: true, party: true } },
        },
      }),
    terminal: (terminalId: string) =>
      db.terminal.findUnique({ where: { terminalId }, select: { facilityId: true } }),
    /** How many tests an account has made since then. */
    countSince: (accountId: string, since: Date) =>
      db.preflightResult.count({ where: { accountId, madeAt: { gt: since } } }),
    add: async (tx: Tx, data: NewResult): Promise<void> => {
      await tx.preflightResult.create({ data, select: { preflightId: true } })
    },
    /** The newest of each side of each of these visits. */
    newest: (visits: Prisma.VisitWhereInput): Promise<ResultRow[]> =>
      db.preflightResult.findMany({
        where: { visit: visits },
        distinct: ['visitId', 'party'],
        orderBy: [
          { visitId: 'asc' },
          { party: 'asc' },
          { madeAt: 'desc' },
          { preflightId: 'desc' },
        ],
        select: RESULT,
      }),
    /** Results that were made for no visit, and before that. */
    forget: async (before: Date): Promise<void> => {
      await db.preflightResult.deleteMany({ where: { visitId: null, madeAt: { lt: before } } })
    },
    terminalFacts: (now: Date, terminalId?: string) => terminalFacts(db, now, terminalId),
  }
}

export type PreflightRepo = ReturnType<typeof createPreflightRepo>

/** What is read of a terminal to say what it owes at `now`. */
const factsAt = (now: Date) =>
  ({
    terminalId: true,
    facilityId: true,
    enrolledAt: true,
    facility: { select: { timeZone: true } },
    authSessions: {
      where: { endedAt: null, expiresAt: { gt: now } },
      take: 1,
      select: { authSessionId: true },
    },
    visits: {
      where: {
        bookingState: { in: ['CONFIRMED', 'FULFILLED'] },
        busyUntil: { gt: new Date(now.getTime() - BACK_MS) },
        startsAt: { lt: new Date(now.getTime() + AHEAD_MS) },
      },
      orderBy: { startsAt: 'asc' },
      select: {
        visitId: true,
        startsAt: true,
        busyUntil: true,
        preflights: {
          where: { cause: 'BEFORE_VISIT' },
          select: { terminalId: true, madeAt: true },
        },
      },
    },
    preflights: {
      where: { cause: 'NIGHTLY' },
      orderBy: { madeAt: 'desc' },
      take: 1,
      select: { madeAt: true },
    },
  }) as const satisfies Prisma.TerminalSelect

type FactsRow = Prisma.TerminalGetPayload<{ select: ReturnType<typeof factsAt> }>

/** The facts of each enrolled terminal in service, or of the one; with its facility. */
async function terminalFacts(
  db: Database,
  now: Date,
  terminalId?: string,
): Promise<(TerminalFacts & { readonly facilityId: string })[]> {
  const rows = await db.terminal.findMany({
    where: {
      keys: { some: { endedAt: null } },
      disabledAt: null,
      ...(terminalId === undefined ? {} : { terminalId }),
    },
    select: factsAt(now),
  })
  return rows.map((row) => factsOf(row, now))
}

function factsOf(
  { facility, authSessions, visits, preflights, enrolledAt, ...row }: FactsRow,
  now: Date,
): TerminalFacts & { readonly facilityId: string } {
  return {
    ...row,
    enrolledAt: enrolledAt ?? now,
    timeZone: facility.timeZone,
    isInUse: authSessions.length > 0,
    lastNightlyAt: preflights[0]?.madeAt ?? null,
    visits: visits.map(({ preflights: tests, ...visit }) => ({
      ...visit,
      // A visit that was moved needs another test than the one it had.
      isTested: tests.some(
        (test) =>
          test.terminalId === row.terminalId &&
          test.madeAt.getTime() >= visit.startsAt.getTime() - AHEAD_MS,
      ),
    })),
  }
}
