import { newId } from '@visavis/prisma'
import type { Database, Tx } from '@visavis/prisma'
import { TimelineKindShape } from '@visavis/contract/timeline'
import type { TimelineKind } from '@visavis/contract/timeline'

/** Something that happened in a visit at an instant; `detail` holds figures and codes only. */
export type TimelineNote = {
  readonly at: Date
  readonly kind: TimelineKind
  readonly seatId: string | null
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

/** What is kept of the course of visits; entries are added, never changed. */
export type Timeline = {
  /** Adds entries, inside the act's transaction where there is one. */
  readonly add: (visitId: string, notes: readonly TimelineNote[], tx?: Tx) => Promise<void>
  /** All entries of a visit, oldest first. */
  readonly of: (visitId: string, tx?: Tx) => Promise<readonly TimelineNote[]>
}

export function createTimeline(db: Database): Timeline {
  return {
    async add(visitId, notes, tx) {
      if (notes.length === 0) return
      const data = notes.map((note) => ({ ...note, entryId: newId(), visitId }))
      await (tx ?? db).timelineEntry.createMany({ data })
    },
    async of(visitId, tx) {
      const rows = await (tx ?? db).timelineEntry.findMany({
        where: { visitId },
        orderBy: [{ at: 'asc' }, { entryId: 'asc' }],
        select: { at: true, kind: true, seatId: true, detail: true },
      })
      return rows.map(({ kind, detail, ...row }) => ({
        ...row,
        kind: TimelineKindShape.parse(kind),
        detail: detail as TimelineNote['detail'],
      }))
    },
  }
}
