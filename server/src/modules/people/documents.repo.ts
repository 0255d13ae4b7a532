import type { IdentityDocument, Tx } from '@visavis/prisma'

export type DocumentRow = IdentityDocument

/** Rows of identity documents; all inside the caller's transaction. */
export const documentsRepo = {
  add: async (tx: Tx, row: Omit<DocumentRow, 'removedAt'>): Promise<void> => {
    await tx.identityDocument.create({ data: row, select: { documentId: true } })
  },
  live: (tx: Tx, visitorId: string, documentId: string): Promise<DocumentRow | null> =>
    tx.identityDocument.findFirst({ where: { documentId, visitorId, removedAt: null } }),
  /** Marks live documents as destroyed, all of them or of one kind; their ids. */
  markRemoved: async (
    tx: Tx,
    which: { visitorId: string; kind?: DocumentRow['kind'] },
    removedAt: Date,
  ): Promise<string[]> => {
    const where = { ...which, removedAt: null }
    const rows = await tx.identityDocument.findMany({ where, select: { documentId: true } })
    await tx.identityDocument.updateMany({ where, data: { removedAt } })
    return rows.map(({ documentId }) => documentId)
  },
  removedOf: async (tx: Tx, visitorId: string): Promise<string[]> => {
    const where = { visitorId, removedAt: { not: null } }
    const rows = await tx.identityDocument.findMany({ where, select: { documentId: true } })
    return rows.map(({ documentId }) => documentId)
  },
  /** Those of the ids that have a live row. */
  liveAmong: async (tx: Tx, documentIds: readonly string[]): Promise<string[]> => {
    const where = { documentId: { in: [...documentIds] }, removedAt: null }
    const rows = await tx.identityDocument.findMany({ where, select: { documentId: true } })
    return rows.map(({ documentId }) => documentId)
  },
}
