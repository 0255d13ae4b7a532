import type { Database, Tx } from '@visavis/prisma'

/** Rows of facility staff as they keep them themselves. */
export type OfficersRepo = ReturnType<typeof createOfficersRepo>

export function createOfficersRepo(db: Database) {
  return {
    /** Language tags, best first; null: there is no such officer. */
    languages: async (officerId: string): Promise<readonly string[] | null> => {
      const row = await db.officer.findUnique({
        where: { officerId },
        select: { languages: true },
      })
      return row?.languages ?? null
    },
    setLanguages: async (tx: Tx, officerId: string, languages: readonly string[]) => {
      await tx.officer.update({
        where: { officerId },
        data: { languages: [...languages] },
        select: { officerId: true },
      })
    },
  }
}
