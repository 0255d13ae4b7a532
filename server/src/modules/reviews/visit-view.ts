import type { RecordedVisit } from '@visavis/contract/http'
import { fullNameOf } from '@visavis/contract/person-names'
import type { z } from 'zod'
import { keptStateOf } from './kept-rules.ts'
import { lineOfTime } from './line-of-time-rules.ts'
import type { KeptVisit } from './visits.repo.ts'

/** A recorded visit as it is written, before the wire's brands. */
export type RecordedVisitView = z.input<typeof RecordedVisit>

/** A visit as the list of recordings shows it. */
export function recordedVisitView(visit: KeptVisit): RecordedVisitView {
  const { recordings, inmate, _count: counts } = visit
  return {
    visitId: visit.visitId,
    startsAt: visit.startsAt.toISOString(),
    facility: visit.facility,
    terminalName: visit.terminal.name,
    visitors: visit.seats.flatMap(({ visitor }) => (visitor ? [fullNameOf(visitor)] : [])),
    inmate: { name: fullNameOf(inmate), inmateNumber: inmate.inmateNumber },
    outcome: visit.session?.outcome ?? null,
    state: keptStateOf(recordings, counts.recordingGaps),
    durationMs: lineOfTime(recordings)?.durationMs ?? 0,
    flags: [...new Set(visit.flags.map(({ category }) => category))],
    notes: counts.reviewNotes,
    destroyAfter: keptUntil(visit)?.toISOString() ?? null,
    isHeld: visit.legalHolds.length > 0,
  }
}

/** The day after which the last of its recordings goes; null while none is said. */
export function keptUntil({ recordings }: Pick<KeptVisit, 'recordings'>): Date | null {
  const times = recordings.flatMap(({ destroyAfter }) => destroyAfter?.getTime() ?? [])
  return times.length === 0 ? null : new Date(Math.max(...times))
}
