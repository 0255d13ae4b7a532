import { FlagReasonShape } from '@visavis/contract/flags'
import type { MonitorMode } from '@visavis/contract/media-policy'
import type { Prisma, Tx } from '@visavis/prisma'
import type { FlagRecord } from './flag-rules.ts'

/** The flags of a visit that stand, oldest first. */
export const FLAGS = {
  where: { withdrawnAt: null },
  omit: { visitId: true, monitor: true, withdrawnAt: true },
  orderBy: [{ at: 'asc' }, { flagId: 'asc' }],
} as const satisfies Prisma.Visit$flagsArgs

type FlagRow = Prisma.FlagGetPayload<typeof FLAGS>

/** A row as the rules know it. */
export function flagOfRow(row: FlagRow): FlagRecord {
  return { ...row, reason: FlagReasonShape.nullable().parse(row.reason) }
}

type Flagged = { readonly flags: readonly FlagRecord[] }

/** Writes those that are new and takes back those that are gone; the visit's version guards them. */
export async function saveFlags(
  tx: Tx,
  { visitId, policy }: { readonly visitId: string; readonly policy: { monitor: MonitorMode } },
  { before, after, now }: { before: Flagged; after: Flagged; now: Date },
): Promise<void> {
  if (before.flags === after.flags) return
  const known = new Set(before.flags.map(({ flagId }) => flagId))
  const kept = new Set(after.flags.map(({ flagId }) => flagId))
  const fresh = after.flags.filter(({ flagId }) => !known.has(flagId))
  if (fresh.length > 0) {
    const { monitor } = policy
    await tx.flag.createMany({ data: fresh.map((flag) => ({ ...flag, visitId, monitor })) })
  }
  const gone = [...known].filter((flagId) => !kept.has(flagId))
  if (gone.length > 0) {
    await tx.flag.updateMany({ where: { flagId: { in: gone } }, data: { withdrawnAt: now } })
  }
}
