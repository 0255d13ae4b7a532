import { ADVICE_KINDS } from '@visavis/contract/advice'
import type { AdviceJudgement } from '@visavis/contract/advice'
import { TimelineKindShape } from '@visavis/contract/timeline'
import type { TimelineKind } from '@visavis/contract/timeline'
import { fullNameOf } from '@visavis/contract/person-names'
import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { ShiftVisit, Span } from './shift-rules.ts'

/** What a shift's figures are made of; the rest of a timeline stays where it is. */
const KINDS: readonly TimelineKind[] = [
  ...(['ARRIVED', 'ADMITTED', 'STARTED', 'PAUSED', 'UNWATCHED', 'WATCHED', 'FLAGGED'] as const),
  ...(['HELP_CALLED', 'HELP_ANSWERED', 'WARNED', 'MUTED', 'OFFICER_SPOKE'] as const),
]

const SHIFT_VISIT = {
  visitId: true,
  visitClass: true,
  monitor: true,
  startsAt: true,
  endsAt: true,
  terminal: { select: { name: true, wing: true } },
  session: { select: { state: true, outcome: true, endedAt: true } },
  seats: { select: { helpNeed: true, helpAnsweredAt: true } },
  observations: { select: { beganAt: true, endedAt: true } },
  timeline: {
    where: { kind: { in: [...KINDS] } },
    orderBy: [{ at: 'asc' }, { entryId: 'asc' }],
    select: { at: true, kind: true, seatId: true, detail: true },
  },
} as const satisfies Prisma.VisitSelect

type Row = Prisma.VisitGetPayload<{ select: typeof SHIFT_VISIT }>

/** A report as it was signed. */
export type ReportRow = {
  readonly reportId: string
  readonly facilityId: string
  readonly fromAt: Date
  readonly toAt: Date
  readonly wing: string | null
  readonly writtenBy: string
  readonly createdAt: Date
  readonly note: string
  readonly figures: object
}

const REPORT = {
  account: { select: { officer: { select: { givenName: true, familyName: true } } } },
} as const

/** How many past reports a list shows. */
const REPORTS_SHOWN = 60

/** Rows behind a shift's figures and reports. */
export type ShiftRepo = ReturnType<typeof createShiftRepo>

export function createShiftRepo(db: Database) {
  return {
    /** The facility's booked visits that touch a stretch of time; of one wing where one is given. */
    async visits(facilityId: string, { fromMs, toMs }: Span, wing?: string): Promise<ShiftVisit[]> {
      const rows = await db.visit.findMany({
        where: {
          facilityId,
          bookingState: { in: ['CONFIRMED', 'FULFILLED'] },
          startsAt: { lt: new Date(toMs) },
          endsAt: { gt: new Date(fromMs) },
          ...(wing === undefined ? {} : { terminal: { wing } }),
        },
        orderBy: [{ startsAt: 'asc' }, { visitId: 'asc' }],
        select: SHIFT_VISIT,
      })
      return rows.map(shiftVisitOf)
    },
    wings: async (facilityId: string): Promise<string[]> => {
      const rows = await db.terminal.findMany({
        where: { facilityId },
        distinct: ['wing'],
        orderBy: { wing: 'asc' },
        select: { wing: true },
      })
      return rows.map(({ wing }) => wing)
    },
    openTasks: (facilityId: string) =>
      db.task.groupBy({
        by: ['kind'],
        where: { facilityId, state: 'OPEN' },
        _count: { taskId: true },
      }),
    advice: (facilityId: string, span: Span, wing?: string) =>
      adviceOf(db, { facilityId, span, wing }),
    ...reportsOf(db),
  }
}

type AdviceAsked = {
  readonly facilityId: string
  readonly span: Span
  readonly wing: string | undefined
}

/** What detectors advised in a stretch of time, by kind; of one wing where one is given. */
async function adviceOf(db: Database, { facilityId, span, wing }: AdviceAsked) {
  const rows = await db.advice.groupBy({
    by: ['kind', 'judgement'],
    where: {
      beganAt: { gte: new Date(span.fromMs), lt: new Date(span.toMs) },
      visit: { facilityId, ...(wing === undefined ? {} : { terminal: { wing } }) },
    },
    _count: { adviceId: true },
  })
  return ADVICE_KINDS.flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind)
    const sum = (of: typeof own): number => of.reduce((all, { _count }) => all + _count.adviceId, 0)
    const judged = (as: AdviceJudgement): number =>
      sum(own.filter(({ judgement }) => judgement === as))
    const counts = { told: sum(own), right: judged('RIGHT'), false: judged('FALSE') }
    return counts.told === 0 ? [] : [{ kind, ...counts }]
  })
}

/** What was signed. */
function reportsOf(db: Database) {
  return {
    addReport: async (tx: Tx, report: ReportRow): Promise<void> => {
      await tx.shiftReport.create({ data: report, select: { reportId: true } })
    },
    reports: async (facilityId: string) => {
      const rows = await db.shiftReport.findMany({
        where: { facilityId },
        orderBy: { createdAt: 'desc' },
        take: REPORTS_SHOWN,
        omit: { figures: true },
        include: REPORT,
      })
      return rows.map(({ account, ...row }) => ({ ...row, writtenBy: nameOf(account) }))
    },
    report: async (reportId: string) => {
      const row = await db.shiftReport.findUnique({ where: { reportId }, include: REPORT })
      return row && { ...row, writtenBy: nameOf(row.account) }
    },
    nameOf: async (tx: Tx, accountId: string): Promise<string> => {
      const row = await tx.account.findUnique({
        where: { accountId },
        select: REPORT.account.select,
      })
      return row ? nameOf(row) : ''
    },
  }
}

function nameOf({
  officer,
}: {
  officer: { givenName: string; familyName: string } | null
}): string {
  return officer ? fullNameOf(officer) : ''
}

function shiftVisitOf({ session, terminal, ...row }: Row): ShiftVisit {
  const { visitId, visitClass, monitor } = row
  return {
    ...{ visitId, visitClass, monitor, wing: terminal.wing, terminalName: terminal.name },
    startsMs: row.startsAt.getTime(),
    endsMs: row.endsAt.getTime(),
    state: session?.state ?? 'SCHEDULED',
    outcome: session?.outcome ?? null,
    endedMs: session?.endedAt?.getTime() ?? null,
    openCalls: row.seats.filter((seat) => seat.helpNeed !== null && seat.helpAnsweredAt === null)
      .length,
    watched: row.observations.map(({ beganAt, endedAt }) => ({
      fromMs: beganAt.getTime(),
      toMs: endedAt?.getTime() ?? null,
    })),
    notes: row.timeline.map(({ at, kind, seatId, detail }) => {
      const { code } = detail as { readonly code?: unknown }
      const of = { atMs: at.getTime(), kind: TimelineKindShape.parse(kind), seatId }
      return { ...of, code: typeof code === 'string' ? code : null }
    }),
  }
}
