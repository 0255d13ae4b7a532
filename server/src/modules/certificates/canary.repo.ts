import { CanaryCheck } from '@visavis/contract/census-control'
import type { Database } from '@visavis/prisma'
import { z } from 'zod'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'

const Checks = z.array(CanaryCheck)

/** What a canary came to at a media node. */
export type CanaryResult = {
  readonly mediaNode: string
  readonly ranAt: Date
  readonly isOk: boolean
  readonly checks: readonly CanaryCheck[]
}

export type CanaryRepo = ReturnType<typeof createCanaryRepo>

export function createCanaryRepo(db: Database) {
  return {
    async add(tx: Tx, run: CanaryResult): Promise<string> {
      const canaryRunId = newId()
      const checks = run.checks.map((check) => ({ ...check }))
      await tx.canaryRun.create({ data: { canaryRunId, ...run, checks } })
      return canaryRunId
    },
    /** The newest at that node, or anywhere if it is null, not later than that instant. */
    async lastBefore(mediaNode: string | null, at: Date): Promise<CanaryResult | null> {
      const row = await db.canaryRun.findFirst({
        where: { ranAt: { lte: at }, ...(mediaNode === null ? {} : { mediaNode }) },
        orderBy: { ranAt: 'desc' },
      })
      return row && { ...row, checks: Checks.parse(row.checks) }
    },
    /** The newest of each node. */
    async newest(): Promise<CanaryResult[]> {
      const rows = await db.canaryRun.findMany({
        distinct: ['mediaNode'],
        orderBy: [{ mediaNode: 'asc' }, { ranAt: 'desc' }],
      })
      return rows.map((row) => ({ ...row, checks: Checks.parse(row.checks) }))
    },
  }
}
