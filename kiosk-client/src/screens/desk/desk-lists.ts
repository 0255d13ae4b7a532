import type { Reply } from '@visavis/ui/api/api.ts'
import { groupVisits } from '@visavis/ui/visit/visit-list.ts'
import type { VisitOfMine } from '@visavis/ui/visit/visit-list.ts'

export type TerminalNotice = Reply<'terminalNotices'>['notices'][number]

/** An inmate's visits: what is to come, the next first, and what is over, the latest first. */
export type DeskVisits = {
  readonly coming: readonly VisitOfMine[]
  readonly past: readonly VisitOfMine[]
}

export function deskVisits(visits: readonly VisitOfMine[], nowMs: number): DeskVisits {
  const { now, upcoming, past } = groupVisits(visits, nowMs)
  return { coming: [...now, ...upcoming], past }
}

/** Coming visits of which the inmate has not said yet: I know, I will come. */
export function toAcknowledge(visits: readonly VisitOfMine[], nowMs: number): number {
  return deskVisits(visits, nowMs).coming.filter(isOpen).length
}

function isOpen({ acknowledgedAt }: VisitOfMine): boolean {
  return acknowledgedAt === null
}

/** What has not been read yet before what has, each the newest first. */
export function unreadFirst(notices: readonly TerminalNotice[]): TerminalNotice[] {
  return notices.toSorted(
    (a, b) => Number(a.isRead) - Number(b.isRead) || b.createdAt.localeCompare(a.createdAt),
  )
}
