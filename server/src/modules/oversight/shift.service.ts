import { Refusal } from '@visavis/contract/errors'
import { ShiftFigures } from '@visavis/contract/http'
import { UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { Clock } from '@visavis/platform/clock'
import type { Database, Tx } from '@visavis/prisma'
import type { TaskKind as TaskKindShape } from '@visavis/contract/http'
import type { z } from 'zod'
import { newId } from '../../platform/ids.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf, requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Policy } from '../policy/index.ts'
import { coverageOf, hoursOf, incidentsOf, waitFigures } from './shift-rules.ts'
import type { ShiftVisit, Span } from './shift-rules.ts'
import type { ShiftRepo } from './shift.repo.ts'

type Deps = {
  readonly db: Database
  readonly repo: ShiftRepo
  readonly policy: Policy
  readonly audit: Audit
  readonly clock: Clock
}

/** What is asked of a shift: its stretch, and perhaps one wing. */
export type AskedShift = {
  readonly from: string
  readonly to: string
  readonly wing?: string | undefined
}
type Figures = z.input<typeof ShiftFigures>
type TaskKind = z.output<typeof TaskKindShape>

/** The figures of shifts, and the reports that officers sign of them. */
export type ShiftService = ReturnType<typeof createShiftService>

export function createShiftService(deps: Deps) {
  const { repo, audit, clock } = deps
  return {
    figures: (actor: AccountActor, asked: AskedShift) => figuresOf(deps, facilityOf(actor), asked),
    reports: async (actor: AccountActor) => {
      const rows = await repo.reports(facilityOf(actor))
      return { reports: rows.map(summaryOf) }
    },
    /** Signs a report with the figures as they are now. */
    async write(
      tx: Tx,
      { actor, requestId, note, ...asked }: AskedShift & Writing,
    ): Promise<ReturnType<typeof summaryOf>> {
      const facilityId = facilityOf(actor)
      const figures = await figuresOf(deps, facilityId, asked)
      const row = {
        ...{ reportId: newId(), facilityId, wing: asked.wing ?? null, note },
        ...{ fromAt: new Date(asked.from), toAt: new Date(asked.to) },
        ...{ writtenBy: actor.accountId, createdAt: clock.now() },
      }
      await repo.addReport(tx, { ...row, figures })
      await audit.append(tx, {
        facilityId,
        actor: auditActorOf(actor),
        action: 'shiftReport.write',
        object: { type: 'shiftReport', objectId: row.reportId },
        outcome: 'allow',
        requestId,
      })
      return summaryOf({ ...row, writtenBy: await repo.nameOf(tx, actor.accountId) })
    },
    /** One report as it was signed; another facility's does not exist (TR-3). */
    async report(actor: AccountActor, reportId: string) {
      const row = await repo.report(reportId)
      if (!row) throw new Refusal('NOT_FOUND')
      requireFacility(actor, row.facilityId)
      return {
        ...summaryOf(row),
        figures: ShiftFigures.parse(Object.assign({}, NOT_YET_COUNTED, row.figures)),
      }
    },
  }
}

/** What reports of earlier times do not have. */
const NOT_YET_COUNTED = { advice: [], openTasks: [] }

type Writing = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly note: string
}

/** The facility of staff; whoever has none has no shifts either (TR-3). */
export function facilityOf({ facilityId }: AccountActor): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}

/** What of a report is shown in a list. */
type SummaryRow = {
  readonly reportId: string
  readonly fromAt: Date
  readonly toAt: Date
  readonly wing: string | null
  readonly createdAt: Date
  readonly writtenBy: string
  readonly note: string
}

function summaryOf({ reportId, fromAt, toAt, wing, createdAt, writtenBy, note }: SummaryRow) {
  return {
    ...{ reportId, wing, writtenBy, note },
    from: fromAt.toISOString(),
    to: toAt.toISOString(),
    createdAt: createdAt.toISOString(),
  }
}

async function figuresOf(
  { db, repo, policy, clock }: Deps,
  facilityId: string,
  { from, to, wing }: AskedShift,
): Promise<Figures> {
  const span: Span = { fromMs: Date.parse(from), toMs: Date.parse(to) }
  const now = clock.now()
  const [rules, visits, wings, tasks, advice] = await Promise.all([
    policy.ofFacility(db, facilityId),
    repo.visits(facilityId, span, wing),
    repo.wings(facilityId),
    repo.openTasks(facilityId),
    repo.advice(facilityId, span, wing),
  ])
  const { coverage } = rules.policy
  const isMust = (of: VisitClass): boolean => of !== 'privileged' && coverage[of].mustBeWatched
  return {
    ...{ from, to, at: now.toISOString(), wing: wing ?? null, wings },
    ...{ timeZone: rules.timeZone, facilityName: rules.name },
    visits: visits.map(viewOf),
    hours: hoursOf(visits, span),
    waits: waitFigures(visits),
    incidents: incidentsOf(visits, span),
    coverage: coverageOf(visits, { within: span, nowMs: now.getTime(), isMust }),
    advice,
    open: openMatters(visits, tasks),
    openTasks: tasksByKind(tasks),
  }
}

type TaskCount = { readonly kind: TaskKind; readonly _count: { readonly taskId: number } }

function tasksByKind(tasks: readonly TaskCount[]): Figures['openTasks'] {
  return tasks
    .filter(({ kind }) => kind !== 'FLAG_REVIEW')
    .map(({ kind, _count }) => ({ kind, count: _count.taskId }))
    .toSorted((a, b) => b.count - a.count || a.kind.localeCompare(b.kind))
}

function openMatters(visits: readonly ShiftVisit[], tasks: readonly TaskCount[]): Figures['open'] {
  const isOfFlags = ({ kind }: TaskCount): boolean => kind === 'FLAG_REVIEW'
  const sum = (of: typeof tasks): number => of.reduce((all, one) => all + one._count.taskId, 0)
  return {
    running: visits.filter(({ state }) => UNDER_WAY_STATES.includes(state)).length,
    unwatched: visits.filter(({ state, notes }) => {
      const last = notes.findLast(({ kind }) => kind === 'UNWATCHED' || kind === 'WATCHED')
      return state !== 'ENDED' && last?.kind === 'UNWATCHED'
    }).length,
    helpCalls: visits
      .filter(({ state }) => state !== 'ENDED')
      .reduce((all, { openCalls }) => all + openCalls, 0),
    tasks: sum(tasks.filter((task) => !isOfFlags(task))),
    flags: sum(tasks.filter(isOfFlags)),
  }
}

function viewOf(visit: ShiftVisit): Figures['visits'][number] {
  const { visitId, visitClass, state, outcome, terminalName, wing } = visit
  return {
    ...{ visitId, visitClass, state, outcome, terminalName, wing },
    startsAt: new Date(visit.startsMs).toISOString(),
    endsAt: new Date(visit.endsMs).toISOString(),
  }
}
