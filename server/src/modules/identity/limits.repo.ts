import type { Prisma, Tx } from '@visavis/prisma'
import type { Count } from './limit-rules.ts'

/** How often somebody guessed; keys are hashed (64 hex digits). */
export const limitsRepo = {
  /** The counts of these keys, locked in one order until the transaction ends; absent: none yet. */
  lock: async (tx: Tx, keys: readonly string[], now: Date): Promise<Map<string, Count>> => {
    const sorted = [...keys].sort()
    const fresh = sorted.map((key) => ({ key, failures: 0, since: now }))
    await tx.signInCount.createMany({ data: fresh, skipDuplicates: true })
    const rows = await tx.$queryRaw<({ key: string } & Count)[]>`
      SELECT key, failures, since, waits_until AS "waitsUntil" FROM sign_in_count
      WHERE key = ANY(${sorted}::text[]) ORDER BY key FOR UPDATE`
    return new Map(rows.map(({ key, ...count }) => [key, count]))
  },
  put: async (tx: Tx, key: string, { failures, since, waitsUntil }: Count): Promise<void> => {
    await tx.signInCount.update({ where: { key }, data: { failures, since, waitsUntil } })
  },
  removeSince: async (tx: Tx, before: Date): Promise<void> => {
    await tx.signInCount.deleteMany({ where: { since: { lt: before } } })
  },
  addTry: async (tx: Tx, data: Prisma.SignInTryCreateManyInput): Promise<void> => {
    await tx.signInTry.createMany({ data: [data] })
  },
  /** Each account's last sign-in stays, however old: administrators see by it who is gone. */
  removeTries: async (tx: Tx, before: Date): Promise<void> => {
    await tx.$executeRaw`
      DELETE FROM sign_in_try old WHERE old.at < ${before} AND (NOT old.is_allowed OR EXISTS (
        SELECT 1 FROM sign_in_try newer
        WHERE newer.account_id = old.account_id AND newer.is_allowed AND newer.at > old.at))`
  },
}

export type LimitsRepo = typeof limitsRepo
