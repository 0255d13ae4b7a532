import type { Party } from '@visavis/contract/media-graph'
import type { FlowStretch } from '@visavis/contract/receipt'
import type { Outcome } from '@visavis/contract/visit'
import type { Tx } from '@visavis/prisma'
import type { Ledger } from '../ledger/index.ts'
import type { Timeline, TimelineNote } from '../timeline/index.ts'
import type { CourseNote } from './course-rules.ts'
import { bridged } from './flow-rules.ts'
import { lateMsOf, outcomeByEvidence, owedMsOf } from './outcome-rules.ts'
import { receiptOf, tilesOf } from './receipt-rules.ts'
import type { Tile, VisitCourse } from './receipt-rules.ts'
import type { ReceiptsRepo } from './receipts.repo.ts'

/** A visit that has just ended. */
export type EndedVisit = {
  readonly visitId: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly extendedMs: number
  readonly madeUpMs: number
  readonly endedAt: Date
  readonly outcome: Outcome
  readonly seats: readonly { readonly seatId: string; readonly party: Party }[]
}

/** The statements of visits (LV-6). */
export type ReceiptsService = ReturnType<typeof createReceiptsService>

export function createReceiptsService({
  repo,
  timeline,
  ledger,
}: {
  repo: ReceiptsRepo
  timeline: Timeline
  ledger: Pick<Ledger, 'settle'>
}) {
  return {
    /**
     * The outcome of a visit whose time is over, by what was seen of it (LV-7); `visit.outcome` is what it
     * is without evidence. `unstored`: what the SFU told and is not in the database yet.
     */
    async outcomeOf(visit: EndedVisit, unstored: readonly FlowStretch[]): Promise<Outcome> {
      const notes = await timeline.of(visit.visitId)
      if (!notes.some(({ kind }) => kind === 'STARTED')) return visit.outcome
      // One that has grown since it was stored comes again, whole.
      const grown = new Set(unstored.map(({ fromMs }) => fromMs))
      const stored = await repo.flowOf(visit.visitId)
      const flow = [...stored.filter(({ fromMs }) => !grown.has(fromMs)), ...unstored]
      return outcomeByEvidence(visit.outcome, judgedOf(visit, { notes, flow }))
    },
    /** The milliseconds by which the facility let a visit begin late (LV-5); 0 while it has not begun. */
    async lateMs(visit: EndedVisit): Promise<number> {
      const notes = await timeline.of(visit.visitId)
      const began = notes.find(({ kind }) => kind === 'STARTED')?.at
      if (!began) return 0
      const course = courseOf({ ...visit, endedAt: began }, { notes, flow: [] })
      return lateMsOf({ tiles: tilesOf(course), startedMs: began.getTime() })
    },
    /** Makes the statement of a visit and settles quota and credit by it, in the end's transaction. */
    async settle(tx: Tx, visit: EndedVisit): Promise<void> {
      const { visitId, outcome, extendedMs, madeUpMs } = visit
      const notes = await timeline.of(visitId, tx)
      const seen = { notes, flow: await repo.flowOf(visitId, tx) }
      const sum = receiptOf(courseOf(visit, seen))
      const spanMs = visit.endsAt.getTime() - visit.startsAt.getTime()
      const bookedMs = spanMs - extendedMs - madeUpMs
      const { deliveredMs } = sum
      const owedMs = owedMsOf(judgedOf(visit, seen))
      // LV-7: minutes that were added are no debt, so what is credited is what was booked.
      const settled = await ledger.settle(tx, { visitId, outcome, bookedMs, deliveredMs, owedMs })
      await repo.add(tx, {
        ...{ visitId, bookedMs, extendedMs, madeUpMs, deliveredMs, outcome, ...settled },
        gaps: sum.gaps.map(gapOf),
        madeAt: visit.endedAt,
      })
    },
  }
}

type Seen = { readonly notes: readonly TimelineNote[]; readonly flow: readonly FlowStretch[] }

function courseOf(visit: EndedVisit, { notes, flow }: Seen): VisitCourse {
  const endedMs = visit.endedAt.getTime()
  const courseNotes = notes.map(courseNoteOf)
  const startedMs = courseNotes.find(({ kind }) => kind === 'STARTED')?.atMs ?? endedMs
  return {
    startsMs: visit.startsAt.getTime(),
    endsMs: visit.endsAt.getTime(),
    endedMs,
    outcome: visit.outcome,
    seats: visit.seats,
    flow: bridged(flow, { startedMs, endedMs }),
    notes: courseNotes,
  }
}

/** The visit as its outcome is judged; nobody owes a visit that never began. */
function judgedOf(visit: EndedVisit, seen: Seen) {
  const startedMs = seen.notes.find(({ kind }) => kind === 'STARTED')?.at.getTime() ?? -Infinity
  return { tiles: tilesOf(courseOf(visit, seen)), startedMs, madeUpMs: visit.madeUpMs }
}

function courseNoteOf({ at, kind, seatId, detail }: TimelineNote): CourseNote {
  const { code } = detail
  return { atMs: at.getTime(), kind, seatId, code: typeof code === 'string' ? code : null }
}

function gapOf({ fromMs, ms, cause }: Tile) {
  return { at: new Date(fromMs).toISOString(), ms, cause }
}
