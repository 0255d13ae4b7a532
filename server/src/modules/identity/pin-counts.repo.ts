import type { Tx } from '@visavis/prisma'
import type { Count } from './limit-rules.ts'

type Pair = { readonly terminalId: string; readonly inmateId: string }

/** How often PINs were wrong, by terminal and inmate; all of it inside the caller's transaction. */
export const pinCounts = {
  /** The counts of these inmates at the terminal, locked in one order: guesses are counted one after the other. */
  lock: async (
    tx: Tx,
    { terminalId, inmateIds, now }: { terminalId: string; inmateIds: readonly string[]; now: Date },
  ): Promise<Map<string, Count>> => {
    const sorted = [...inmateIds].sort()
    const fresh = sorted.map((inmateId) => ({ terminalId, inmateId, failures: 0, since: now }))
    await tx.pinCount.createMany({ data: fresh, skipDuplicates: true })
    const rows = await tx.$queryRaw<({ inmateId: string } & Count)[]>`
      SELECT inmate_id::text AS "inmateId", failures, since, waits_until AS "waitsUntil"
      FROM pin_count
      WHERE terminal_id = ${terminalId}::uuid AND inmate_id = ANY(${sorted}::uuid[])
      ORDER BY inmate_id FOR UPDATE`
    return new Map(rows.map(({ inmateId, ...count }) => [inmateId, count]))
  },
  put: async (tx: Tx, { terminalId, inmateId }: Pair, count: Count): Promise<void> => {
    const { failures, since, waitsUntil } = count
    await tx.pinCount.update({
      where: { terminalId_inmateId: { terminalId, inmateId } },
      data: { failures, since, waitsUntil },
    })
  },
}

/** Forgets the wrong PINs of everybody at a terminal. */
export async function forgivePins(tx: Tx, terminalId: string): Promise<void> {
  await tx.pinCount.deleteMany({ where: { terminalId } })
}
